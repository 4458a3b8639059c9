/** Where a version of a model is in its life. */
export const modelStages = [
	"development",
	"staging",
	"production",
	"archived",
] as const;
export type ModelStage = (typeof modelStages)[number];

/** The stages that a version may be moved to from each. */
export const stageEdges: Readonly<Record<ModelStage, readonly ModelStage[]>> = {
	development: ["staging"],
	staging: ["production", "development"],
	production: ["archived"],
	archived: ["staging"],
};
