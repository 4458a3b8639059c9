import type { Role } from "../../src-shared/domain/roles.ts";

/** What each role is called, and what it may do. */
export const roleWords: Readonly<
	Record<
		Role,
		{ readonly name: string; readonly one: string; readonly may: string }
	>
> = {
	owner: {
		name: "Owner",
		one: "an owner",
		may: "Everything an admin may, and makes owners.",
	},
	admin: {
		name: "Admin",
		one: "an admin",
		may: "Approves playbooks, manages people, webhooks and rules.",
	},
	engineer: {
		name: "Engineer",
		one: "an engineer",
		may: "Works on incidents, runs playbooks, makes API keys.",
	},
	viewer: {
		name: "Viewer",
		one: "a viewer",
		may: "Reads everything, changes nothing.",
	},
};
