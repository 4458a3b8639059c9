// Whatever is edited, deleted, moved or added behind the triggers' back is found, and the
// first bad event is named.

import { describe, expect, test } from "vitest";
import {
	acme,
	globex,
	hour,
	type IncidentsBench,
	incidentIn,
	openBench,
	person,
	whole,
} from "./incidents-bench.ts";

/** An incident with six events; answers its id and theirs. */
function plantedBench() {
	const bench = openBench();
	const id = incidentIn(bench, "acknowledged", "fraud");
	bench.service.addNote(person(), id, "first look");
	bench.now += hour;
	bench.service.actOn(person(), id, { kind: "severity", severity: 1 });
	bench.service.addNote(person(), id, "second look");
	bench.service.actOn(person(), id, { kind: "move", to: "resolved" });
	const other = incidentIn(bench, "detected", "churn");
	expect(bench.service.verify(whole, id)).toEqual({
		intact: true,
		events: 6,
		fault: null,
	});
	const events = bench.service.timeline(whole, id).map((event) => event.id);
	return { bench, id, other, events };
}

function dropTriggers(bench: IncidentsBench): void {
	for (const name of [
		"timeline_is_append_only_update",
		"timeline_is_append_only_delete",
		"change_log_is_append_only_update",
		"change_log_is_append_only_delete",
		"incidents_are_never_deleted",
	]) {
		bench.store.connection.exec(`DROP TRIGGER ${name}`);
	}
	bench.store.connection.pragma("foreign_keys = OFF");
}

function run(bench: IncidentsBench, sql: string, ...values: unknown[]): void {
	expect(bench.store.connection.prepare(sql).run(...values).changes).not.toBe(
		0,
	);
}

test("the triggers refuse to update or delete", () => {
	const { bench } = plantedBench();
	for (const sql of [
		"UPDATE timeline_events SET body = 'x'",
		"DELETE FROM timeline_events",
		"UPDATE change_log SET value = '{}'",
		"DELETE FROM change_log",
		"DELETE FROM incidents",
	]) {
		expect(() => bench.store.connection.exec(sql)).toThrowError(
			/append-only|never deleted/,
		);
	}
});

const edits: Record<string, string> = {
	"the text": "body = 'nothing to see'",
	"the data": `data = '{"from":5,"to":1}'`,
	"data that is no JSON": "data = 'oops'",
	"the time it happened": "occurred_at = occurred_at - 1",
	"the time it was recorded": "recorded_at = recorded_at + 1",
	"the author": "author_name = 'Eve'",
	"the author's id": "author_id = NULL",
	"the kind": "kind = 'evidence'",
	"the stamp": "hlc = 'f' || substr(hlc, 2)",
	"the hash": "hash = replace(hash, substr(hash, 1, 1), 'x')",
};

describe("one edited event", () => {
	test.each(Object.entries(edits))("%s", async (_, set) => {
		const { bench, id, other, events } = plantedBench();
		dropTriggers(bench);
		const target = events[3];
		run(bench, `UPDATE timeline_events SET ${set} WHERE id = ?`, target);
		const check = bench.service.verify(whole, id);
		expect(check.intact).toBe(false);
		expect(check.fault).toContain(target);
		const report = await bench.service.verifyAll(acme.key);
		expect(report).toMatchObject({
			incidents: 2,
			events: 7,
			faults: [{ incidentId: id, number: 1, eventId: target }],
		});
		expect(bench.service.verify(whole, other).intact).toBe(true);
	});
});

