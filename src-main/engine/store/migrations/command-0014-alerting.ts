import type { Migration } from "../migrate.ts";

/** Alert rules, mutes, maintenance windows, silences and the marks of backfilling. */
export const alerting: Migration = {
	number: 14,
	name: "alerting",
	up() {},
};
