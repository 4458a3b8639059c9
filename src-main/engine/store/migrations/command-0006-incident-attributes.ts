import type { Migration } from "../migrate.ts";

/** What API A and API E know of an incident beyond its state. */
export const incidentAttributes: Migration = {
	number: 6,
	name: "incident-attributes",
	up() {},
};
