// Row, change-log entry and timeline event stand or fall together: a failure at any
// statement of a change leaves nothing of it, tells nobody, and the next change works.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { failCommits } from "../failing-commit.ts";
import { temporaryFolder } from "../test-ports.ts";
import {
	acme,
	countWrites,
	day,
	type IncidentsBench,
	incidentIn,
	noon,
	openBench,
	person,
	whole,
} from "./incidents-bench.ts";

const statements = [
	"INSERT ON change_log",
	"INSERT ON timeline_events",
	"INSERT ON incidents",
	"UPDATE ON incidents",
	"INSERT ON incident_signals",
	"UPDATE ON incident_number_blocks",
	"COMMIT",
];

function failAt(bench: IncidentsBench, statement: string): () => void {
	if (statement === "COMMIT") {
		return failCommits(bench.store.connection, "INSERT ON change_log");
	}
	bench.store.connection.exec(
		`CREATE TEMP TRIGGER planted AFTER ${statement} BEGIN SELECT RAISE(ABORT, 'planted'); END`,
	);
	return () => bench.store.connection.exec("DROP TRIGGER planted");
}

const changes: Record<string, (bench: IncidentsBench, ids: string[]) => void> =
	{
		create: (bench) =>
			bench.service.create(person(), {
				title: "New",
				description: "",
				severity: 1,
				modelId: null,
			}),
		"act on many": (bench, ids) =>
			bench.service.act(person(), ids, { kind: "severity", severity: 1 }),
		note: (bench, ids) =>
			bench.service.addNote(person(), ids[0] ?? "", "a note"),
		"a live signal": (bench) =>
			bench.service.reportSignal(acme, bench.signal({ modelId: "new" })),
		"a past signal": (bench) =>
			bench.service.reportSignal(
				acme,
				bench.signal({ isHistory: true, at: noon - day }),
			),
	};

describe.each(Object.keys(changes))("%s", (name) => {
	test.each(statements)("failing at %s", (statement) => {
		const bench = openBench();
		const ids = [incidentIn(bench, "detected"), incidentIn(bench, "detected")];
		const prior = countWrites(bench.store);
		const list = bench.service.list(whole, {
			before: null,
			limit: 500,
		});
		bench.published.length = 0;
		bench.notified.length = 0;
		const repair = failAt(bench, statement);
		let isTouched = false;
		try {
			changes[name]?.(bench, ids);
		} catch (error) {
			expect(String(error)).toMatch(/planted|FOREIGN KEY/);
			isTouched = true;
		}
		repair();
		if (isTouched) {
			expect(countWrites(bench.store)).toEqual(prior);
			expect(
				bench.service.list(whole, {
					before: null,
					limit: 500,
				}),
			).toEqual(list);
			expect(bench.published).toEqual([]);
			expect(bench.notified).toEqual([]);
			changes[name]?.(bench, ids);
		}
		expect(countWrites(bench.store).entries).toBeGreaterThan(prior.entries);
		for (const { id } of bench.service.list(whole, {
			before: null,
			limit: 500,
		}).items) {
			expect(bench.service.verify(whole, id).fault).toBeNull();
		}
	});
});

test("a change joins the caller's unit of work and is told of after its commit", () => {
	const bench = openBench();
	expect(() =>
		bench.store.work.run(() => {
			bench.service.reportSignal(acme, bench.signal({}));
			expect(bench.published).toEqual([]);
			throw new Error("the drift result could not be stored");
		}),
	).toThrowError("the drift result");
	expect(countWrites(bench.store)).toMatchObject({ incidents: 0, entries: 0 });
	expect(bench.published).toEqual([]);
	bench.store.work.run(() => {
		bench.service.reportSignal(acme, bench.signal({}));
		bench.service.reportSignal(acme, bench.signal({ modelId: "churn" }));
	});
	expect(bench.published).toEqual([
		{
			tenant: acme.key,
			change: {
				kind: "incidents",
				items: [
					expect.objectContaining({ modelId: "fraud" }),
					expect.objectContaining({ modelId: "churn" }),
				],
				sequence: 2,
			},
		},
		{
			tenant: acme.key,
			change: { kind: "timeline", incidentIds: expect.any(Array) },
		},
	]);
});

test("a shell that cannot be told does not undo or fail the change", () => {
	const bench = openBench();
	bench.isShellBroken = true;
	const { incident } = bench.service.reportSignal(acme, bench.signal({}));
	expect(bench.service.entry(whole, incident?.id ?? "").number).toBe(1);
	expect(bench.logged).toEqual([
		"the desktop shell could not be told of a committed change",
	]);
});

test("what was answered is there when the file is opened again", () => {
	const folder = temporaryFolder(onTestFinished);
	const first = openBench(folder);
	const id = incidentIn(first, "acknowledged");
	const before = first.service.get(whole, id);
	first.store.close();
	const second = openBench(folder);
	expect(second.service.get(whole, id)).toEqual(before);
	expect(second.service.verify(whole, id).intact).toBe(true);
	second.service.addNote(person(), id, "after the restart");
	expect(second.service.verify(whole, id)).toMatchObject({
		intact: true,
		events: 3,
	});
	expect(existsSync(join(folder, "command.db"))).toBe(true);
});

test("a database of a newer version is read, and refuses every write by code", () => {
	const folder = temporaryFolder(onTestFinished);
	const first = openBench(folder);
	const id = incidentIn(first, "detected");
	first.store.connection.pragma("user_version = 9999");
	first.store.close();
	const second = openBench(folder);
	expect(second.service.get(whole, id).number).toBe(1);
	const move = { kind: "move", to: "acknowledged" } as const;
	const writes = [
		() => second.service.addNote(person(), id, "x"),
		() => second.service.act(person(), [id], move),
		() => second.service.actOn(person(), id, move),
		() => second.service.undo(person(), "x"),
		() => second.service.reportSignal(acme, second.signal({})),
		() => changes.create?.(second, []),
	];
	for (const write of writes) {
		expect(write).toThrowError(
			expect.objectContaining({ code: "READ_ONLY", status: 503 }),
		);
	}
});

test("a full disk is a coded refusal and leaves nothing half-written", () => {
	const bench = openBench();
	const id = incidentIn(bench, "detected");
	const prior = countWrites(bench.store);
	const pages = bench.store.connection.pragma("page_count", { simple: true });
	bench.store.connection.pragma(`max_page_count = ${pages}`);
	expect(() => {
		for (let note = 0; note < 100; note++) {
			bench.service.addNote(person(), id, "x".repeat(20_000));
		}
	}).toThrowError(
		expect.objectContaining({ code: "STORAGE_FULL", status: 507 }),
	);
	bench.store.connection.pragma("max_page_count = 1000000");
	const after = countWrites(bench.store);
	expect(after.events - prior.events).toBe(after.entries - prior.entries);
	bench.service.addNote(person(), id, "room again");
	expect(bench.service.verify(whole, id).fault).toBeNull();
});
