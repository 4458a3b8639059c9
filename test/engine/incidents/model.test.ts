// Random people, monitors, clocks and failures against one store. After every command:
// - each change is one change-log entry and one timeline event (a monitor's refresh of a
//   value is an entry alone), and versions grow by exactly one per entry;
// - a failed command leaves nothing;
// - (epoch, rank) of a state never falls, times agree with the state and never precede the
//   opening;
// - the monitor changes nothing that a person decided but to resolve or raise severity;
// - at most one open incident of the monitor per model and metric; numbers are unique;
// - nothing of one tenant is visible to the other, or published to it.
// At the end every chain verifies.

import fc from "fast-check";
import { expect, test } from "vitest";
import { EngineError } from "../../../src-main/engine/errors.ts";
import type { Principal } from "../../../src-main/engine/identity/access/index.ts";
import { Sight } from "../../../src-main/engine/identity/access/index.ts";
import type { LoggedIncidentChange } from "../../../src-main/engine/incidents/apply-change.ts";
import type { IncidentRow } from "../../../src-main/engine/incidents/schema.ts";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import {
	canMove,
	type IncidentState,
	incidentStates,
	isClosed,
	isSettled,
	stateRank,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	acme,
	countWrites,
	day,
	globex,
	hour,
	type IncidentsBench,
	noon,
	openBench,
	person,
} from "./incidents-bench.ts";

const tenants = [acme, globex] as const;
/** Of all incidents, also of the other tenant; small, so that commands meet. */
const pick = fc.nat({ max: 5 });

const command = fc.record({
	tenant: fc.constantFrom(acme, acme, acme, globex),
	/** Mostly forward, at times an hour or a day back. */
	clock: fc.constantFrom(0, 1, 60_000, hour, 70_000, -hour, -day),
	failAt: fc.option(
		fc.constantFrom(
			"INSERT ON change_log",
			"INSERT ON timeline_events",
			"UPDATE ON incidents",
			"INSERT ON incident_signals",
		),
		{ freq: 8 },
	),
	what: fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant("move" as const),
				picks: fc.array(pick, { minLength: 1, maxLength: 3 }),
				to: fc.oneof(
					{ weight: 1, arbitrary: fc.constantFrom(...incidentStates) },
					{
						weight: 4,
						arbitrary: fc.constantFrom(...incidentStates.slice(0, 5)),
					},
				),
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant("severity" as const),
				picks: fc.array(pick, { minLength: 1, maxLength: 2 }),
				severity: fc.constantFrom(1 as const, 2 as const, 4 as const),
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant("assign" as const),
				pick,
				ownerId: fc.constantFrom("ada", "grace", null),
			}),
		},
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constant("undo" as const),
				pick: fc.constantFrom(0, 0, 0, 1, 2),
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant("note" as const),
				pick,
				agoMillis: fc.nat(day),
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant("create" as const),
				severity: fc.constantFrom(1 as const, 3 as const),
			}),
		},
		{
			weight: 6,
			arbitrary: fc.record({
				kind: fc.constant("signal" as const),
				modelId: fc.constant("fraud"),
				metric: fc.constantFrom("psi_score", "psi_score", "ks_score"),
				severity: fc.constantFrom(1 as const, 3 as const, null, null),
				value: fc.constantFrom(0.01, 0.14, 0.15, 0.3),
				isHistory: fc.constantFrom(false, false, true),
				daysAgo: fc.nat({ max: 20 }),
			}),
		},
	),
});
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** Undo tokens, newest first, as a person would hold them. */
type Tokens = {
	token: string;
	by: Principal<"engineer">;
	ids: string[];
	sequence: number;
}[];

