// The playbooks that Tocsin ships: the six of the interventions document with exactly its
// parameters, words, figures and command line; each asks for an approval when it should; the
// requests are those of the real interfaces; a rollback restores what was recorded, or says
// that it cannot; and what has no action is a checklist with steps.
import fc from "fast-check";
import { expect, test } from "vitest";
import type {
	HttpStep,
	ResolvedPlaybook,
	ResolvedStep,
} from "../../../../src-main/engine/playbooks/definition.ts";
import { playbook as playbookShape } from "../../../../src-shared/contract/playbooks.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { catalogueOf } from "./written-catalogue.ts";

const connections = `
elasticsearch: { url: "http://127.0.0.1:9200", allow_private: true }
planner: { url: "http://127.0.0.1:8003/api", allow_private: true }
`;

function builtIn() {
	return catalogueOf(
		{ "connections.yaml": connections },
		{ withBuiltIn: true },
	);
}

function resolved(id: string, params: unknown): ResolvedPlaybook {
	const outcome = must(builtIn().find(id), id).resolve(params);
	if (outcome.ok) return outcome.resolved;
	throw new Error(JSON.stringify(outcome.faults));
}

/** `METHOD path` of the requests, the seconds of waits, the ids of checks. */
function shape(steps: readonly ResolvedStep[]): string[] {
	return steps.map((step) => {
		switch (step.kind) {
			case "command":
				return [step.program, ...step.args].join(" ");
			case "http":
				return `${step.method} ${step.url.slice("http://127.0.0.1:".length)}`;
			case "wait":
				return `wait ${step.seconds}`;
			case "check":
				return `check ${step.id}`;
			default:
				return assertNever(step, "step");
		}
	});
}

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
	}
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

test("the cache of Elasticsearch is cleared by its own interface", () => {
	const kinds = (cache_types?: string[]) =>
		shape(resolved("clear_cache", { index_name: "kb", cache_types }).steps)[0];
	expect(kinds()).toBe(
		"POST 9200/kb/_cache/clear?query=true&request=true&fielddata=true",
	);
	expect(kinds(["fielddata"])).toBe("POST 9200/kb/_cache/clear?fielddata=true");
	const catalogue = builtIn();
	const check = must(
		resolved("clear_cache", { index_name: "kb" }).steps[1],
		"check",
	);
	const holds = (failed: number) =>
		catalogue.holds(check.kind === "check" ? check.condition : "", {
			params: {},
			captured: {},
			steps: {
				clear: {
					status: 200,
					body: { _shards: { total: 2, successful: 2 - failed, failed } },
				},
			},
		});
	expect(holds(0)).toBe(true);
	expect(holds(1)).toBe(false);
});

test.each([
	"_all",
	"*",
	"a,b",
	"-kb",
	"../_cluster",
	"kb/_doc/1",
	"KB",
	"kb?x",
	"kb%2f_doc",
	"..",
	".",
])("%j is no index", (index_name) => {
	for (const id of ["clear_cache", "refresh_synonyms"]) {
		expect(builtIn().find(id)?.resolve({ index_name })).toMatchObject({
			ok: false,
			faults: [{ path: "/index_name" }],
		});
	}
});

test("synonyms are read anew, and documents indexed again only when asked", () => {
	expect(shape(resolved("refresh_synonyms", synonyms).steps)).toEqual([
		"POST 9200/knowledge_base/_reload_search_analyzers",
		"check reloaded",
		"POST 9200/knowledge_base/_cache/clear?request=true",
		"check every_node",
	]);
	const whole = resolved("refresh_synonyms", {
		...synonyms,
		synonym_filter: "synonyms_filter",
		reindex: true,
	});
	expect(shape(whole.steps)).toEqual([
		"GET 9200/knowledge_base/_settings?flat_settings=true",
		"check has_filter",
		"POST 9200/knowledge_base/_close",
		"POST 9200/knowledge_base/_open",
		"POST 9200/knowledge_base/_reload_search_analyzers",
		"POST 9200/knowledge_base/_cache/clear?request=true",
		"POST 9200/knowledge_base/_update_by_query?conflicts=proceed&refresh=true&wait_for_completion=true",
		"check every_node",
		"check every_document",
	]);
	expect(whole.estimate).toEqual({ durationSeconds: 21_600, costUsd: 10 });
});

