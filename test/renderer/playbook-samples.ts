import type { Playbook } from "../../src-shared/contract/index.ts";

/** A whole playbook from what a test cares about. */
export function playbook(
	draft: Partial<Playbook> & Pick<Playbook, "id" | "name">,
): Playbook {
	return {
		description: "",
		origin: "built_in",
		kind: "action",
		checklist: [],
		parameters: { type: "object", properties: {} },
		risk: {
			level: "low",
			affectedSystems: [],
			downtimeSeconds: 0,
			isReversible: false,
		},
		approvalRule: null,
		isIdempotent: true,
		isOfflineSafe: false,
		hasRollback: false,
		steps: [{ id: "run", kind: "command", title: "Run it" }],
		estimate: { durationSeconds: 5, costUsd: 0, runs: 0 },
		...draft,
	};
}

export const rerunDbt = playbook({
	id: "rerun_dbt",
	name: "Re-run DBT Models",
	description: "Re-run specified dbt models to refresh data",
	parameters: {
		type: "object",
		required: ["task_id", "models"],
		properties: {
			task_id: {
				title: "Task",
				description: "The task that failed; kept with the run.",
				type: ["string", "integer"],
			},
			models: {
				title: "Models",
				type: "array",
				minItems: 1,
				items: { type: "string" },
			},
			full_refresh: {
				title: "Full refresh",
				description: "Drop incremental tables and build them anew.",
				type: "boolean",
				default: false,
			},
			threads: {
				title: "Threads",
				type: "integer",
				minimum: 1,
				maximum: 256,
				default: 4,
			},
			selector: {
				title: "Option that names the models",
				enum: ["models", "select"],
				default: "models",
				"x-advanced": true,
			},
		},
	},
	risk: {
		level: "medium",
		affectedSystems: ["dbt", "data warehouse"],
		downtimeSeconds: 0,
		isReversible: false,
	},
	approvalRule: "params.full_refresh",
	steps: [{ id: "run", kind: "command", title: "Run the models" }],
	estimate: { durationSeconds: 600, costUsd: 0.1, runs: 0 },
});

export const rollbackPlanner = playbook({
	id: "rollback_planner",
	name: "Rollback Planner",
	description: "Give an earlier version of the planner its traffic back",
	parameters: {
		type: "object",
		required: ["version"],
		properties: { version: { title: "Version", type: "string" } },
	},
	risk: {
		level: "high",
		affectedSystems: ["planner"],
		downtimeSeconds: 30,
		isReversible: true,
	},
	hasRollback: true,
	steps: [
		{ id: "before", kind: "http", title: "Record the version" },
		{ id: "set", kind: "http", title: "Set the version" },
	],
	estimate: { durationSeconds: 60, costUsd: 0, runs: 12 },
});

export const clearCache = playbook({
	id: "clear_cache",
	name: "Clear Elasticsearch Cache",
	description: "Clear query/request/fielddata caches",
	parameters: {
		type: "object",
		required: ["index_name"],
		properties: {
			index_name: { title: "Index", type: "string" },
			cache_types: {
				title: "Caches",
				type: "array",
				items: { type: "string", enum: ["query", "request", "fielddata"] },
				default: ["query", "request", "fielddata"],
			},
		},
	},
	risk: {
		level: "low",
		affectedSystems: ["Elasticsearch"],
		downtimeSeconds: 0,
		isReversible: false,
	},
	steps: [{ id: "clear", kind: "http", title: "Clear the caches" }],
});

export const pauseAgent = playbook({
	id: "pause_agent",
	name: "Pause the agent",
	description: "Stop an agent that does harm or spends too much.",
	kind: "checklist",
	checklist: [
		"Say in the incident who pauses what.",
		"Stop new work first.",
		"Check that the spending has stopped.",
	],
	steps: [],
});

export const sampleCatalogue: readonly Playbook[] = [
	rerunDbt,
	clearCache,
	rollbackPlanner,
	pauseAgent,
];
