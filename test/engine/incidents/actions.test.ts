// What people do with incidents: each change is one event, what is refused changes
// nothing, and an undo is a new event that puts back exactly what one action changed.

import { describe, expect, test } from "vitest";
import type { EngineErrorCode } from "../../../src-main/engine/errors.ts";
import { Sight } from "../../../src-main/engine/identity/access/index.ts";
import {
	acme,
	countWrites,
	globex,
	hour,
	incidentIn,
	noon,
	openBench,
	person,
	reader,
	whole,
} from "./incidents-bench.ts";

function coded(code: EngineErrorCode, data?: Record<string, unknown>) {
	return expect.objectContaining(
		data === undefined ? { code } : { code, data },
	);
}

const critical = {
	title: "Scores are off",
	description: "Every score is 0.",
	severity: 1,
	modelId: "fraud",
} as const;

describe("creating", () => {
	test("opens with a number, an event and a notice", () => {
		const bench = openBench();
		const made = bench.service.create(person(), critical);
		expect(made).toMatchObject({
			number: 1,
			title: "Scores are off",
			state: "detected",
			severity: 1,
			source: "person",
			modelId: "fraud",
			isHistory: false,
			openedAt: noon,
			enteredAt: { detected: noon },
			version: 1,
			related: [],
		});
		expect(made.timeline).toMatchObject([{ kind: "opened", prevHash: null }]);
		expect(bench.notified).toEqual([
			{
				kind: "critical",
				value: { id: made.id, number: 1, title: "Scores are off" },
			},
			{ kind: "counts", value: { open: 1, critical: 1 } },
		]);
	});

	test("a second for the same model and severity becomes a signal of the first", () => {
		const bench = openBench();
		const first = bench.service.create(person(), critical);
		expect(() =>
			bench.service.create(person(acme, "grace"), critical),
		).toThrowError(coded("DUPLICATE", { id: first.id, number: 1 }));
		const { timeline, related } = bench.service.get(whole, first.id);
		expect(timeline.at(-1)).toMatchObject({
			kind: "signal",
			author: { name: "Grace" },
			data: { title: critical.title, severity: 1 },
		});
		expect(related).toEqual([]);
		expect(countWrites(bench.store)).toMatchObject({ incidents: 1, events: 2 });
	});

	test("another severity, another tenant, no model or a settled one is no duplicate", () => {
		const bench = openBench();
		const first = bench.service.create(person(), critical);
		bench.service.create(person(), { ...critical, severity: 2 });
		bench.service.create(person(globex), critical);
		bench.service.create(person(), { ...critical, modelId: null });
		bench.service.create(person(), { ...critical, modelId: null });
		bench.service.actOn(person(), first.id, { kind: "move", to: "resolved" });
		const again = bench.service.create(person(), critical);
		expect(again.related.map(({ number }) => number)).toEqual([2, 1]);
	});

	test.each([
		["an empty title", { title: "" }, "title"],
		["a title of 201 characters", { title: "x".repeat(201) }, "title"],
		["a lone surrogate", { description: "\ud800" }, "description"],
		["a NUL", { description: "a\u0000b" }, "description"],
		["too long a text", { description: "x".repeat(20_001) }, "description"],
		["an empty model id", { modelId: "" }, "modelId"],
	])("%s is refused by name", (_, change, field) => {
		const bench = openBench();
		expect(() =>
			bench.service.create(person(), { ...critical, ...change }),
		).toThrowError(coded("INVALID", { field }));
		expect(countWrites(bench.store).entries).toBe(0);
	});
});

