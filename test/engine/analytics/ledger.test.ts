/*
 * The ledger is only ever added to, and every view of it is a sum of whole numbers: by
 * day, by model, by request type, by incident and by step, in tokens, requests and money,
 * all come to the same, to the last millionth of a dollar. A cost is rounded once, when it
 * is spent, by the price of that moment; a local model costs nothing.
 */

import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { costOf } from "../../../src-main/engine/analytics/prices.ts";
import { createEngine } from "../../../src-main/engine/engine.ts";
import type { UsageTotal } from "../../../src-shared/contract/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const hour = 3_600_000;
const models = ["tiny", "large", "local"];

async function open() {
	const ports = testPorts();
	const dataDirectory = temporaryFolder(onTestFinished);
	const engine = await createEngine({ dataDirectory, version: "1.0.0" }, ports);
	onTestFinished(() => engine.close());
	const by = engine.identity.localPrincipal();
	const incident = (title: string) =>
		engine.incidents.open(by, {
			title,
			description: "",
			severity: 2,
			modelId: null,
		}).id;
	const projectId = engine.identity.projects.firstId(by.tenant.key);
	return { ports, dataDirectory, engine, by, incident, projectId };
}

const request = fc.record({
	model: fc.constantFrom(...models),
	incident: fc.nat({ max: 2 }),
	hours: fc.nat({ max: 30 }),
	input: fc.nat({ max: 2_000_000 }),
	output: fc.nat({ max: 2_000_000 }),
	isSuccess: fc.boolean(),
	isStep: fc.boolean(),
	body: fc.constantFrom("a", "b", "c"),
});

const names = [
	"requests",
	"failed",
	"inputTokens",
	"outputTokens",
	"microDollars",
] as const;

function sum(parts: readonly UsageTotal[]): UsageTotal {
	const numbers = names.map((name) => [
		name,
		parts.reduce((all, part) => all + part[name], 0),
	]);
	return Object.fromEntries(numbers) as UsageTotal;
}

test("all views of random ledgers add up to the same", async () => {
	const { engine, by, incident, projectId, ports } = await open();
	const { analytics } = engine;
	const { key } = by.tenant;
	analytics.setPrice(by, {
		model: "tiny",
		inputMicroDollars: 150_001,
		outputMicroDollars: 600_007,
	});
	analytics.setPrice(by, {
		model: "large",
		inputMicroDollars: 2_499_999,
		outputMicroDollars: 10_000_001,
	});
	analytics.setPrice(by, {
		model: "local",
		inputMicroDollars: 1_000_000,
		outputMicroDollars: 1_000_000,
	});
	fc.assert(
		fc.property(
			fc.array(request, { maxLength: 25 }),
			fc.constantFrom("UTC", "Asia/Kolkata", "America/New_York"),
			(requests, timeZone) => {
				ports.clock.set(ports.clock.now() + 1_000 * hour);
				const from = ports.clock.now();
				const incidents = ["A", "B", "C"].map((title) => incident(title));
				const expected: UsageTotal[] = [];
				for (const each of requests) {
					ports.clock.set(ports.clock.now() + each.hours * hour);
					const incidentId = incidents[each.incident] ?? "";
					const step = each.isStep
						? analytics.beginStep(key, incidentId, "model_consulted")
						: null;
					analytics.spend(key, {
						incident_id: incidentId,
						stepId: step?.id ?? null,
						request_type: each.isStep ? "hypothesis" : "summary",
						provider: "openai_compatible",
						model: each.model,
						is_local: each.model === "local" ? 1 : 0,
						is_success: each.isSuccess ? 1 : 0,
						error: each.isSuccess ? null : "no answer",
						input_tokens: each.input,
						output_tokens: each.output,
						is_estimated: 0,
						durationMillis: 12.5,
						body_hash: each.body,
						at: ports.clock.now(),
					});
					step?.end("completed", null);
					const [input, output] =
						each.model === "tiny"
							? [150_001, 600_007]
							: each.model === "large"
								? [2_499_999, 10_000_001]
								: [0, 0];
					expected.push({
						requests: 1,
						failed: each.isSuccess ? 0 : 1,
						inputTokens: each.input,
						outputTokens: each.output,
						microDollars:
							Math.round((each.input * input) / 1_000_000) +
							Math.round((each.output * output) / 1_000_000),
					});
				}
				const total = sum(expected);
				const cost = analytics.cost(by.in(projectId), {
					from,
					to: ports.clock.now() + 1,
					timeZone,
				});
				const usages = incidents.map((id) => analytics.ofIncident(by, id));
				const views = {
					total: cost.total,
					days: sum(cost.days),
					models: sum(cost.models),
					dayModels: sum(cost.days.flatMap(({ models }) => models)),
					requestTypes: sum(cost.requestTypes),
					incidents: sum(cost.incidents),
					ofIncidents: sum(usages.map((usage) => usage.total)),
					entries: sum(
						usages.flatMap(({ requests }) =>
							requests.map((one) => ({
								requests: 1,
								failed: one.isSuccess ? 0 : 1,
								inputTokens: one.inputTokens,
								outputTokens: one.outputTokens,
								microDollars: one.inputMicroDollars + one.outputMicroDollars,
							})),
						),
					),
				};
				for (const [name, view] of Object.entries(views)) {
					expect([name, sum([view])]).toEqual([name, total]);
				}
				const steps = usages.flatMap((usage) => usage.steps);
				const ofSteps = expected.filter((_, index) => requests[index]?.isStep);
				expect(sum(steps.map(({ usage }) => usage))).toEqual(sum(ofSteps));
				expect(steps).toHaveLength(ofSteps.length);
				for (const { status, durationMillis } of steps) {
					expect([status, durationMillis === null]).toEqual([
						"completed",
						false,
					]);
				}
				const repeats = expected.filter((_, index) => {
					const one = requests[index];
					return requests
						.slice(0, index)
						.some(
							(earlier) =>
								earlier.isSuccess &&
								earlier.body === one?.body &&
								earlier.model === one.model &&
								earlier.incident === one.incident,
						);
				});
				expect(cost.repeatedMicroDollars).toBe(sum(repeats).microDollars);
			},
		),
		{ numRuns: 40 },
	);
});

