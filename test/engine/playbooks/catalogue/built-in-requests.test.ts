// The shipped playbooks that call a service ask exactly what its own interface understands, and
// judge its own answers: an approval is asked for whenever traffic might rise, and no run without
// one can raise it; a rollback restores what was recorded, or says that it cannot.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HttpStep } from "../../../../src-main/engine/playbooks/definition.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { builtIn, resolved, shape } from "./shipped.ts";

const synonyms = { index_name: "knowledge_base" };
const rollback = { from_version: "v1.2.3-canary", to_version: "v1.2.2" };
const split = { version: "v1.2.3-canary" };

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
