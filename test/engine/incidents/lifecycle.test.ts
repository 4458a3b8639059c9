// The lifecycle table of the design, spelled out here a second time: every one of the 64
// moves is taken, refused or nothing, exactly as it says; every taken move is one timeline
// event and one change-log entry; times agree with the state and never run backwards.

import { describe, expect, test } from "vitest";
import {
	type IncidentState,
	incidentStates,
	isClosed,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	acme,
	countWrites,
	hour,
	incidentIn,
	noon,
	openBench,
	person,
	whole,
} from "./incidents-bench.ts";

const allowed: Readonly<Record<IncidentState, string>> = {
	detected: "acknowledged investigating mitigated resolved inconclusive",
	acknowledged: "detected investigating mitigated resolved inconclusive",
	investigating: "mitigated resolved closed inconclusive",
	mitigated: "investigating resolved closed inconclusive",
	resolved: "closed learned inconclusive",
	closed: "learned",
	learned: "",
	inconclusive: "",
};

const grace = person(acme, "grace");

const moves = incidentStates.flatMap((from) =>
	incidentStates.map((to) => ({ from, to })),
);

describe("every move of the lifecycle", () => {
	test.each(moves)("$from to $to", ({ from, to }) => {
		const bench = openBench();
		const id = incidentIn(bench, from);
		const prior = countWrites(bench.store);
		const before = bench.service.entry(whole, id);
		bench.now += hour;
		const answer = bench.service.act(grace, [id], { kind: "move", to });
		const after = bench.service.entry(whole, id);
		const isEdge = allowed[from].split(" ").includes(to);
		if (from === to) {
			expect(answer).toEqual({ changed: [], refused: [], undoToken: null });
		} else if (isEdge) {
			expect(answer.changed).toMatchObject([{ id, state: to }]);
			expect(answer.undoToken).not.toBeNull();
		} else {
			expect(answer.changed).toEqual([]);
			expect(answer.refused).toMatchObject([{ id }]);
			expect(answer.refused[0]?.reason).toContain(from);
			expect(answer.refused[0]?.reason).toContain(to);
		}
		if (from === to || !isEdge) {
			expect(countWrites(bench.store)).toEqual(prior);
			expect(after).toEqual(before);
			return;
		}
		expect(countWrites(bench.store)).toEqual({
			...prior,
			events: prior.events + 1,
			entries: prior.entries + 1,
		});
		expect(after.version).toBe(before.version + 1);
		expect(after.enteredAt[to]).toBe(noon + hour);
		expect(after.closedAt !== null).toBe(isClosed(to));
		for (const state of incidentStates) {
			// A step back takes back what came after; nothing else loses its time.
			const isLater =
				incidentStates.indexOf(state) > incidentStates.indexOf(to);
			const isBack = incidentStates.indexOf(to) < incidentStates.indexOf(from);
			if (isBack && isLater) expect(after.enteredAt[state]).toBeUndefined();
			else if (state !== to) {
				expect(after.enteredAt[state]).toBe(before.enteredAt[state]);
			}
		}
		// Only who leaves it for work has acknowledged it, and only a way back takes that away.
		const isTaken =
			from === "detected" &&
			["acknowledged", "investigating", "mitigated"].includes(to);
		expect(after.acknowledgedBy).toEqual(
			isTaken
				? { id: "grace", name: "Grace" }
				: to === "detected"
					? null
					: before.acknowledgedBy,
		);
		expect(bench.service.timeline(whole, id).at(-1)).toMatchObject({
			kind: "state_changed",
			data: { from, to },
			author: { kind: "person", id: "grace", name: "Grace" },
		});
		expect(bench.service.verify(whole, id).intact).toBe(true);
	});
});

test("a refused move of one incident is coded and names where it can go", () => {
	const bench = openBench();
	const id = incidentIn(bench, "closed");
	const move = () =>
		bench.service.actOn(person(), id, { kind: "move", to: "detected" });
	expect(move).toThrowError(
		expect.objectContaining({
			code: "CONFLICT",
			status: 409,
			data: { id, from: "closed", to: ["learned"] },
		}),
	);
});

test("a step back raises the epoch, so that (epoch, rank) only grows", () => {
	const bench = openBench();
	const id = incidentIn(bench, "acknowledged");
	const epoch = () =>
		bench.store.connection
			.prepare("SELECT epoch FROM incidents WHERE id = ?")
			.pluck()
			.get(id);
	expect(epoch()).toBe(0);
	bench.service.actOn(person(), id, { kind: "move", to: "detected" });
	expect(epoch()).toBe(1);
	bench.service.actOn(person(), id, { kind: "move", to: "mitigated" });
	expect(epoch()).toBe(1);
	bench.service.actOn(person(), id, { kind: "move", to: "investigating" });
	expect(epoch()).toBe(2);
	const { undoToken } = bench.service.act(person(), [id], {
		kind: "move",
		to: "closed",
	});
	expect(epoch()).toBe(2);
	bench.service.undo(person(), undoToken ?? "");
	expect(epoch()).toBe(3);
});

test("each state change names the one it saw as its parent", () => {
	const bench = openBench();
	const id = incidentIn(bench, "acknowledged");
	bench.service.addNote(person(), id, "looking");
	bench.service.actOn(person(), id, { kind: "move", to: "resolved" });
	const entries = bench.store.connection
		.prepare("SELECT id, kind, parent FROM change_log ORDER BY sequence")
		.all() as { id: string; kind: string; parent: string | null }[];
	expect(entries.map(({ kind }) => kind)).toEqual([
		"transition",
		"transition",
		"event",
		"transition",
	]);
	expect(entries.map(({ parent }) => parent)).toEqual([
		null,
		entries[0]?.id,
		null,
		entries[1]?.id,
	]);
});

test("un-acknowledging takes the acknowledgement and its author back", () => {
	const bench = openBench();
	const id = incidentIn(bench, "acknowledged");
	expect(bench.service.entry(whole, id).acknowledgedBy).toEqual({
		id: "ada",
		name: "Ada",
	});
	bench.service.actOn(person(), id, { kind: "move", to: "detected" });
	expect(bench.service.entry(whole, id)).toMatchObject({
		acknowledgedAt: null,
		acknowledgedBy: null,
	});
});

test("when the clock jumps back an hour, order and durations hold", () => {
	const bench = openBench();
	const id = incidentIn(bench, "detected");
	bench.now -= hour;
	bench.service.actOn(person(), id, { kind: "move", to: "acknowledged" });
	bench.service.addNote(person(), id, "the clock went back");
	bench.now += hour / 2;
	const resolved = bench.service.actOn(person(), id, {
		kind: "move",
		to: "resolved",
	});
	expect(resolved.acknowledgedAt).toBe(noon);
	expect(resolved.resolvedAt).toBe(noon);
	expect(resolved.updatedAt).toBe(noon);
	const timeline = bench.service.timeline(whole, id);
	expect(timeline.map(({ kind }) => kind)).toEqual([
		"opened",
		"state_changed",
		"note",
		"state_changed",
	]);
	expect(timeline.map(({ recordedAt }) => recordedAt)).toEqual(
		Array(4).fill(noon),
	);
	const stamps = bench.store.connection
		.prepare("SELECT hlc FROM timeline_events ORDER BY key")
		.pluck()
		.all();
	expect(stamps).toEqual([...stamps].sort());
	expect(new Set(stamps).size).toBe(4);
	expect(bench.service.verify(whole, id).intact).toBe(true);
});
