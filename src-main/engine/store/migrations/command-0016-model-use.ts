import type { Migration } from "../migrate.ts";

/** Model providers, what may be sent to them, and what their use cost. */
export const modelUse: Migration = {
	number: 16,
	name: "model-use",
	up() {},
};
