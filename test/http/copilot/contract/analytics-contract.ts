import { describe, expect, test } from "vitest";
import { type OpenCopilot, see } from "../open-copilot.ts";
import { costSummary, tokenUsage } from "./analytics-operations.ts";
import { hypothesisIn, word } from "./requests.ts";

const usage = "GET /analytics/token-usage";
const summary = "GET /analytics/cost-summary";
const ofIncident = [
	"GET /incidents/{id}/workflow",
	"GET /incidents/{id}/metrics",
	"GET /analytics/incident-metrics/{id}",
] as const;

interface Usage {
	readonly total_requests: number;
	readonly total_tokens: number;
	readonly total_cost_usd: number;
	readonly breakdown_by_type: readonly {
		count: number;
		total_tokens: number;
		cost_usd: number;
	}[];
	readonly timeline: readonly {
		date: string;
		requests: number;
		tokens: number;
		cost_usd: number;
	}[];
}

/** Dollars as whole millionths; fails for what is finer. */
function millionths(dollars: number): number {
	const whole = Math.round(dollars * 1_000_000);
	expect(whole / 1_000_000).toBe(dollars);
	return whole;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((all, each) => all + each, 0);
}

/** An explained incident on which three requests were spent, one in vain. */
async function spent(
	copilot: OpenCopilot,
	projectId: string | null = null,
): Promise<string> {
	const { engine, founder } = copilot;
	const by = founder.holder.principal.needs("owner");
	const [id] = await hypothesisIn(copilot, projectId);
	const model = word();
	engine.analytics.setPrice(by, {
		model,
		inputMicroDollars: 150_001,
		outputMicroDollars: 600_007,
	});
	for (const tokens of [1_234, 98_765, 3]) {
		const { key } = by.tenant;
		const step = engine.analytics.beginStep(key, id, "model_consulted");
		const isSuccess = tokens > 3;
		engine.analytics.spend(key, {
			incident_id: id,
			stepId: step.id,
			request_type: "hypothesis",
			provider: "openai_compatible",
			model,
			is_local: 0,
			is_success: isSuccess ? 1 : 0,
			error: isSuccess ? null : "No answer in time.",
			input_tokens: tokens,
			output_tokens: tokens * 2,
			is_estimated: 0,
			durationMillis: 12.5,
			body_hash: word(),
			at: engine.clock.now(),
		});
		step.end(
			isSuccess ? "completed" : "failed",
			isSuccess ? null : "No answer in time.",
		);
	}
	return id;
}