function execute(
	bench: IncidentsBench,
	{ tenant, what }: Command,
	tokens: Tokens,
): void {
	const { service } = bench;
	const by = person(tenant);
	const ids = [...rows(bench).keys()];
	const idAt = (index: number) =>
		ids[index % Math.max(1, ids.length)] ?? "none";
	switch (what.kind) {
		case "move":
		case "severity": {
			const verb =
				what.kind === "move"
					? ({ kind: "move", to: what.to } as const)
					: ({ kind: "severity", severity: what.severity } as const);
			const picked = what.picks.map(idAt);
			const { undoToken, changed } = service.act(by, picked, verb);
			if (undoToken === null) return;
			const sequence = service.sequence();
			const acted = changed.map(({ id }) => id);
			tokens.unshift({ token: undoToken, by, ids: acted, sequence });
			return;
		}
		case "assign": {
			const { ownerId } = what;
			service.actOn(by, idAt(what.pick), { kind: "assign", ownerId });
			return;
		}
		case "undo": {
			const held = tokens.filter((token) => token.by.tenant === tenant)[
				what.pick
			];
			if (held === undefined) return;
			const since = entriesAfter(bench, held.sequence);
			tokens.splice(tokens.indexOf(held), 1);
			const { changed } = service.undo(held.by, held.token);
			for (const { id } of changed) {
				expect(held.ids).toContain(id);
				const sets = since
					.filter(({ entity_id }) => entity_id === id)
					.flatMap(({ value }) => Object.keys(value.set));
				for (const name of ["state", "severity", "owner_id"]) {
					expect(sets).not.toContain(name);
				}
			}
			return;
		}
		case "note":
			service.addNote(
				by,
				idAt(what.pick),
				"a note",
				bench.now - what.agoMillis,
			);
			return;
		case "create":
			service.create(by, {
				title: `of ${tenant.name}`,
				description: "",
				severity: what.severity,
				modelId: "fraud",
			});
			return;
		case "signal": {
			const { kind, daysAgo, ...signal } = what;
			service.reportSignal(
				tenant,
				bench.signal({
					...signal,
					title: `of ${tenant.name}`,
					at: signal.isHistory ? bench.now - daysAgo * day : bench.now,
				}),
			);
			return;
		}
	}
}

function list(bench: IncidentsBench, tenant: number): IncidentSummary[] {
	return bench.service.list(Sight.ofTenant(tenant), {
		before: null,
		limit: 500,
	}).items;
}

function rows(bench: IncidentsBench): Map<string, IncidentRow> {
	const all = bench.store.connection
		.prepare("SELECT * FROM incidents")
		.all() as IncidentRow[];
	return new Map(all.map((row) => [row.id, row]));
}

function entriesAfter(bench: IncidentsBench, sequence: number) {
	const entries = bench.store.connection
		.prepare("SELECT * FROM change_log WHERE sequence > ? ORDER BY sequence")
		.all(sequence) as { entity_id: string; tenant_id: number; value: string }[];
	return entries.map((entry) => ({
		...entry,
		value: JSON.parse(entry.value) as LoggedIncidentChange,
	}));
}

function checkRow(row: IncidentRow): void {
	const stamps = incidentStates.map((state) => ({
		state,
		at: row[`${state}_at` as const],
	}));
	expect(row[`${row.state}_at` as const]).not.toBeNull();
	for (const { state, at } of stamps) {
		if (at === null) continue;
		expect(at).toBeGreaterThanOrEqual(row.opened_at);
		expect(stateRank(state)).toBeLessThanOrEqual(stateRank(row.state));
	}
	if (!isSettled(row.state)) expect(row.resolved_at).toBeNull();
	if (!isClosed(row.state)) expect(row.closed_at).toBeNull();
	if (row.resolved_at !== null && row.acknowledged_at !== null) {
		expect(row.resolved_at).toBeGreaterThanOrEqual(row.acknowledged_at);
	}
}

function checkMonitorKept(before: IncidentRow, after: IncidentRow): void {
	for (const name of [
		"acknowledged_at",
		"acknowledged_by_id",
		"owner_id",
		"epoch",
	] as const) {
		expect(after[name]).toBe(before[name]);
	}
	if (after.state !== before.state) {
		expect(isSettled(before.state)).toBe(false);
		expect(after.state).toBe("resolved");
	}
	if (before.severity_source === "person") {
		expect(after.severity).toBeLessThanOrEqual(before.severity);
	}
}

