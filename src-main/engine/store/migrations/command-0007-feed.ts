import type { Migration } from "../migrate.ts";

/** The durable feed of what happened, which live streams replay and webhooks are sent from. */
export const feed: Migration = {
	number: 7,
	name: "feed",
	up() {},
};
