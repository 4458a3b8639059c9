import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import { statusRank } from "./drift-words.ts";

export type ModelSort = "status" | "name" | "psi" | "seen";

/** Models whose id holds every word of `search`, in order. Ties fall back to the id, so that rows never change places by chance. */
export function orderedModels(
	models: readonly ModelSummary[],
	search: string,
	sort: ModelSort,
): readonly ModelSummary[] {
	const words = search.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
	return models
		.filter((model) => {
			const id = model.modelId.toLocaleLowerCase();
			return words.every((word) => id.includes(word));
		})
		.sort((a, b) => compare(a, b, sort) || byName(a, b));
}

function compare(a: ModelSummary, b: ModelSummary, sort: ModelSort): number {
	switch (sort) {
		case "status":
			return (
				statusRank(a.status) - statusRank(b.status) ||
				(b.psi ?? -1) - (a.psi ?? -1)
			);
		case "psi":
			return (b.psi ?? -1) - (a.psi ?? -1);
		case "seen":
			return (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0);
		case "name":
			return 0;
	}
}

function byName(a: ModelSummary, b: ModelSummary): number {
	return (
		a.modelId.localeCompare(b.modelId, undefined, { numeric: true }) ||
		(a.modelId < b.modelId ? -1 : 1)
	);
}
