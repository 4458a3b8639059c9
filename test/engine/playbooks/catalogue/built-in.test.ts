// The playbooks that Tocsin ships: the six of the interventions document with exactly its
// parameters, words, figures and command line, each asking for an approval when it should; and
// what has no action is a checklist with steps.
import { expect, test } from "vitest";
import { playbook as playbookShape } from "../../../../src-shared/contract/playbooks.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { builtIn, resolved, shape } from "./shipped.ts";

const actions = [
	"adjust_canary_split",
	"clear_cache",
	"refresh_dbt_dependencies",
	"refresh_synonyms",
	"rerun_dbt",
	"rollback_planner",
];
const checklists = [
	"analyze_regression",
	"check_agent_config",
	"deploy_planner",
	"increase_budget",
	"pause_agent",
	"reduce_traffic",
	"rerun_eval",
	"rollback_dbt",
];

test("all are there, without a fault, in the shape of the contract", () => {
	const catalogue = builtIn();
	expect(catalogue.faults()).toEqual([]);
	const of = (kind: string) =>
		catalogue
			.list()
			.filter(({ description }) => description.kind === kind)
			.map(({ description }) => description.id);
	expect(of("action")).toEqual(actions);
	expect(of("checklist")).toEqual(checklists);
	for (const { description } of catalogue.list()) {
		expect(playbookShape.parse(description)).toEqual(description);
		expect(description.origin).toBe("built_in");
		for (const { title } of description.steps)
			expect(title).not.toMatch(/[{}]/);
	}
});

test("a step's title names the parameters it is made from", () => {
	expect(builtIn().find("clear_cache")?.description.steps[0]?.title).toBe(
		"Clear the caches of <index_name>",
	);
});

test("the list of the document", () => {
	const catalogue = builtIn();
	const listed = (id: string) => {
		const found = must(catalogue.find(id), id);
		const { name, description, estimate } = found.description;
		return {
			display_name: name,
			description,
			params: found.parameterWords(),
			estimate,
		};
	};
	expect(listed("rerun_dbt")).toEqual({
		display_name: "Re-run DBT Models",
		description: "Re-run specified dbt models to refresh data",
		params: {
			task_id: "string (required)",
			models: "array[string] (required)",
			full_refresh: "boolean (optional, default: false)",
			upstream: "boolean (optional, default: false)",
			threads: "integer (optional, default: 4)",
		},
		estimate: { durationSeconds: 600, costUsd: 0.1, runs: 0 },
	});
	expect(listed("clear_cache")).toEqual({
		display_name: "Clear Elasticsearch Cache",
		description: "Clear query/request/fielddata caches",
		params: {
			index_name: "string (required)",
			cache_types: "array[string] (optional, default: all)",
		},
		estimate: { durationSeconds: 5, costUsd: 0, runs: 0 },
	});
});

test("the dry run of the document, word for word", () => {
	expect(
		resolved("rerun_dbt", {
			task_id: "task-123",
			models: ["inbox_emails"],
			full_refresh: false,
		}),
	).toMatchObject({
		command: "dbt run --models inbox_emails --threads 4",
		changes: [
			"Will re-run 1 dbt model",
			"Model: inbox_emails",
			"No full refresh (incremental only)",
		],
		estimate: { durationSeconds: 300, costUsd: 0.05 },
		requiresApproval: false,
		outcome: { success: "Successfully ran 1 model(s)" },
		steps: [
			{
				kind: "command",
				program: "dbt",
				args: ["run", "--models", "inbox_emails", "--threads", "4"],
			},
		],
	});
});

test.each<[params: object, args: string]>([
	[{ models: ["a", "b"] }, "run --models a b --threads 4"],
	[{ models: ["a"], threads: 8 }, "run --models a --threads 8"],
	[
		{ models: ["a"], full_refresh: true },
		"run --models a --threads 4 --full-refresh",
	],
	[{ models: ["a", "b"], upstream: true }, "run --models +a +b --threads 4"],
	[{ models: ["a"], selector: "select" }, "run --select a --threads 4"],
	[{ models: ["shop.orders.v2"] }, "run --models shop.orders.v2 --threads 4"],
])("dbt of %j is %s", (params, args) => {
	const { steps } = resolved("rerun_dbt", { task_id: 7, ...params });
	expect(steps).toMatchObject([{ args: args.split(" ") }]);
});

test.each([
	// dbt splits its first value at spaces, and reads these as more than one model's name.
	"a b",
	"+a",
	"a+",
	"@a",
	"tag:nightly",
	"path:models/x",
	"*",
	"a,b",
	"--full-refresh",
	"",
	"a\u2013b",
])("%j is no dbt model", (model) => {
	const outcome = builtIn()
		.find("rerun_dbt")
		?.resolve({ task_id: "t", models: ["fine", model] });
	expect(outcome).toMatchObject({ ok: false, faults: [{ path: "/models/1" }] });
});