describe("the order and the number of events", () => {
	test.each([0, 1, 4, 5])("event %i deleted", (index) => {
		const { bench, id, events } = plantedBench();
		dropTriggers(bench);
		run(bench, "DELETE FROM timeline_events WHERE id = ?", events[index]);
		const { fault } = bench.service.verify(whole, id);
		// The last leaves no gap in the chain: the change log misses it.
		expect(fault).toContain(index === 5 ? events[5] : events[index + 1]);
	});

	test("all deleted", () => {
		const { bench, id, events } = plantedBench();
		dropTriggers(bench);
		run(bench, "DELETE FROM timeline_events WHERE incident_id = ?", id);
		expect(bench.service.verify(whole, id).fault).toContain("removed");
		expect(events).toHaveLength(6);
	});

	test("two changed places", () => {
		const { bench, id, events } = plantedBench();
		dropTriggers(bench);
		const keys = bench.store.connection
			.prepare("SELECT key FROM timeline_events ORDER BY key")
			.pluck()
			.all();
		const move = "UPDATE timeline_events SET key = ? WHERE id = ?";
		run(bench, move, -1, events[2]);
		run(bench, move, keys[2], events[3]);
		run(bench, move, keys[3], events[2]);
		expect(bench.service.verify(whole, id).fault).toContain(events[3]);
	});

	test("moved to another incident", async () => {
		const { bench, id, other, events } = plantedBench();
		dropTriggers(bench);
		run(
			bench,
			"UPDATE timeline_events SET incident_id = ? WHERE id = ?",
			other,
			events[5],
		);
		const { faults } = await bench.service.verifyAll(acme.key);
		expect(new Set(faults.map(({ incidentId }) => incidentId))).toEqual(
			new Set([id, other]),
		);
	});

	test("one added at the end, with a hash of its own", () => {
		const { bench, id } = plantedBench();
		run(
			bench,
			`INSERT INTO timeline_events SELECT NULL, tenant_id, 'planted', incident_id, replica,
				kind, author_kind, author_id, author_name, occurred_at, recorded_at, 'planted',
				data, hlc, hash, hash FROM timeline_events WHERE incident_id = ? ORDER BY key DESC LIMIT 1`,
			id,
		);
		expect(bench.service.verify(whole, id).fault).toContain("planted");
	});
});

describe("the incident and the change log", () => {
	test.each([
		["state", "state = 'closed'"],
		["severity", "severity = 5"],
		["title", "title = 'All fine'"],
		["number", "number = 77"],
		["version", "version = version - 1"],
		["resolved_at", "resolved_at = resolved_at - 60000"],
	])("an edited %s", (name, set) => {
		const { bench, id } = plantedBench();
		run(bench, `UPDATE incidents SET ${set} WHERE id = ?`, id);
		expect(bench.service.verify(whole, id).fault).toContain(name);
	});

	test("a removed incident", async () => {
		const { bench, id } = plantedBench();
		dropTriggers(bench);
		run(bench, "DELETE FROM incidents WHERE id = ?", id);
		expect(bench.service.verify(whole, id)).toMatchObject({
			intact: false,
			fault: "the incident itself was removed",
		});
		const { faults } = await bench.service.verifyAll(acme.key);
		expect(faults).toMatchObject([{ incidentId: id, number: null }]);
	});

	test("an incident removed with its timeline", async () => {
		const { bench, id } = plantedBench();
		dropTriggers(bench);
		run(bench, "DELETE FROM incidents WHERE id = ?", id);
		run(bench, "DELETE FROM timeline_events WHERE incident_id = ?", id);
		const { faults } = await bench.service.verifyAll(acme.key);
		expect(faults.map(({ incidentId }) => incidentId)).toEqual([id]);
	});

	test.each([
		["value = '[]'", "cannot be read"],
		["value = replace(value, 'first look', 'no look')", "change log"],
	])("a change-log entry with %s", (set, reason) => {
		const { bench, id } = plantedBench();
		dropTriggers(bench);
		run(
			bench,
			`UPDATE change_log SET ${set} WHERE entity_id = ? AND value LIKE '%first look%'`,
			id,
		);
		expect(bench.service.verify(whole, id).fault).toContain(reason);
	});

	test("is another tenant's business only", async () => {
		const { bench } = plantedBench();
		expect(await bench.service.verifyAll(globex.key)).toEqual({
			incidents: 0,
			events: 0,
			faults: [],
		});
	});
});
