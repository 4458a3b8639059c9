import { EngineError } from "../errors.ts";
import { isSemanticVersion, type ModelVersion } from "./registered-model.ts";
import { type ModelStage, stageEdges } from "./stages.ts";

/** What a move of a version comes to. */
export interface StageMove {
	/** The version in production that gives way and is archived. */
	readonly replaced: string | null;
	/** The model's version and stage afterwards. */
	readonly current: { readonly version: string; readonly stage: ModelStage };
}

/**
 * Plans the move of a version to a stage; null when it is there. A version that is not
 * among those of the model begins in development. Throws INVALID for an unknown one that
 * is no semantic version, and CONFLICT for an edge that is not in the table.
 */
export function planMove(
	versions: readonly ModelVersion[],
	version: string,
	to: ModelStage,
): StageMove | null {
	const known = versions.find((each) => each.version === version);
	if (known === undefined && !isSemanticVersion(version)) {
		throw new EngineError(
			"INVALID",
			"version: must be a version of the model, or a new one such as 1.2.0",
			{ field: "version" },
		);
	}
	if (known?.stage === to) return null;
	const from = known?.stage ?? "development";
	if (from !== to) needEdge(version, from, to);
	const serving = versions.find(
		(each) => each.stage === "production" && each.version !== version,
	);
	if (to === "production") {
		return {
			replaced: serving?.version ?? null,
			current: { version, stage: to },
		};
	}
	return { replaced: null, current: serving ?? { version, stage: to } };
}

function needEdge(version: string, from: ModelStage, to: ModelStage): void {
	const allowed = stageEdges[from];
	if (allowed.includes(to)) return;
	throw new EngineError(
		"CONFLICT",
		`Version ${version} is in ${from} and cannot go to ${to}; it can go to ${allowed.join(" or ")}.`,
		{ from, to, allowed },
	);
}
