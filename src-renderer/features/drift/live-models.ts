import type {
	LiveChange,
	ModelSummary,
} from "../../../src-shared/contract/index.ts";

/** What a live change does to the list of models. */
export interface LiveEffect {
	readonly models: readonly ModelSummary[];
	/** The list has to be asked for again: a verdict changed, or a model is new. */
	readonly isStale: boolean;
}

/** Applies counts at once; everything else says that the list is stale. */
export function applyLive(
	models: readonly ModelSummary[],
	change: LiveChange,
): LiveEffect {
	switch (change.kind) {
		case "models": {
			const counts = new Map(change.items.map((item) => [item.modelId, item]));
			const next = models.map((model) => {
				const item = counts.get(model.modelId);
				if (item === undefined) return model;
				counts.delete(model.modelId);
				const { eventCount, lastSeenAt } = item;
				return { ...model, eventCount, lastSeenAt };
			});
			return { models: next, isStale: counts.size > 0 };
		}
		case "drift":
		case "resync":
			return { models, isStale: true };
		case "incidents":
			return {
				models,
				isStale: change.items.some((item) => item.modelId !== null),
			};
		case "timeline":
		case "jobs":
			return { models, isStale: false };
	}
}