describe("who may", () => {
	test("a viewer reads and never writes", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected");
		const prior = countWrites(bench.store);
		const viewer = reader();
		const move = { kind: "move", to: "acknowledged" } as const;
		const writes = [
			() => bench.service.create(viewer, critical),
			() => bench.service.actOn(viewer, id, move),
			() => bench.service.addNote(viewer, id, "hello"),
		];
		for (const write of writes) expect(write).toThrowError(coded("FORBIDDEN"));
		expect(bench.service.act(viewer, [id], move)).toEqual({
			changed: [],
			refused: [
				{ id, reason: "You are viewer; this needs the role engineer or more." },
			],
			undoToken: null,
		});
		expect(countWrites(bench.store)).toEqual(prior);
	});

	test("another tenant's incident is not there, for reading or writing", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected", "fraud");
		const stranger = person(globex);
		const calls = [
			() => bench.service.get(Sight.ofTenant(globex.key), id),
			() => bench.service.entry(Sight.ofTenant(globex.key), id),
			() => bench.service.entryByNumber(Sight.ofTenant(globex.key), 1),
			() => bench.service.timeline(Sight.ofTenant(globex.key), id),
			() => bench.service.verify(Sight.ofTenant(globex.key), id),
			() => bench.service.addNote(stranger, id, "mine?"),
			() =>
				bench.service.actOn(stranger, id, { kind: "severity", severity: 1 }),
		];
		for (const call of calls) expect(call).toThrowError(coded("NOT_FOUND"));
		expect(
			bench.service.act(stranger, [id], { kind: "severity", severity: 1 }),
		).toEqual({
			changed: [],
			refused: [{ id, reason: "No such incident." }],
			undoToken: null,
		});
		expect(
			bench.service.list(Sight.ofTenant(globex.key), {
				before: null,
				limit: 500,
			}).items,
		).toEqual([]);
		expect(bench.service.counts(Sight.ofTenant(globex.key))).toEqual({
			open: 0,
			critical: 0,
		});
		expect(
			bench.service.listFiltered(
				Sight.ofTenant(globex.key),
				{},
				{ limit: 50, offset: 0 },
			),
		).toEqual({ items: [], total: 0 });
		expect(
			bench.service.changedSince(Sight.ofTenant(globex.key), 0, 10)?.items,
		).toEqual([]);
	});
});

describe("acting", () => {
	test("takes and refuses each of many by itself, once", () => {
		const bench = openBench();
		const open = incidentIn(bench, "detected");
		const closed = incidentIn(bench, "closed");
		const answer = bench.service.act(
			person(),
			[open, closed, open, "unknown"],
			{ kind: "move", to: "acknowledged" },
			"on it",
		);
		expect(answer.changed.map(({ id }) => id)).toEqual([open]);
		expect(answer.refused.map(({ id }) => id)).toEqual([closed, "unknown"]);
		expect(bench.service.timeline(whole, open).at(-1)).toMatchObject({
			text: "State changed from detected to acknowledged.\n\non it",
			data: { from: "detected", to: "acknowledged", note: "on it" },
		});
	});

	test("a note on what is so already is kept as a note, and is no decision to undo", () => {
		const bench = openBench();
		const id = incidentIn(bench, "acknowledged");
		const answer = bench.service.act(
			person(),
			[id],
			{ kind: "move", to: "acknowledged" },
			"still on it",
		);
		expect(answer).toMatchObject({ changed: [{ id }], undoToken: null });
		expect(bench.service.timeline(whole, id).at(-1)).toMatchObject({
			kind: "note",
			text: "still on it",
		});
	});

	test("severity and owner are events too", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected");
		bench.service.act(person(), [id], { kind: "severity", severity: 1 });
		bench.service.act(person(), [id], { kind: "assign", ownerId: "grace" });
		bench.service.act(person(), [id], { kind: "assign", ownerId: null });
		expect(
			bench.service
				.timeline(whole, id)
				.map(({ kind, text, data }) => ({ kind, text, data }))
				.slice(1),
		).toEqual([
			{
				kind: "severity_changed",
				text: "Severity changed from medium to critical.",
				data: { from: 3, to: 1 },
			},
			{
				kind: "owner_changed",
				text: "Grace owns it.",
				data: {
					from: null,
					to: "grace",
					fromWords: null,
					toWords: "grace@acme.test",
				},
			},
			{
				kind: "owner_changed",
				text: "Grace no longer owns it.",
				data: {
					from: "grace",
					to: null,
					fromWords: "grace@acme.test",
					toWords: null,
				},
			},
		]);
	});

	test("an owner who does not exist is refused", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected");
		expect(() =>
			bench.service.act(person(), [id], { kind: "assign", ownerId: "eve" }),
		).toThrowError(coded("INVALID", { field: "ownerId" }));
	});
});

