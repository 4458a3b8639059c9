// A cost is told by model, wherever that runs, by request type and by incident, the dearest
// first and of equal ones the most used; every day of the range is there.
import { expect, test } from "vitest";
import { costAnalytics } from "../../../src-main/engine/analytics/cost-view.ts";
import type { LedgerCell } from "../../../src-main/engine/analytics/usage-ledger.ts";
import { zonedRange } from "../../../src-main/engine/analytics/zone-spans.ts";

const cell: LedgerCell = {
	day: 0,
	provider: "openai_compatible",
	model: "m",
	isLocal: 0,
	requestType: "hypothesis",
	incidentId: "a",
	requests: 1,
	failed: 0,
	inputTokens: 10,
	outputTokens: 1,
	microDollars: 5,
	unpriced: 0,
};

function cost(cells: readonly LedgerCell[]) {
	return costAnalytics(zonedRange(0, 3 * 86_400_000, "UTC"), cells, {
		coverage: { incidents: 0, explained: 0 },
		repeatedMicroDollars: 0,
		incident: (id) => ({ number: 1, title: id }),
	});
}

test("a model of one name is another at another place", () => {
	const { models, total } = cost([
		cell,
		{ ...cell, day: 1 },
		{ ...cell, provider: "ollama", microDollars: 0 },
		{ ...cell, isLocal: 1, microDollars: 0 },
	]);
	expect(
		models.map(({ provider, isLocal, requests }) => [
			provider,
			isLocal,
			requests,
		]),
	).toEqual([
		["openai_compatible", false, 2],
		["ollama", false, 1],
		["openai_compatible", true, 1],
	]);
	expect(total).toMatchObject({ requests: 4, microDollars: 10 });
});

test("the dearest first, then the most used, then by name", () => {
	const { incidents, days } = cost([
		{ ...cell, incidentId: "c" },
		{ ...cell, incidentId: "a" },
		{ ...cell, incidentId: "b", requests: 2 },
		{ ...cell, incidentId: "d", microDollars: 6, day: 2 },
	]);
	expect(incidents.map(({ title }) => title)).toEqual(["d", "b", "a", "c"]);
	expect(days.map(({ day, microDollars }) => [day, microDollars])).toEqual([
		["1970-01-01", 15],
		["1970-01-02", 0],
		["1970-01-03", 6],
	]);
});