test("the checks of synonyms read Elasticsearch's own answers", () => {
	const catalogue = builtIn();
	const { params, steps } = resolved("refresh_synonyms", {
		...synonyms,
		synonym_filter: "synonyms_filter",
		reindex: true,
	});
	const plain = resolved("refresh_synonyms", synonyms);
	const conditions = new Map(
		[...steps, ...plain.steps].flatMap((step) =>
			step.kind === "check" ? [[step.id, step.condition]] : [],
		),
	);
	const holds = (id: string, answers: Record<string, object>) =>
		catalogue.holds(must(conditions.get(id), id), {
			params,
			captured: {},
			steps: Object.fromEntries(
				Object.entries(answers).map(([step, body]) => [
					step,
					{ status: 200, body: body as never },
				]),
			),
		});
	const settings = (filter: string) => ({
		settings: {
			knowledge_base_v3: {
				settings: {
					[`index.analysis.filter.${filter}.type`]: "synonym_graph",
					[`index.analysis.filter.${filter}.updateable`]: "true",
				},
			},
		},
	});
	expect(holds("has_filter", settings("synonyms_filter"))).toBe(true);
	expect(holds("has_filter", settings("other"))).toBe(false);
	const reload = (analyzers: string[], failed = 0) => ({
		reload: {
			_shards: { total: 2, successful: 2 - failed, failed },
			reload_details: [
				{
					index: "knowledge_base_v3",
					reloaded_analyzers: analyzers,
					reloaded_node_ids: ["mfdqTXn_T7SGr2Ho2KT8uw"],
				},
			],
		},
	});
	expect(holds("reloaded", reload(["my_synonyms"]))).toBe(true);
	expect(holds("reloaded", reload([]))).toBe(false);
	expect(holds("every_node", reload([]))).toBe(true);
	expect(holds("every_node", reload([], 1))).toBe(false);
	const update = (failures: object[]) => ({
		reindex: {
			took: 147,
			timed_out: false,
			total: 120,
			updated: 120 - failures.length,
			version_conflicts: 0,
			failures,
		},
	});
	expect(holds("every_document", update([]))).toBe(true);
	expect(holds("every_document", update([{ id: "1" }]))).toBe(false);
});

test("the planner is rolled back step by step, or at once", () => {
	const gradual = resolved("rollback_planner", rollback);
	expect(shape(gradual.steps)).toEqual([
		"GET 8003/api/guard/status",
		"PUT 8003/api/guard/config",
		"wait 870",
		"POST 8003/api/guard/rollback",
		"GET 8003/api/guard/status",
		"check no_traffic",
	]);
	const half = builtIn().fill(gradual.steps[1] as HttpStep, {
		params: gradual.params,
		captured: { canary_pct: 25, kill_switch: false },
		steps: {},
	});
	expect(half.body).toMatchObject({ canary_pct: 12.5 });
	const atOnce = resolved("rollback_planner", { ...rollback, immediate: true });
	expect(shape(atOnce.steps)).toEqual([
		"GET 8003/api/guard/status",
		"POST 8003/api/guard/rollback",
		"GET 8003/api/guard/status",
		"check no_traffic",
	]);
	expect(atOnce.estimate.durationSeconds).toBe(30);
	expect(gradual.estimate.durationSeconds).toBe(900);
	expect(gradual.outcome.success).toBe("Rolled back to v1.2.2");
});