test("a cost is rounded half up, and exact for any number of tokens", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 100_000_000 }),
			fc.integer({ min: 0, max: 100_000_000 }),
			(tokens, price) => {
				const exact = BigInt(tokens) * BigInt(price);
				const off = BigInt(costOf(tokens, price)) * 1_000_000n - exact;
				expect(off > -500_000n && off <= 500_000n).toBe(true);
			},
		),
	);
	expect([costOf(1, 499_999), costOf(1, 500_000), costOf(0, 5)]).toEqual([
		0, 1, 0,
	]);
});

function localRequest(incident_id: string, at: number) {
	return {
		incident_id,
		stepId: null,
		request_type: "hypothesis",
		provider: "ollama",
		model: "local",
		is_local: 1,
		is_success: 1,
		error: null,
		input_tokens: 1,
		output_tokens: 1,
		is_estimated: 0,
		durationMillis: 1,
		body_hash: "a",
		at,
	} as const;
}

test("what was asked in the first moment of a range is in it, and at its end in the next", async () => {
	const { engine, by, incident, projectId } = await open();
	const from = Date.UTC(2026, 0, 20);
	const id = incident("A");
	for (const at of [from - 1, from, from + hour - 1, from + hour]) {
		engine.analytics.spend(by.tenant.key, localRequest(id, at));
	}
	const count = (since: number) =>
		engine.analytics.cost(by.in(projectId), {
			from: since,
			to: since + hour,
			timeZone: "UTC",
		}).total.requests;
	expect([count(from - hour), count(from), count(from + hour)]).toEqual([
		1, 2, 1,
	]);
});

test("nothing in the ledger is changed or deleted", async () => {
	const { engine, by, incident, ports, dataDirectory } = await open();
	engine.analytics.spend(
		by.tenant.key,
		localRequest(incident("A"), ports.clock.now()),
	);
	const database = new Database(join(dataDirectory, "command.db"));
	onTestFinished(() => {
		database.close();
	});
	for (const sql of [
		"UPDATE usage_ledger SET input_cost = 0",
		"DELETE FROM usage_ledger",
	]) {
		expect(() => database.exec(sql)).toThrow("append-only");
	}
});

test("a step that was going on when the engine was killed has failed", async () => {
	const { engine, by, incident, dataDirectory } = await open();
	const id = incident("A");
	engine.analytics.beginStep(by.tenant.key, id, "model_consulted");
	const [before] = engine.analytics.ofIncident(by, id).steps;
	expect(before).toMatchObject({ status: "in_progress", durationMillis: null });
	await engine.close();
	const again = await createEngine(
		{ dataDirectory, version: "1.0.0" },
		testPorts(),
	);
	onTestFinished(() => again.close());
	const [after] = again.analytics.ofIncident(by, id).steps;
	expect(after).toMatchObject({
		status: "failed",
		error: "Tocsin ended while this went on.",
	});
});
