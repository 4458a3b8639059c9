// Past incidents are recorded once and whole; numbers are unique per tenant and, between
// replicas that cannot see each other, never the same.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PastIncident } from "../../../src-main/engine/incidents/index.ts";
import { takeNumber } from "../../../src-main/engine/incidents/number-blocks.ts";
import {
	acme,
	day,
	globex,
	hour,
	noon,
	openBench,
	person,
	whole,
} from "./incidents-bench.ts";

const monitor = { kind: "monitor", id: null, name: "Drift monitor" } as const;
const ada = { kind: "person", id: "ada", name: "Ada" } as const;
const started = noon - 20 * day;

const past: PastIncident = {
	key: "broken-feed",
	source: "demo",
	title: "Amounts in cents",
	description: "A feed switched units.",
	severity: 1,
	modelId: "fraud",
	metric: "psi_score",
	value: 0.42,
	owner: { id: "ada", name: "Ada" },
	openedAt: started,
	openedBy: monitor,
	steps: [
		{ at: started + hour, by: ada, text: "On it.", to: "acknowledged" },
		{ at: started + 2 * hour, by: ada, text: "The feed changed units." },
		{ at: started + 3 * hour, by: ada, text: "Fixed.", to: "resolved" },
		{ at: started + day, by: ada, text: "Closed.", to: "closed" },
	],
};

describe("a past incident", () => {
	test("is recorded with its own times, once", () => {
		const bench = openBench();
		const first = bench.service.recordPast(acme, past);
		expect(first).toMatchObject({
			isHistory: true,
			source: "demo",
			state: "closed",
			ownerName: "Ada",
			openedAt: started,
			acknowledgedAt: started + hour,
			acknowledgedBy: { id: "ada", name: "Ada" },
			resolvedAt: started + 3 * hour,
			closedAt: started + day,
			version: 5,
		});
		const { sequence } = bench.service.list(whole, {
			before: null,
			limit: 1,
		});
		expect(bench.service.recordPast(acme, past)).toEqual(first);
		expect(bench.service.sequence()).toBe(sequence);
		expect(bench.service.verify(whole, first.id)).toEqual({
			intact: true,
			events: 5,
			fault: null,
		});
		expect(
			bench.service
				.timeline(whole, first.id)
				.map(({ occurredAt }) => (occurredAt - started) / hour),
		).toEqual([0, 1, 2, 3, 24]);
		expect(bench.notified).toEqual([]);
		expect(bench.service.recordPast(globex, past).id).not.toBe(first.id);
	});

	test.each([
		["out of order", [{ at: started - 1, by: ada, text: "", to: "resolved" }]],
		["to come", [{ at: noon + 1, by: ada, text: "", to: "resolved" }]],
		["unsettled", [{ at: noon, by: ada, text: "", to: "acknowledged" }]],
		["no edge", [{ at: noon, by: ada, text: "", to: "learned" }]],
	] as const)("with steps that are %s is refused whole", (_, steps) => {
		const bench = openBench();
		expect(() =>
			bench.service.recordPast(acme, { ...past, steps }),
		).toThrowError(
			expect.objectContaining({ code: "INVALID", data: { field: "steps" } }),
		);
		expect(bench.service.sequence()).toBe(0);
	});
});

describe("numbers", () => {
	test("count up from 1 per tenant, over the end of a block", () => {
		const bench = openBench();
		const take = (tenant: number) =>
			bench.store.work.run((transaction) =>
				takeNumber(transaction, tenant, bench.store.changes.replica),
			);
		for (let number = 1; number <= 2001; number++) {
			expect(take(acme.key)).toBe(number);
		}
		expect(take(globex.key)).toBe(1);
	});

	test("of two replicas never meet, however their takes interleave", () => {
		fc.assert(
			fc.property(
				fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
				fc.uniqueArray(
					fc
						.integer({ min: 0, max: 2 ** 20 - 1 })
						.map((prefix) =>
							prefix.toString(16).padStart(5, "0").padEnd(16, "0"),
						),
					{ minLength: 2, maxLength: 2 },
				),
				(turns, replicas) => {
					const bench = openBench();
					const numbers = turns.map((turn) =>
						bench.store.work.run((transaction) =>
							takeNumber(transaction, acme.key, replicas[Number(turn)] ?? ""),
						),
					);
					expect(new Set(numbers).size).toBe(numbers.length);
					expect(numbers.every(Number.isSafeInteger)).toBe(true);
				},
			),
			{ numRuns: 20 },
		);
	});

	test("of a replica that the first one cannot see are in a range of its own", () => {
		const bench = openBench();
		const take = (replica: string) =>
			bench.store.work.run((transaction) =>
				takeNumber(transaction, acme.key, replica),
			);
		const [founder, other] = ["0".repeat(16), "00002".padEnd(16, "0")];
		expect([take(founder ?? ""), take(other ?? ""), take(other ?? "")]).toEqual(
			[1, 3 * 2 ** 32 + 1, 3 * 2 ** 32 + 2],
		);
		expect(take(founder ?? "")).toBe(2);
	});

	test("are given back when the change is not committed", () => {
		const bench = openBench();
		const make = () =>
			bench.service.create(person(), {
				title: "x",
				description: "",
				severity: 3,
				modelId: null,
			}).number;
		expect(make()).toBe(1);
		expect(() =>
			bench.store.work.run(() => {
				make();
				throw new Error("no");
			}),
		).toThrowError("no");
		expect(make()).toBe(2);
	});
});