describe("notes", () => {
	test("are back-dated, never of what is to come", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected");
		const note = bench.service.addNote(person(), id, "  saw it  ", noon - hour);
		expect(note).toMatchObject({
			kind: "note",
			text: "saw it",
			occurredAt: noon - hour,
			recordedAt: noon,
		});
		expect(() =>
			bench.service.addNote(person(), id, "will see it", noon + 1),
		).toThrowError(coded("INVALID", { field: "occurredAt" }));
		expect(() => bench.service.addNote(person(), id, " \n")).toThrowError(
			coded("INVALID", { field: "text" }),
		);
		expect(bench.service.entry(whole, id).version).toBe(2);
	});
});

describe("undoing", () => {
	test("puts state, times and acknowledgement back as a new event", () => {
		const bench = openBench();
		const ids = [incidentIn(bench, "detected"), incidentIn(bench, "mitigated")];
		const prior = ids.map((id) => bench.service.entry(whole, id));
		bench.now += hour;
		const { undoToken } = bench.service.act(person(), ids, {
			kind: "move",
			to: "resolved",
		});
		bench.now += 1000;
		const answer = bench.service.undo(person(), undoToken ?? "");
		expect(answer.refused).toEqual([]);
		expect(answer.changed.map(({ state }) => state)).toEqual([
			"detected",
			"mitigated",
		]);
		for (const [index, id] of ids.entries()) {
			const { version, updatedAt, ...rest } = bench.service.entry(whole, id);
			expect({ ...prior[index], ...rest }).toEqual(prior[index]);
			expect(version).toBe((prior[index]?.version ?? 0) + 2);
			expect(updatedAt).toBe(noon + hour + 1000);
			expect(bench.service.timeline(whole, id).at(-1)).toMatchObject({
				kind: "undone",
				data: {
					from: { state: "resolved" },
					to: { state: prior[index]?.state },
				},
			});
			expect(bench.service.verify(whole, id).intact).toBe(true);
		}
	});

	test("puts severity and owner back", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected");
		const severity = bench.service.act(person(), [id], {
			kind: "severity",
			severity: 1,
		});
		bench.service.undo(person(), severity.undoToken ?? "");
		const owner = bench.service.act(person(), [id], {
			kind: "assign",
			ownerId: "ada",
		});
		bench.service.undo(person(), owner.undoToken ?? "");
		expect(bench.service.entry(whole, id)).toMatchObject({
			severity: 3,
			ownerId: null,
			ownerName: null,
		});
		expect(bench.service.timeline(whole, id).at(-1)?.text).toBe(
			"Undone: no owner again.",
		);
	});

	test("refuses what somebody decided since, and is not stopped by a note", () => {
		const bench = openBench();
		const [noted, decided] = [
			incidentIn(bench, "detected"),
			incidentIn(bench, "detected"),
		];
		const { undoToken } = bench.service.act(person(), [noted, decided], {
			kind: "move",
			to: "acknowledged",
		});
		bench.service.addNote(person(), noted, "looking");
		bench.service.actOn(person(acme, "grace"), decided, {
			kind: "assign",
			ownerId: "grace",
		});
		expect(bench.service.undo(person(), undoToken ?? "")).toMatchObject({
			changed: [{ id: noted, state: "detected" }],
			refused: [{ id: decided, reason: "#2 was changed since." }],
		});
	});

	test("works once, for who did it, within a minute", () => {
		const bench = openBench();
		const id = incidentIn(bench, "detected");
		const act = (to: "acknowledged" | "detected") =>
			bench.service.act(person(), [id], { kind: "move", to }).undoToken ?? "";
		const first = act("acknowledged");
		const grace = person(acme, "grace");
		expect(() => bench.service.undo(grace, first)).toThrowError(coded("GONE"));
		expect(() => bench.service.undo(person(globex), first)).toThrowError(
			coded("GONE"),
		);
		bench.service.undo(person(), first);
		expect(() => bench.service.undo(person(), first)).toThrowError(
			coded("GONE"),
		);
		const second = act("acknowledged");
		bench.monotonic += 60_000;
		expect(() => bench.service.undo(person(), second)).toThrowError(
			coded("GONE"),
		);
		expect(bench.service.entry(whole, id).state).toBe("acknowledged");
	});
});
