import type { Contract } from "../../contract/index.ts";
import { inProject, inTenant, type Need, ofProject } from "./need.ts";

/** A line for every call of the contract. */
type CallNeeds = {
	readonly [Group in keyof Contract]: {
		readonly [Call in keyof Contract[Group]]: Need;
	};
};

/**
 * What every call of the contract needs: the engine's door asks for it, the page shows what
 * somebody may by it, and the tests try each line with every role. A call of a project
 * names it as `projectId`; those about a project itself as `id`.
 */
export const callNeeds = {
	system: {
		session: inTenant("viewer"),
		status: inTenant("viewer"),
	},
	incidents: {
		list: inTenant("viewer"),
		get: inTenant("viewer"),
		create: inTenant("engineer"),
		act: inTenant("engineer"),
		undo: inTenant("engineer"),
		addNote: inTenant("engineer"),
		owners: inTenant("viewer"),
		verify: inTenant("viewer"),
	},
	models: {
		list: inTenant("viewer"),
		get: inTenant("viewer"),
		setMonitor: inTenant("engineer"),
		performance: inTenant("viewer"),
	},
	drift: {
		history: inTenant("viewer"),
		evidence: inTenant("viewer"),
		assess: inTenant("engineer"),
		assessHistory: inTenant("engineer"),
	},
	imports: {
		inspect: inTenant("engineer"),
		start: inTenant("engineer"),
	},
	jobs: {
		list: inTenant("viewer"),
		get: inTenant("viewer"),
		cancel: inTenant("engineer"),
	},
	demo: {
		load: inTenant("engineer"),
	},
	keys: {
		list: inTenant("viewer"),
		create: inTenant("engineer"),
		// One's own; those of others need an admin.
		revoke: inTenant("engineer"),
	},
	users: {
		add: inTenant("admin"),
		list: inTenant("viewer"),
		setRole: inTenant("admin"),
		setActive: inTenant("admin"),
		// One's own; those of others need an admin.
		setPassword: inTenant("viewer"),
	},
	settings: {
		get: inTenant("viewer"),
		set: inTenant("admin"),
		limits: inTenant("viewer"),
	},
	playbooks: {
		catalogue: inTenant("viewer"),
		reload: inTenant("admin"),
		forIncident: inTenant("viewer"),
		dryRun: inTenant("engineer"),
		requestApproval: inTenant("engineer"),
		approve: inTenant("admin"),
		decline: inTenant("admin"),
		execute: inTenant("engineer"),
		cancel: inTenant("engineer"),
		rollback: inTenant("engineer"),
		settle: inTenant("engineer"),
		endProcess: inTenant("engineer"),
		action: inTenant("viewer"),
		actions: inTenant("viewer"),
		output: inTenant("viewer"),
	},
	// An address may hold a secret, so that even reading them is for admins.
	webhooks: {
		list: inTenant("admin"),
		create: inTenant("admin"),
		update: inTenant("admin"),
		remove: inTenant("admin"),
		rotateSecret: inTenant("admin"),
		test: inTenant("admin"),
		deliveries: inTenant("admin"),
		replay: inTenant("admin"),
		replayAll: inTenant("admin"),
	},
	projects: {
		list: inTenant("viewer"),
		get: ofProject("viewer"),
		create: inTenant("engineer"),
		update: ofProject("owner"),
		members: ofProject("viewer"),
		addMember: ofProject("admin"),
		setMemberRole: ofProject("admin"),
		removeMember: ofProject("admin"),
	},
	integrations: {
		list: inProject("viewer"),
		get: inProject("viewer"),
		create: inProject("admin"),
		update: inProject("admin"),
		remove: inProject("admin"),
		rotateSecret: inProject("admin"),
		test: inProject("admin"),
		testConnection: inProject("admin"),
	},
	alerts: {
		list: inProject("viewer"),
		get: inProject("viewer"),
		act: inProject("engineer"),
		// Of a token that an engineer was given; the project is the one it was given in.
		undo: inTenant("viewer"),
	},
	alertRules: {
		list: inProject("viewer"),
		create: inProject("admin"),
		update: inProject("admin"),
		remove: inProject("admin"),
		reorder: inProject("admin"),
		preview: inProject("viewer"),
		matching: inProject("viewer"),
		mutes: inProject("viewer"),
		addMute: inProject("engineer"),
		endMute: inProject("engineer"),
		windows: inProject("viewer"),
		addWindow: inProject("engineer"),
		updateWindow: inProject("engineer"),
		removeWindow: inProject("engineer"),
		forIncident: inProject("viewer"),
		place: inProject("engineer"),
		undoPlace: inTenant("viewer"),
	},
	hypotheses: {
		forIncident: inTenant("viewer"),
		change: inTenant("viewer"),
		generate: inTenant("engineer"),
		feedback: inTenant("engineer"),
	},
	silences: {
		preview: inProject("engineer"),
		create: inProject("engineer"),
		list: inProject("viewer"),
		expire: inProject("engineer"),
	},
	analytics: {
		incidents: inProject("viewer"),
		cost: inProject("viewer"),
		ofIncident: inTenant("viewer"),
		prices: inTenant("viewer"),
		setPrice: inTenant("admin"),
		removePrice: inTenant("admin"),
	},
	assistant: {
		settings: inTenant("viewer"),
		setServer: inTenant("admin"),
		removeServer: inTenant("admin"),
		setPolicy: inTenant("admin"),
		preview: inTenant("engineer"),
		confirm: inTenant("admin"),
		consult: inTenant("engineer"),
	},
	live: {
		changes: inTenant("viewer"),
	},
} as const satisfies CallNeeds;

/** The need of one call, as `group.call`. */
export type CallNeed<
	Group extends keyof Contract,
	Call extends keyof Contract[Group],
> = Group extends keyof typeof callNeeds
	? Call extends keyof (typeof callNeeds)[Group]
		? (typeof callNeeds)[Group][Call]
		: never
	: never;
