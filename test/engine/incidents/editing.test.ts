// An edit is all or nothing: one event for each part that changed, none for what is so
// already, and nothing at all when one part is refused.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EngineErrorCode } from "../../../src-main/engine/errors.ts";
import type { IncidentEdit } from "../../../src-main/engine/incidents/index.ts";
import { incidentAttributes } from "../../../src-main/engine/store/migrations/command-0006-incident-attributes.ts";
import {
	countWrites,
	globex,
	incidentIn,
	openBench,
	person,
	reader,
	whole as seen,
} from "./incidents-bench.ts";

function coded(code: EngineErrorCode, data?: Record<string, unknown>) {
	return expect.objectContaining(
		data === undefined ? { code } : { code, data },
	);
}

const whole = {
	title: "Spend above budget",
	description: "Twice the plan.",
	severity: 2,
	modelId: null,
	severityWord: "sev2",
	source: "api",
	kind: "budget",
	externalKey: "BUDGET_daily",
	triggerSource: "automated_performance",
	labels: ["cost", "urgent"],
	details: { actual: 20, limit: [10] },
	playbooks: ["rerun_dbt"],
	issueUrl: "https://example.test/issues/4",
	runbookUrl: "http://example.test/runbook",
	metadata: { agent: "inbox.triage" },
	assignedTo: "mlops-on-call",
} as const;

describe("opening over an API", () => {
	test("keeps every attribute, and verifies", () => {
		const { service } = openBench();
		const { id } = service.open(person(), whole);
		expect(service.entry(seen, id)).toMatchObject({
			...whole,
			ownerId: null,
			ownerName: "mlops-on-call",
			acknowledgedByClaim: null,
		});
		expect(service.verify(seen, id).fault).toBeNull();
	});

	test("what is not given is empty", () => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		expect(service.entry(seen, id)).toMatchObject({
			kind: "invariant",
			externalKey: null,
			labels: [],
			triggerSource: null,
			assignedTo: null,
			details: {},
			playbooks: [],
			issueUrl: null,
			runbookUrl: null,
			metadata: {},
			acknowledgedByClaim: null,
		});
	});

	test("ranks that an API has one word for count as one severity where it says so", () => {
		const { service } = openBench();
		const info = { title: "t", description: "", modelId: "fraud" } as const;
		const first = service.open(person(), { ...info, severity: 5 });
		expect(() =>
			service.open(person(), {
				...info,
				severity: 4,
				sameSeverities: [4, 5],
			}),
		).toThrowError(coded("DUPLICATE", { id: first.id, number: 1 }));
		expect(service.open(person(), { ...info, severity: 4 }).number).toBe(2);
	});

	test.each([
		["labels", { labels: ["ok", ""] }],
		["labels", { labels: Array.from({ length: 101 }, () => "x") }],
		["playbooks", { playbooks: ["a\u0000b"] }],
		["details", { details: { text: "\ud800" } }],
		["details", { details: { "\u0000": 1 } }],
		["details", { details: nested(33) }],
		["details", { details: { text: "x".repeat(70_000) } }],
		["metadata", { metadata: { value: Number.NaN } }],
		["issueUrl", { issueUrl: "javascript:alert(1)" }],
		["issueUrl", { issueUrl: "not a url" }],
		["runbookUrl", { runbookUrl: `https://x.test/${"y".repeat(2_000)}` }],
		["assignedTo", { assignedTo: "" }],
		["assignedTo", { assignedTo: "  " }],
		["externalKey", { externalKey: "x".repeat(201) }],
		["title", { title: "" }],
	])("refuses a wrong %s and writes nothing", (field, wrong) => {
		const { service, store } = openBench();
		expect(() => service.open(person(), { ...whole, ...wrong })).toThrowError(
			coded("INVALID", { field }),
		);
		expect(countWrites(store)).toMatchObject({ incidents: 0, entries: 0 });
	});
});