/** The steps of explaining incidents, and what model servers cost. */
export function analyticsContract(copilot: () => OpenCopilot): void {
	describe("analytics", () => {
		test("the views of one ledger say the same, to the millionth of a dollar", async () => {
			const { call } = copilot().founder;
			const ids = [await spent(copilot()), await spent(copilot())];
			const total = { requests: 0, tokens: 0, cost: 0 };
			for (const id of ids) {
				const [steps, metrics, both] = await Promise.all(
					ofIncident.map(async (name) => {
						const { body } = await call(name, { ids: [id] });
						return body as {
							workflow_summary: Record<string, number>;
							summary: Record<string, number>;
							steps: { cost_usd: number; total_tokens: number }[];
							analysis_steps: unknown[];
							ai_requests: { cost_usd: number; success: boolean }[];
							cost_breakdown: Record<string, number>;
						};
					}),
				);
				const { total_cost_usd = 0, total_tokens = 0 } = metrics?.summary ?? {};
				total.requests += metrics?.summary.total_ai_requests ?? 0;
				total.tokens += total_tokens;
				total.cost += millionths(total_cost_usd);
				expect(both?.summary).toEqual(metrics?.summary);
				expect(both?.ai_requests).toEqual(metrics?.ai_requests);
				expect(both?.analysis_steps).toEqual(steps?.steps);
				expect(metrics?.summary).toMatchObject({
					total_ai_requests: 3,
					successful_requests: 2,
					failed_requests: 1,
				});
				expect(steps?.workflow_summary).toMatchObject({
					total_cost_usd,
					total_tokens,
					failed_steps: 1,
					in_progress_steps: 0,
				});
				expect(
					sum((steps?.steps ?? []).map((one) => millionths(one.cost_usd))),
				).toBe(millionths(total_cost_usd));
				expect(sum((steps?.steps ?? []).map((one) => one.total_tokens))).toBe(
					total_tokens,
				);
				expect(
					sum(
						(metrics?.ai_requests ?? []).map((one) => millionths(one.cost_usd)),
					),
				).toBe(millionths(total_cost_usd));
				const { input_cost_usd = 0, output_cost_usd = 0 } =
					metrics?.cost_breakdown ?? {};
				expect(millionths(input_cost_usd) + millionths(output_cost_usd)).toBe(
					millionths(total_cost_usd),
				);
			}
			const all = (await call(usage)).body as Usage;
			const { overall_stats, most_expensive_incidents } = (await call(summary))
				.body as {
				overall_stats: Record<string, number>;
				most_expensive_incidents: { incident_id: string; total_cost: number }[];
			};
			expect({
				requests: all.total_requests,
				tokens: all.total_tokens,
				cost: millionths(all.total_cost_usd),
			}).toEqual(total);
			expect(overall_stats).toMatchObject({
				total_requests: all.total_requests,
				total_cost_usd: all.total_cost_usd,
			});
			for (const parts of [
				all.breakdown_by_type.map((one) => [
					one.count,
					one.total_tokens,
					millionths(one.cost_usd),
				]),
				all.timeline.map((one) => [
					one.requests,
					one.tokens,
					millionths(one.cost_usd),
				]),
			]) {
				for (const [index, whole] of Object.values(total).entries()) {
					expect(sum(parts.map((part) => part[index] ?? 0))).toBe(whole);
				}
			}
			expect(
				sum(most_expensive_incidents.map((one) => millionths(one.total_cost))),
			).toBe(total.cost);
			expect(
				most_expensive_incidents.map((one) => one.incident_id).sort(),
			).toEqual(ids.sort());
		});

		test("have the document's fields", async () => {
			const { call } = copilot().founder;
			for (const [name, { response }] of [
				[usage, tokenUsage],
				[summary, costSummary],
			] as const) {
				const { body } = await call(name);
				expect(Object.keys(Object(body))).toEqual(
					Object.keys(Object(response)),
				);
			}
		});

		test("are of the days that are asked for, and of the last seven by themselves", async () => {
			const { call } = copilot().founder;
			await spent(copilot());
			const days = async (query: string) => {
				const { body } = await call(usage, { query });
				return (body as Usage).timeline.map(({ date }) => date);
			};
			expect(await days("")).toEqual(
				[13, 14, 15, 16, 17, 18, 19, 20].map((day) => `2026-01-${day}`),
			);
			expect(await days("?start_date=2026-01-19")).toEqual([
				"2026-01-19",
				"2026-01-20",
			]);
			see(usage, "filter start_date");
			const { body } = await call(usage, { query: "?end_date=2026-01-19" });
			expect(body).toMatchObject({ total_requests: 0, total_cost_usd: 0 });
			see(usage, "filter end_date");
			const one = await call(summary, { query: "?days=1" });
			expect(one.body).toMatchObject({
				cache_stats: { total_incidents: expect.any(Number) },
			});
			see(summary, "filter days");
		});

		test.each([
			[usage, "start_date", "yesterday"],
			[usage, "start_date", "2026-02-30"],
			[usage, "start_date", "2026-01-21"],
			[usage, "start_date", "2001-01-01"],
			[usage, "start_date", "0001-01-01"],
			[usage, "start_date", "9999-12-31"],
			[usage, "end_date", "99999-12-31"],
			[usage, "end_date", "9999-12-31"],
			[usage, "end_date", "2027-01-21"],
			[usage, "end_date", "1970-01-01"],
			[usage, "end_date", "2026-01-20T00:00:00Z"],
			[usage, "end_date", "2026-01-01&start_date=2026-01-02"],
			[summary, "days", "0"],
			[summary, "days", "366"],
			[summary, "days", "a week"],
		])("%s: %s=%s is refused", async (name, parameter, value) => {
			const { call } = copilot().founder;
			const answer = await call(name, { query: `?${parameter}=${value}` });
			expect(answer.status).toBe(422);
			see(name, `bad ${parameter}`);
		});

		test("a date far ahead is refused with the bounds", async () => {
			const { call } = copilot().founder;
			const ahead = await call(usage, { query: "?end_date=9999-12-31" });
			expect(JSON.stringify(ahead.body)).toContain(
				"end_date must be from 2016-01-21 to 2027-01-20",
			);
			const last = await call(usage, { query: "?end_date=2027-01-20" });
			expect(last.status).toBe(200);
		});

		test("what is recommended follows from the ledger", async () => {
			const { engine, founder } = copilot();
			const by = founder.holder.principal.needs("owner");
			const [id] = await hypothesisIn(copilot());
			for (let index = 0; index < 6; index++) {
				engine.analytics.spend(by.tenant.key, {
					incident_id: id,
					stepId: null,
					request_type: "hypothesis",
					provider: "openai_compatible",
					model: "unpriced",
					is_local: 0,
					is_success: 0,
					error: "No answer in time.",
					input_tokens: 1,
					output_tokens: 0,
					is_estimated: 1,
					durationMillis: 1,
					body_hash: word(),
					at: engine.clock.now(),
				});
			}
			const { body } = await founder.call(summary);
			const { recommendations } = body as {
				recommendations: { type: string; message: string }[];
			};
			expect(recommendations).toContainEqual({
				type: "unpriced_model",
				message: expect.stringContaining("unpriced has no price: 6 requests"),
				priority: "high",
			});
			expect(recommendations.map(({ type }) => type)).toContain(
				"failing_requests",
			);
			const { body: empty } = await copilot().stranger.call(summary);
			expect(empty).toMatchObject({ recommendations: [] });
		});

		test("a step that goes on is shown, and those of making hypotheses are left behind", async () => {
			const { call, holder } = copilot().founder;
			const { key } = holder.principal.tenant;
			const [id] = await hypothesisIn(copilot());
			copilot().engine.analytics.beginStep(key, id, "model_consulted");
			const { body } = await call("GET /incidents/{id}/workflow", {
				ids: [id],
			});
			const { steps, workflow_summary } = body as {
				steps: { step_number: number; status: string }[];
				workflow_summary: object;
			};
			const made = steps.slice(0, -1);
			expect(made.length).toBeGreaterThan(1);
			expect(made).toMatchObject(
				made.map((_, index) => ({
					step_number: index + 1,
					status: "completed",
					completed_at: expect.any(String),
				})),
			);
			expect(steps.at(-1)).toMatchObject({
				status: "in_progress",
				duration_ms: null,
				completed_at: null,
			});
			expect(workflow_summary).toMatchObject({
				total_steps: steps.length,
				completed_steps: made.length,
				in_progress_steps: 1,
			});
		});

		test("what is of another project is not counted, and not shown", async () => {
			const { engine, founder, callerWith } = copilot();
			const by = founder.holder.principal.needs("owner");
			const other = engine.identity.projects.create(by, { name: word() });
			const total = async (call: typeof founder.call) =>
				((await call(usage)).body as Usage).total_requests;
			const before = await total(founder.call);
			const id = await spent(copilot(), other.id);
			expect(await total(founder.call)).toBe(before);
			for (const name of ofIncident) {
				const answer = await founder.call(name, { ids: [id] });
				expect([name, answer.status]).toEqual([name, 403]);
			}
			const { accessToken } = await engine.identity.projectTokens.switchTo(
				founder.holder,
				other.id,
				900,
			);
			expect(await total(callerWith(accessToken))).toBe(3);
		});
	});
}