test("a task may be a text or a number", () => {
	for (const task_id of ["task-123", 123]) {
		expect(
			resolved("rerun_dbt", { task_id, models: ["a"] }).params.task_id,
		).toBe(task_id);
	}
	const outcome = builtIn()
		.find("rerun_dbt")
		?.resolve({ task_id: true, models: ["a"] });
	expect(outcome).toMatchObject({ ok: false, faults: [{ path: "/task_id" }] });
});

test("the packages are installed, then the models are compiled", () => {
	const plain = resolved("refresh_dbt_dependencies", { task_id: "task-456" });
	expect(plain.command).toBe("dbt deps && dbt compile");
	expect(plain.estimate).toEqual({ durationSeconds: 120, costUsd: 0.01 });
	expect(
		shape(
			resolved("refresh_dbt_dependencies", { project_path: "/srv/a b" }).steps,
		),
	).toEqual([
		"dbt deps --project-dir /srv/a b",
		"dbt compile --project-dir /srv/a b",
	]);
});

const synonyms = { index_name: "knowledge_base" };
const rollback = { from_version: "v1.2.3-canary", to_version: "v1.2.2" };
const split = { version: "v1.2.3-canary" };

test.each<[id: string, params: object, needs: boolean]>([
	["rerun_dbt", { task_id: 1, models: ["a"] }, false],
	["rerun_dbt", { task_id: 1, models: ["a"], full_refresh: true }, true],
	["refresh_dbt_dependencies", {}, false],
	["clear_cache", { index_name: "kb" }, false],
	["refresh_synonyms", synonyms, false],
	["refresh_synonyms", { ...synonyms, reindex: true }, true],
	["rollback_planner", rollback, false],
	["rollback_planner", { ...rollback, immediate: true }, true],
	// Nobody has said what the share is: anything above 0 may be more.
	["adjust_canary_split", { ...split, target_percent: 25 }, true],
	["adjust_canary_split", { ...split, target_percent: 0.1 }, true],
	["adjust_canary_split", { ...split, target_percent: 0 }, false],
	[
		"adjust_canary_split",
		{ ...split, target_percent: 5, current_percent: 10 },
		false,
	],
	[
		"adjust_canary_split",
		{ ...split, target_percent: 10, current_percent: 10 },
		false,
	],
	[
		"adjust_canary_split",
		{ ...split, target_percent: 10.5, current_percent: 10 },
		true,
	],
])("%s with %j needs an approval: %s", (id, params, needs) => {
	expect(resolved(id, params).requiresApproval).toBe(needs);
});

test.each(actions.filter((id) => !/planner|canary/.test(id)))(
	"%s has no rollback, and says so",
	(id) => {
		const playbook = must(builtIn().find(id), id);
		expect(playbook.description.hasRollback).toBe(false);
		expect(playbook.resolveRollback({ params: {}, captured: {} })).toBeNull();
	},
);

test.each(checklists)("%s is a checklist of things to do", (id) => {
	const playbook = must(builtIn().find(id), id);
	expect(playbook.description.checklist.length).toBeGreaterThanOrEqual(5);
	expect(playbook.resolve({})).toMatchObject({
		ok: false,
		faults: [{ path: "", message: expect.stringContaining("checklist") }],
	});
});

test("a suggestion that nobody knows is a checklist of its name", () => {
	const catalogue = builtIn();
	expect(catalogue.checklistFor("rerun_eval")).toBe(
		catalogue.find("rerun_eval")?.description,
	);
	const made = catalogue.checklistFor("restart_the_thing");
	expect(playbookShape.parse(made)).toEqual(made);
	expect(made).toMatchObject({
		id: "restart_the_thing",
		name: "Restart the thing",
		kind: "checklist",
	});
	for (const odd of ["", "\u202e\0", "x".repeat(10_000), "__proto__"]) {
		const { name, checklist } = catalogue.checklistFor(odd);
		expect(name).not.toMatch(/[\p{Cc}\p{Cf}]|^$/u);
		expect(name.length).toBeLessThan(120);
		expect(checklist.length).toBeGreaterThan(3);
	}
});

test("each kind of incident has something that suits it", () => {
	const catalogue = builtIn();
	const suited = (kind: string) =>
		catalogue
			.list()
			.filter((playbook) => playbook.suits({ kind, key: null }))
			.map(({ description }) => description.id);
	expect(suited("planner")).toContain("rollback_planner");
	expect(suited("budget")).toContain("reduce_traffic");
	expect(suited("invariant")).toContain("rerun_dbt");
});