describe("editing", () => {
	test("every part is one event, in one transaction", () => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		const entry = service.edit(
			person(),
			id,
			{
				move: "investigating",
				severity: 1,
				severityWord: "P1",
				assignedTo: "GRACE@acme.test",
				title: "New title",
				labels: ["a"],
				metadata: { b: 1 },
			},
			{ note: "  on it  ", acknowledgedByClaim: "someone@else.test" },
		);
		expect(entry).toMatchObject({
			state: "investigating",
			severity: 1,
			severityWord: "P1",
			assignedTo: "GRACE@acme.test",
			ownerId: "grace",
			ownerName: "Grace",
			title: "New title",
			labels: ["a"],
			metadata: { b: 1 },
			acknowledgedBy: { id: "ada", name: "Ada" },
			acknowledgedByClaim: "someone@else.test",
			version: 5,
		});
		expect(
			service
				.timeline(seen, id)
				.slice(1)
				.map(({ kind, text, data, author }) => [kind, text, data, author.id]),
		).toEqual([
			[
				"state_changed",
				"State changed from detected to investigating.\n\non it",
				{
					from: "detected",
					to: "investigating",
					note: "on it",
					acknowledgedByClaim: "someone@else.test",
				},
				"ada",
			],
			[
				"severity_changed",
				"Severity changed from medium to critical.",
				{ from: 3, to: 1 },
				"ada",
			],
			[
				"owner_changed",
				"Grace owns it.",
				{
					from: null,
					to: "grace",
					fromWords: null,
					toWords: "GRACE@acme.test",
				},
				"ada",
			],
			[
				"edited",
				"Changed: title, labels, metadata.",
				{
					from: {
						title: "An incident to be detected",
						labels: [],
						metadata: {},
					},
					to: { title: "New title", labels: ["a"], metadata: { b: 1 } },
				},
				"ada",
			],
		]);
		expect(service.verify(seen, id)).toEqual({
			intact: true,
			events: 5,
			fault: null,
		});
	});

	test("a refused move takes the rest back, and says from where to where", () => {
		const bench = openBench();
		const { service, store, recorded } = bench;
		const id = incidentIn(bench, "resolved");
		const prior = service.entry(seen, id);
		const writes = countWrites(store);
		recorded.length = 0;
		expect(() =>
			service.edit(person(), id, {
				title: "Changed?",
				severity: 1,
				move: "investigating",
			}),
		).toThrowError(
			coded("CONFLICT", {
				id,
				from: "resolved",
				to: ["closed", "learned", "inconclusive"],
			}),
		);
		expect(service.entry(seen, id)).toEqual(prior);
		expect(countWrites(store)).toEqual(writes);
		expect(recorded).toEqual([]);
	});

	test("a stale version is refused", () => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		service.edit(person(), id, { title: "One" }, { ifVersion: 1 });
		expect(() =>
			service.edit(person(), id, { title: "Two" }, { ifVersion: 1 }),
		).toThrowError(coded("CONFLICT", { id, version: 2 }));
	});

	test("a note alone is a note, and a claim alone an edit", () => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "acknowledged");
		service.edit(person(), id, { move: "acknowledged" }, { note: "still" });
		service.edit(person(), id, {}, { acknowledgedByClaim: "eve" });
		expect(
			service
				.timeline(seen, id)
				.slice(2)
				.map(({ kind, text }) => [kind, text]),
		).toEqual([
			["note", "still"],
			["edited", "Changed: acknowledged by claim."],
		]);
		service.edit(person(), id, { move: "detected" });
		expect(service.entry(seen, id)).toMatchObject({
			acknowledgedBy: null,
			acknowledgedByClaim: null,
		});
	});

	test("viewers and other tenants change nothing", () => {
		const bench = openBench();
		const { service } = bench;
		const id = incidentIn(bench, "detected");
		const edit = { title: "x" };
		expect(() => service.edit(reader(), id, edit)).toThrowError(
			coded("FORBIDDEN"),
		);
		expect(() => service.edit(person(globex), id, edit)).toThrowError(
			coded("NOT_FOUND"),
		);
		const note = { kind: "note", text: "x" } as const;
		expect(() => service.append(reader(), id, note)).toThrowError(
			coded("FORBIDDEN"),
		);
		expect(() => service.append(person(globex), id, note)).toThrowError(
			coded("NOT_FOUND"),
		);
		expect(service.entry(seen, id).version).toBe(1);
	});

	test("what is so already is no event, and whatever was written verifies", () => {
		const text = fc.constantFrom("a", "b", "é", "<b>", "a\nb");
		const words = fc.constantFrom("ada@acme.test", "Grace", "rota", "ADA");
		const edits: fc.Arbitrary<IncidentEdit> = fc.record(
			{
				severity: fc.constantFrom(1 as const, 3 as const),
				assignedTo: fc.option(words, { nil: null }),
				title: text,
				description: text,
				labels: fc.array(text, { maxLength: 2 }),
				playbooks: fc.array(text, { maxLength: 2 }),
				details: fc.dictionary(text, fc.jsonValue({ maxDepth: 1 })),
				metadata: fc.constantFrom({ a: 1, b: 2 }, { b: 2, a: 1 }, {}),
				issueUrl: fc.constantFrom(null, "https://x.test/1"),
				runbookUrl: fc.constantFrom(null, "https://x.test/2"),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.array(edits, { maxLength: 6 }), (all) => {
				const bench = openBench();
				const { service, store } = bench;
				const id = incidentIn(bench, "detected");
				for (const edit of all) {
					const entry = service.edit(person(), id, edit);
					const { severityWord: _, ...shown } = edit;
					expect(entry).toMatchObject(JSON.parse(JSON.stringify(shown)));
					const writes = countWrites(store);
					expect(service.edit(person(), id, edit)).toEqual(entry);
					expect(countWrites(store)).toEqual(writes);
				}
				expect(service.verify(seen, id).fault).toBeNull();
			}),
			{ numRuns: 40 },
		);
	});
});

test("an incident from before the columns verifies, and a default that was rewritten is found", () => {
	const bench = openBench();
	const { service, store } = bench;
	const id = incidentIn(bench, "acknowledged");
	const prior = service.entry(seen, id);
	store.connection.exec("DROP INDEX incidents_by_kind");
	for (const column of [
		"kind",
		"external_key",
		"labels",
		"trigger_source",
		"assigned_to",
		"details",
		"playbooks",
		"issue_url",
		"runbook_url",
		"metadata",
		"acknowledged_by_claim",
	]) {
		store.connection.exec(`ALTER TABLE incidents DROP COLUMN ${column}`);
	}
	incidentAttributes.up(store.connection);
	expect(service.entry(seen, id)).toEqual(prior);
	expect(service.verify(seen, id).fault).toBeNull();
	store.connection.exec("UPDATE incidents SET kind = 'budget'");
	expect(service.verify(seen, id).fault).toContain("kind");
});

function nested(depth: number): Record<string, unknown> {
	return depth === 0 ? {} : { inner: nested(depth - 1) };
}