function checkAll(
	bench: IncidentsBench,
	done: Command,
	before: { rows: Map<string, IncidentRow>; events: number; sequence: number },
): void {
	const after = rows(bench);
	const entries = entriesAfter(bench, before.sequence);
	const withEvent = entries.filter(({ value }) => value.event !== null);
	expect(countWrites(bench.store).events - before.events).toBe(
		withEvent.length,
	);
	for (const { value, tenant_id } of entries) {
		expect(tenant_id).toBe(done.tenant.key);
		if (value.event !== null) continue;
		expect(["value", "drift_id", "resolved_at"]).toEqual(
			expect.arrayContaining(Object.keys(value.set)),
		);
		expect(done.what.kind).toBe("signal");
	}
	for (const { value } of withEvent) {
		const { kind, data } = value.event ?? { kind: "note", data: {} };
		if (kind !== "state_changed") continue;
		const move = data as { from: IncidentState; to: IncidentState };
		expect(canMove(move.from, move.to)).toBe(true);
	}
	const numbers = new Set<string>();
	const openOwn = new Set<string>();
	for (const [id, row] of after) {
		checkRow(row);
		numbers.add(`${row.tenant_id} ${row.number}`);
		expect(row.title).toBe(
			`of ${tenants.find(({ key }) => key === row.tenant_id)?.name}`,
		);
		const changes = entries.filter(({ entity_id }) => entity_id === id).length;
		const prior = before.rows.get(id);
		expect(row.version).toBe((prior?.version ?? 0) + changes);
		if (prior === undefined) continue;
		expect(row.updated_at).toBeGreaterThanOrEqual(prior.updated_at);
		expect(row.epoch).toBeGreaterThanOrEqual(prior.epoch);
		if (row.epoch === prior.epoch) {
			expect(stateRank(row.state)).toBeGreaterThanOrEqual(
				stateRank(prior.state),
			);
		}
		if (done.what.kind === "signal") checkMonitorKept(prior, row);
	}
	expect(numbers.size).toBe(after.size);
	for (const row of after.values()) {
		if (row.source !== "drift_monitor" || row.is_history === 1) continue;
		if (isSettled(row.state)) continue;
		const own = `${row.tenant_id} ${row.model_id} ${row.metric}`;
		expect(openOwn.has(own)).toBe(false);
		openOwn.add(own);
	}
	for (const { key, name } of tenants) {
		for (const item of list(bench, key)) expect(item.title).toBe(`of ${name}`);
	}
	const changed = new Set(entries.map(({ entity_id }) => entity_id));
	const told = new Set<string>();
	for (const { tenant, change } of bench.published) {
		expect(tenant).toBe(done.tenant.key);
		if (change.kind === "incidents") {
			for (const item of change.items) told.add(item.id);
		}
	}
	expect(told).toEqual(changed);
}

test("every invariant holds after every command", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(command, { minLength: 5, maxLength: 80, size: "max" }),
			async (commands) => {
				const bench = openBench();
				const tokens: Tokens = [];
				bench.now = noon;
				for (const tenant of tenants) {
					const title = `of ${tenant.name}`;
					bench.service.reportSignal(
						tenant,
						bench.signal({ title, severity: 3 }),
					);
					bench.service.create(person(tenant), {
						title,
						description: "",
						severity: 3,
						modelId: null,
					});
				}
				for (const done of commands) {
					bench.now += done.clock;
					// Some undo tokens die of age, most live.
					bench.monotonic += done.clock === hour ? 20_000 : 100;
					bench.published.length = 0;
					const before = {
						rows: rows(bench),
						events: countWrites(bench.store).events,
						sequence: bench.service.sequence(),
					};
					if (done.failAt !== null) {
						bench.store.connection.exec(
							`CREATE TEMP TRIGGER planted AFTER ${done.failAt} BEGIN SELECT RAISE(ABORT, 'planted'); END`,
						);
					}
					try {
						execute(bench, done, tokens);
					} catch (error) {
						const isPlanted = String(error).includes("planted");
						if (!isPlanted && !(error instanceof EngineError)) throw error;
						if (isPlanted) expect(rows(bench)).toEqual(before.rows);
					}
					if (done.failAt !== null) {
						bench.store.connection.exec("DROP TRIGGER planted");
					}
					checkAll(bench, done, before);
				}
				for (const { key } of tenants) {
					const report = await bench.service.verifyAll(key);
					expect(report.faults).toEqual([]);
				}
				bench.store.close();
			},
		),
		{ numRuns: 60 },
	);
}, 120_000);
