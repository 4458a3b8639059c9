// Lists are complete and in order: pages by number tile the whole without holes, and
// filters narrow exactly.

import { expect, test } from "vitest";
import {
	acme,
	globex,
	hour,
	incidentIn,
	noon,
	openBench,
	person,
	whole,
} from "./incidents-bench.ts";

test("pages tile the list, highest number first", () => {
	const bench = openBench();
	for (let index = 0; index < 23; index++) incidentIn(bench, "detected");
	incidentIn(bench, "closed");
	bench.service.create(person(globex), {
		title: "Theirs",
		description: "",
		severity: 1,
		modelId: null,
	});
	const numbers: number[] = [];
	let before: number | null = null;
	for (;;) {
		const page = bench.service.list(whole, {
			before,
			limit: 10,
		});
		expect(page.total).toBe(24);
		expect(page.sequence).toBe(bench.service.sequence());
		if (page.items.length === 0) break;
		numbers.push(...page.items.map(({ number }) => number));
		before = numbers.at(-1) ?? null;
	}
	expect(numbers).toEqual(Array.from({ length: 24 }, (_, index) => 24 - index));
});

test("filters narrow by state, severity, model, owner, time and words", () => {
	const bench = openBench();
	const make = (title: string, severity: 1 | 2 | 3, modelId: string | null) => {
		bench.now += hour;
		return bench.service.create(person(), {
			title,
			description: `about 100% of ${title}`,
			severity,
			modelId,
		}).id;
	};
	const one = make("Alpha drift", 1, "fraud");
	make("Beta_drift", 2, "fraud");
	make("Gamma", 3, "churn");
	make("Delta", 3, null);
	bench.service.actOn(person(), one, { kind: "move", to: "resolved" });
	bench.service.actOn(person(), one, { kind: "assign", ownerId: "grace" });
	const numbers = (
		filter: Parameters<typeof bench.service.listFiltered>[1],
		page = { limit: 50, offset: 0 },
	) => {
		const { items, total } = bench.service.listFiltered(whole, filter, page);
		return { numbers: items.map(({ number }) => number), total };
	};
	expect(numbers({})).toEqual({ numbers: [4, 3, 2, 1], total: 4 });
	expect(numbers({}, { limit: 2, offset: 1 })).toEqual({
		numbers: [3, 2],
		total: 4,
	});
	expect(numbers({ states: ["resolved"] }).numbers).toEqual([1]);
	expect(numbers({ states: [] }).numbers).toEqual([]);
	expect(numbers({ severities: [1, 2] }).numbers).toEqual([2, 1]);
	expect(numbers({ modelId: "fraud" }).numbers).toEqual([2, 1]);
	expect(numbers({ hasModel: true }).numbers).toEqual([3, 2, 1]);
	expect(numbers({ ownerId: "grace" }).numbers).toEqual([1]);
	expect(numbers({ sources: ["drift_monitor"] }).numbers).toEqual([]);
	expect(numbers({ since: noon + 3 * hour }).numbers).toEqual([4, 3]);
	expect(numbers({ text: "DRIFT" }).numbers).toEqual([2, 1]);
	expect(numbers({ text: "_drift" }).numbers).toEqual([2]);
	expect(numbers({ text: "100%" }).numbers).toEqual([4, 3, 2, 1]);
	expect(numbers({ text: "#3" }).numbers).toEqual([3]);
	expect(numbers({ modelId: "fraud", severities: [2] }).numbers).toEqual([2]);
});

test("a window that was away gets what changed, or is told it is too much", () => {
	const bench = openBench();
	const [first, second] = [
		incidentIn(bench, "detected"),
		incidentIn(bench, "detected"),
	];
	const { sequence } = bench.service.list(whole, {
		before: null,
		limit: 1,
	});
	expect(bench.service.changedSince(whole, sequence, 10)?.items).toEqual([]);
	bench.service.addNote(person(), first, "one");
	bench.service.addNote(person(), second, "two");
	bench.service.addNote(person(), first, "three");
	const since = bench.service.changedSince(whole, sequence, 10);
	expect(since?.items.map(({ id, version }) => ({ id, version }))).toEqual([
		{ id: second, version: 2 },
		{ id: first, version: 3 },
	]);
	expect(since?.sequence).toBe(sequence + 3);
	expect(bench.service.changedSince(whole, sequence, 1)).toBeNull();
});

test("the open incidents of each model", () => {
	const bench = openBench();
	incidentIn(bench, "resolved", "fraud");
	const one = incidentIn(bench, "mitigated", "fraud");
	const { incident } = bench.service.reportSignal(acme, bench.signal({}));
	const other = incidentIn(bench, "acknowledged", "churn");
	incidentIn(bench, "detected");
	expect(bench.service.openIdsByModel(acme.key)).toEqual(
		new Map([
			["fraud", [one, incident?.id]],
			["churn", [other]],
		]),
	);
	expect(bench.service.openIdsByModel(globex.key).size).toBe(0);
});
