// An incident of a model reads in API C's words: `ack` covers the work that follows it,
// `open` as a filter is all that is not closed, and no other word is understood.

import { expect, test } from "vitest";
import { Sight } from "../../../src-main/engine/identity/index.ts";
import { incidentJson } from "../../../src-main/http/sentryml/incident-json.ts";
import {
	statesOf,
	type statuses,
} from "../../../src-main/http/sentryml/incident-words.ts";
import { incidentStates } from "../../../src-shared/domain/lifecycle.ts";
import {
	acme,
	day,
	hour,
	incidentIn,
	openBench,
	person,
} from "../../engine/incidents/incidents-bench.ts";

type Bench = ReturnType<typeof openBench>;

function rows(bench: Bench, status: (typeof statuses)[number], limit = 50) {
	return bench.service
		.listFiltered(
			Sight.ofTenant(acme.key),
			{ hasModel: true, states: statesOf(status) },
			{ limit, offset: 0 },
		)
		.items.map((entry) => incidentJson(entry, acme.id));
}

test("an incident speaks its words", () => {
	const bench = openBench();
	bench.service.reportSignal(acme, bench.signal({ driftId: "d1" }));
	bench.now += hour;
	const [row] = rows(bench, "open");
	expect(row).toEqual({
		incident_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		org_id: acme.id,
		model_id: "fraud",
		metric: "psi_score",
		state: "open",
		severity: "CRITICAL",
		acknowledged_by_user_id: null,
		value: 0.31,
		opened_at: "2026-01-20T12:00:00.000Z",
		acknowledged_at: null,
		resolved_at: null,
		closed_at: null,
		drift_id: "d1",
	});
	const id = row?.incident_id ?? "";
	bench.service.actOn(person(), id, { kind: "move", to: "investigating" });
	bench.service.actOn(person(), id, { kind: "severity", severity: 3 });
	expect(rows(bench, "ack")).toMatchObject([
		{
			state: "ack",
			severity: "WARN",
			acknowledged_by_user_id: "ada",
			acknowledged_at: "2026-01-20T13:00:00.000Z",
		},
	]);
});

test("open means not closed, and every status means what the table says", () => {
	const bench = openBench();
	for (const state of incidentStates) incidentIn(bench, state, `m-${state}`);
	incidentIn(bench, "detected", null);
	bench.now += day;
	const models = (status: (typeof statuses)[number]) =>
		rows(bench, status)
			.map(({ model_id }) => model_id?.slice(2))
			.reverse();
	expect(models("any")).toEqual([...incidentStates]);
	expect(models("open")).toEqual([...incidentStates.slice(0, 5)]);
	expect(models("closed")).toEqual([...incidentStates.slice(5)]);
	expect(models("ack")).toEqual(["acknowledged", "investigating", "mitigated"]);
	expect(models("acknowledged")).toEqual(models("ack"));
	expect(models("resolved")).toEqual(["resolved"]);
	const closed = rows(bench, "closed", 2);
	expect(rows(bench, "open").every((row) => row.closed_at === null)).toBe(true);
	expect(closed.length).toBe(2);
	expect(closed.every((row) => row.closed_at !== null)).toBe(true);
});
