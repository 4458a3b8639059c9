import { modelStages } from "../../engine/models/index.ts";
import { words } from "../words.ts";

/** API D's stages of a model's version; `deprecated` is API A's word for `archived`. */
export const stages = words(
	modelStages,
	{
		development: "development",
		staging: "staging",
		production: "production",
		archived: "archived",
	},
	{ deprecated: "archived" },
);
