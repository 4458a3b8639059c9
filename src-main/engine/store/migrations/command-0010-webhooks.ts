import type { Migration } from "../migrate.ts";

/** Outgoing webhooks and their deliveries. */
export const webhooks: Migration = {
	number: 10,
	name: "webhooks",
	up() {},
};