test("a share that is not what was said, or would rise, stops before any change", () => {
	const catalogue = builtIn();
	/** Ids of the steps that run until a check does not hold. */
	const walked = (params: object, captured: Record<string, never>) => {
		const playbook = resolved("adjust_canary_split", {
			...split,
			gradual: false,
			...params,
		});
		const ran: string[] = [];
		for (const step of playbook.steps) {
			if (
				step.kind === "check" &&
				step.phase === "step" &&
				!catalogue.holds(step.condition, {
					params: playbook.params,
					captured,
					steps: {},
				})
			) {
				return [...ran, `${step.id}: ${step.otherwise}`];
			}
			if (step.phase === "step") ran.push(step.id);
		}
		return ran;
	};
	const now = (canary_pct: number, kill_switch = false) =>
		({ canary_pct, kill_switch }) as unknown as Record<string, never>;
	const lower = { target_percent: 5, current_percent: 10 };
	expect(walked(lower, now(10))).toEqual([
		"before",
		"as_stated",
		"not_rising",
		"switch_off",
		"adjust",
	]);
	// Said to be 10, is 2: going to 5 would be a rise that nobody approved.
	expect(walked(lower, now(2)).at(-1)).toMatch(/^as_stated: .*not 10 %/);
	expect(walked({ target_percent: 25 }, now(10))).toEqual([
		"before",
		"switch_off",
		"adjust",
	]);
	expect(walked({ target_percent: 25 }, now(10, true)).at(-1)).toMatch(
		/^switch_off: .*kill switch/,
	);
	expect(walked({ target_percent: 0 }, now(10, true))).toEqual([
		"before",
		"not_rising",
		"adjust",
	]);
});

test("no run without an approval ever raises the traffic", () => {
	const catalogue = builtIn();
	const playbook = must(catalogue.find("adjust_canary_split"), "playbook");
	const percent = fc.oneof(
		fc.integer({ min: 0, max: 100 }),
		fc.double({ min: 0, max: 100, noNaN: true }),
	);
	fc.assert(
		fc.property(
			percent,
			fc.option(percent, { nil: undefined }),
			percent,
			fc.boolean(),
			(target, stated, actual, gradual) => {
				const outcome = playbook.resolve({
					version: "v1",
					target_percent: target,
					current_percent: stated,
					gradual,
				});
				if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults));
				const { requiresApproval, params, steps } = outcome.resolved;
				if (requiresApproval) return;
				const scope = {
					params,
					captured: { canary_pct: actual, kill_switch: false },
					steps: {},
				};
				for (const step of steps) {
					if (step.phase !== "step") break;
					if (
						step.kind === "check" &&
						!catalogue.holds(step.condition, scope)
					) {
						return;
					}
					if (step.kind !== "http" || step.method !== "PUT") continue;
					const { body } = catalogue.fill(step, scope);
					const { canary_pct } = body as { canary_pct: number };
					expect(canary_pct).toBeLessThanOrEqual(actual);
				}
			},
		),
		{ numRuns: 500 },
	);
});

test.each(["rollback_planner", "adjust_canary_split"])(
	"the rollback of %s restores what was recorded",
	(id) => {
		const playbook = must(builtIn().find(id), id);
		expect(playbook.description.hasRollback).toBe(true);
		expect(playbook.description.risk.isReversible).toBe(true);
		const { params } = resolved(id, {
			...(id === "rollback_planner"
				? rollback
				: { ...split, target_percent: 5 }),
		});
		const steps = must(
			playbook.resolveRollback({
				params,
				captured: { canary_pct: 12.5, kill_switch: false },
			}),
			"rollback",
		);
		expect(shape(steps)).toEqual([
			"PUT 8003/api/guard/config",
			"GET 8003/api/guard/status",
			"check as_before",
		]);
		expect(steps[0]).toMatchObject({ body: { canary_pct: 12.5 } });
		// Nothing was recorded: it says so instead of guessing.
		expect(() => playbook.resolveRollback({ params, captured: {} })).toThrow(
			/cannot be filled in: .*captured\.canary_pct.*no such key/,
		);
	},
);

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
