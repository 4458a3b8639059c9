import type { Migration } from "../migrate.ts";

/** Playbook actions, their journal, their output and their approvals. */
export const playbooks: Migration = {
	number: 9,
	name: "playbooks",
	up() {},
};
