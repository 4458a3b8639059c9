import type { Migration } from "../migrate.ts";

/** The model registry. */
export const models: Migration = {
	number: 8,
	name: "models",
	up() {},
};
