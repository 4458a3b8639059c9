import type { Migration } from "../migrate.ts";

/** Rules that a tenant chose for itself. */
export const tenantSettings: Migration = {
	number: 11,
	name: "tenant-settings",
	up() {},
};
