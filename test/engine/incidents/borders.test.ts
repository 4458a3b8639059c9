// Where a page ends, whom a name means, when a value is news and who is notified: at their borders.
import { expect, test } from "vitest";
import { assignmentTo } from "../../../src-main/engine/incidents/assignment.ts";
import { storedEventHash } from "../../../src-main/engine/incidents/event-hash.ts";
import { isNotable } from "../../../src-main/engine/incidents/monitor-signal.ts";
import type { EventRow } from "../../../src-main/engine/incidents/schema.ts";
import { incidentIn, openBench, person, whole } from "./incidents-bench.ts";

test("a page begins after the last of the one before", () => {
	const bench = openBench();
	for (let count = 0; count < 5; count++) incidentIn(bench, "detected");
	const page = (before: number | null) =>
		bench.service
			.list(whole, { before, limit: 2 })
			.items.map(({ number }) => number);
	expect([page(null), page(4), page(2), page(1)]).toEqual([
		[5, 4],
		[3, 2],
		[1],
		[],
	]);
});

test.each([
	["ADA@acme.test", "ada"],
	["ada", "ada"],
	["Ada Lovelace", "ada"],
	[" grace hopper ", "grace"],
	["Sam Doe", null],
	["the payments team", null],
])("%j means %s", (words, id) => {
	const owner = (name: string, key: string) => ({
		id: key,
		name,
		email: `${key}@acme.test`,
	});
	const { owner: found, words: kept } = assignmentTo(words, () => [
		owner("Ada Lovelace", "ada"),
		owner("Grace Hopper", "grace"),
		owner("Sam Doe", "sam"),
		owner("sam doe", "sam2"),
	]);
	expect(found?.id ?? null).toBe(id);
	expect(kept).toBe(words);
});

test.each([
	[0.5, 0.5, false],
	[0.625, 0.5, true],
	[1.25, 1, true],
	[6, 5, false],
	[6.001, 5, true],
	[4, 5, false],
	[-6, -5, false],
	[null, null, false],
	[null, 1, true],
	[1, null, true],
	[0.1, 0, true],
	[0, 0, false],
])("%s after %s is news: %s", (value, last, isNews) => {
	expect(isNotable(value, last)).toBe(isNews);
});

test("nobody is notified of what a person made critical, but of a critical one that is new", () => {
	const bench = openBench();
	const critical = () =>
		bench.notified.filter(({ kind }) => kind === "critical").length;
	const id = incidentIn(bench, "detected");
	bench.service.act(person(), [id], { kind: "severity", severity: 1 });
	expect(critical()).toBe(0);
	bench.service.create(person(), {
		title: "Down",
		description: "",
		severity: 1,
		modelId: null,
	});
	expect(critical()).toBe(1);
});

test("the desktop is told how many are open when that changes, and only then", () => {
	const bench = openBench();
	const told = () =>
		bench.notified.splice(0).filter(({ kind }) => kind === "counts").length;
	const id = incidentIn(bench, "detected");
	expect(told()).toBe(1);
	bench.service.addNote(person(), id, "a look");
	bench.service.act(person(), [id], { kind: "move", to: "investigating" });
	expect(told()).toBe(0);
	bench.service.act(person(), [id], { kind: "severity", severity: 1 });
	expect(told()).toBe(1);
	bench.service.act(person(), [id], { kind: "severity", severity: 2 });
	expect(told()).toBe(1);
	bench.service.act(person(), [id], { kind: "move", to: "resolved" });
	expect(told()).toBe(1);
	bench.service.act(person(), [id], { kind: "move", to: "closed" });
	expect(told()).toBe(0);
});

test("an event that was added with hashes of its own is found", () => {
	const bench = openBench();
	const id = incidentIn(bench, "detected");
	const { connection } = bench.store;
	const last = connection
		.prepare("SELECT * FROM timeline_events ORDER BY key DESC LIMIT 1")
		.get() as EventRow;
	const added: EventRow = {
		...last,
		key: last.key + 1,
		id: "added",
		body: "It was nobody's fault.",
		prev_hash: last.hash,
	};
	const row = { ...added, hash: storedEventHash(added) };
	const names = Object.keys(row);
	connection
		.prepare(
			`INSERT INTO timeline_events (${names}) VALUES (${names.map(() => "?")})`,
		)
		.run(...Object.values(row));
	expect(bench.service.verify(whole, id)).toMatchObject({
		intact: false,
		fault: "event added was added: the change log does not have it",
	});
});
