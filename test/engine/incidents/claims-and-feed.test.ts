// What clients claim is kept as text and never becomes the author or the owner by itself;
// the feed hears of every change that has an event, within the change's own transaction.

import { describe, expect, test } from "vitest";
import type { EngineErrorCode } from "../../../src-main/engine/errors.ts";
import {
	acme,
	countWrites,
	incidentIn,
	openBench,
	person,
	whole,
} from "./incidents-bench.ts";

function coded(code: EngineErrorCode, data: Record<string, unknown>) {
	return expect.objectContaining({ code, data });
}

describe("whom an API's words name", () => {
	test.each([
		["ada@acme.test", "ada", "Ada"],
		["ADA@ACME.TEST", "ada", "Ada"],
		["grace", "grace", "Grace"],
		[" Grace ", "grace", "Grace"],
		["Ada Lovelace", null, "Ada Lovelace"],
		["mlops-on-call", null, "mlops-on-call"],
		["<script>alert(1)</script>", null, "<script>alert(1)</script>"],
	])("%j", (assignedTo, ownerId, ownerName) => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		expect(service.edit(person(), id, { assignedTo })).toMatchObject({
			assignedTo,
			ownerId,
			ownerName,
		});
		expect(service.edit(person(), id, { assignedTo: null })).toMatchObject({
			assignedTo: null,
			ownerId: null,
			ownerName: null,
		});
	});

	test("the war room assigns by person, and takes words back", () => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		service.edit(person(), id, { assignedTo: "rota" });
		const given = service.act(person(), [id], {
			kind: "assign",
			ownerId: "grace",
		});
		expect(service.entry(whole, id).assignedTo).toBe("grace@acme.test");
		service.undo(person(), given.undoToken ?? "");
		expect(service.entry(whole, id)).toMatchObject({
			assignedTo: "rota",
			ownerName: "rota",
			ownerId: null,
		});
		service.act(person(), [id], { kind: "assign", ownerId: null });
		expect(service.entry(whole, id)).toMatchObject({
			assignedTo: null,
			ownerName: null,
		});
		expect(service.verify(whole, id).fault).toBeNull();
	});
});

describe("events that change nothing", () => {
	test.each([
		"note",
		"escalation",
		"runbook_step",
		"action",
		"signal",
	] as const)("%s: the author is who asked, the claim is text", (kind) => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		const event = service.append(person(), id, {
			kind,
			text: " paged the lead ",
			data: { step: 3 },
			claimedAuthor: "pager-bot",
		});
		expect(event).toMatchObject({
			kind,
			text: "paged the lead",
			author: { kind: "person", id: "ada", name: "Ada" },
			data: { step: 3, claimed_author: "pager-bot" },
		});
		expect(service.timeline(whole, id).at(-1)).toEqual(event);
		expect(service.entry(whole, id).state).toBe("detected");
		expect(service.verify(whole, id).fault).toBeNull();
	});

	test.each([
		["text", { text: " \n" }],
		["text", { text: "a\u0000" }],
		["author", { text: "a", claimedAuthor: "" }],
		["data", { text: "a", data: { x: "\udc00" } }],
	])("a wrong %s is refused", (field, wrong) => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		expect(() =>
			service.append(person(), id, { kind: "note", ...wrong }),
		).toThrowError(coded("INVALID", { field }));
	});
});

describe("the feed", () => {
	test("hears of every change that has an event, in a word, with both sides", () => {
		const bench = openBench();
		const { service, recorded } = bench;
		const { id } = service.open(person(), {
			title: "t",
			description: "",
			severity: 2,
			modelId: "fraud",
		});
		service.edit(person(), id, { move: "acknowledged", title: "T" });
		service.actOn(person(), id, { kind: "move", to: "detected" });
		for (const to of ["mitigated", "investigating", "resolved"] as const) {
			service.actOn(person(), id, { kind: "move", to });
		}
		service.edit(person(), id, { severity: 1, assignedTo: "ada" });
		service.addNote(person(), id, "n");
		service.append(person(), id, { kind: "escalation", text: "e" });
		const { undoToken } = service.act(person(), [id], {
			kind: "move",
			to: "learned",
		});
		service.undo(person(), undoToken ?? "");
		expect(recorded.map(({ change }) => change)).toEqual([
			"created",
			"acknowledged",
			"edited",
			"unacknowledged",
			"mitigated",
			"investigating",
			"resolved",
			"severity_changed",
			"assigned",
			"note",
			"escalation",
			"learned",
			"undone",
		]);
		expect(recorded[0]?.before).toBeNull();
		for (const [
			index,
			{ before, after, tenantKey, by },
		] of recorded.entries()) {
			expect(tenantKey).toBe(acme.key);
			expect(by).toEqual(person().actor);
			expect(after.version).toBe(index + 1);
			if (index > 0) expect(before).toEqual(recorded[index - 1]?.after);
		}
	});

	test("hears the monitor too, but not of a value alone", () => {
		const bench = openBench();
		bench.service.reportSignal(acme, bench.signal({}));
		bench.service.reportSignal(acme, bench.signal({ value: 0.311 }));
		bench.service.reportSignal(acme, bench.signal({ severity: null }));
		bench.service.reportSignal(acme, bench.signal({ severity: null }));
		expect(bench.recorded.map(({ change }) => change)).toEqual([
			"created",
			"evidence",
			"resolved",
		]);
	});

	test("one that cannot be written takes the change back", () => {
		const bench = openBench();
		const { service, store, recorded } = bench;
		const id = incidentIn(bench, "detected");
		const writes = countWrites(store);
		recorded.push = () => {
			throw new Error("the feed is broken");
		};
		expect(() => service.edit(person(), id, { title: "x" })).toThrowError(
			"the feed is broken",
		);
		expect(countWrites(store)).toEqual(writes);
	});
});
