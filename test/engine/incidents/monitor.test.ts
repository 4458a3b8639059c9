// The monitor keeps one open incident per model and metric, follows what it sees, and
// never takes back what a person decided.
import { describe, expect, test } from "vitest";
import { deterministicId } from "../../../src-main/engine/deterministic-id.ts";
import { Sight } from "../../../src-main/engine/identity/access/index.ts";
import type { MonitorSignal } from "../../../src-main/engine/incidents/index.ts";
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
	whole,
} from "./incidents-bench.ts";

const warn = { severity: 3, value: 0.14 } as const;
const critical = { severity: 1, value: 0.31 } as const;
const normal = { severity: null, value: 0.02 } as const;

function report(bench: IncidentsBench, change: Partial<MonitorSignal>) {
	bench.now += hour;
	return bench.service.reportSignal(acme, bench.signal(change));
}
function all(bench: IncidentsBench) {
	return bench.service.list(whole, { before: null, limit: 500 }).items;
}
function kinds(bench: IncidentsBench, id: string | undefined) {
	return bench.service.timeline(whole, id ?? "").map(({ kind }) => kind);
}

describe("live signals", () => {
	test("open once, escalate, de-escalate, and resolve after two normal ones", () => {
		const bench = openBench();
		const untouched = { outcome: "unchanged", incident: null };
		expect(report(bench, normal)).toEqual(untouched);
		const opened = report(bench, warn);
		expect(opened).toMatchObject({
			outcome: "opened",
			incident: {
				number: 1,
				state: "detected",
				severity: 3,
				source: "drift_monitor",
				value: 0.14,
			},
		});
		expect(report(bench, critical).incident?.severity).toBe(1);
		expect(report(bench, warn).incident?.severity).toBe(3);
		expect(report(bench, normal)).toMatchObject({
			outcome: "updated",
			incident: { state: "detected", value: 0.02 },
		});
		expect(report(bench, normal)).toMatchObject({
			outcome: "resolved",
			incident: { state: "resolved", resolvedAt: bench.now },
		});
		const id = opened.incident?.id;
		expect(kinds(bench, id)).toEqual([
			"opened",
			"severity_changed",
			"severity_changed",
			"evidence",
			"state_changed",
		]);
		const { timeline } = bench.service.get(whole, id ?? "");
		expect(timeline.map(({ author }) => author.kind)).toEqual(
			Array(5).fill("monitor"),
		);
		expect(timeline[1]?.data).toMatchObject({
			from: 3,
			to: 1,
			value: 0.31,
			metric: "psi_score",
		});
		expect(bench.notified).toEqual([
			{ kind: "counts", value: { open: 1, critical: 0 } },
			{ kind: "critical", value: expect.objectContaining({ id }) },
			{ kind: "counts", value: { open: 1, critical: 1 } },
			{ kind: "counts", value: { open: 1, critical: 0 } },
			{ kind: "counts", value: { open: 0, critical: 0 } },
		]);
	});

	test("one normal signal between abnormal ones does not resolve", () => {
		const bench = openBench();
		report(bench, warn);
		for (let round = 0; round < 3; round++) {
			report(bench, normal);
			expect(report(bench, warn).incident?.state).toBe("detected");
		}
		expect(all(bench)).toHaveLength(1);
	});

	test("the same verdict adds evidence only when the value moved by a fifth", () => {
		const bench = openBench();
		const { incident } = report(bench, { severity: 1, value: 0.3 });
		report(bench, { severity: 1, value: 0.31, driftId: "small" });
		report(bench, { severity: 1, value: 0.35 });
		expect(bench.service.entry(whole, incident?.id ?? "")).toMatchObject({
			value: 0.35,
			version: 3,
		});
		expect(kinds(bench, incident?.id)).toEqual(["opened"]);
		report(bench, { severity: 1, value: 0.37 });
		expect(kinds(bench, incident?.id)).toEqual(["opened", "evidence"]);
		expect(bench.service.verify(whole, incident?.id ?? "").fault).toBeNull();
	});

	test("a result that is reported twice counts once", () => {
		const bench = openBench();
		report(bench, warn);
		report(bench, { ...normal, driftId: "same" });
		const prior = countWrites(bench.store);
		expect(report(bench, { ...normal, driftId: "same" }).outcome).toBe(
			"unchanged",
		);
		expect(countWrites(bench.store)).toEqual(prior);
	});

	test("models, metrics and tenants have incidents of their own", () => {
		const bench = openBench();
		report(bench, warn);
		report(bench, { ...warn, metric: "ks_score" });
		report(bench, { ...warn, modelId: "churn" });
		bench.service.reportSignal(globex, bench.signal(warn));
		expect(all(bench)).toHaveLength(3);
		expect(bench.service.counts(Sight.ofTenant(globex.key))).toEqual({
			open: 1,
			critical: 0,
		});
	});

	test.each(["acknowledged", "investigating", "mitigated"] as const)(
		"what is %s keeps its state, author and time until the monitor resolves it",
		(state) => {
			const bench = openBench();
			const id = report(bench, warn).incident?.id ?? "";
			bench.service.actOn(person(), id, { kind: "move", to: "acknowledged" });
			bench.service.actOn(person(), id, { kind: "assign", ownerId: "grace" });
			if (state !== "acknowledged") {
				bench.service.actOn(person(), id, { kind: "move", to: state });
			}
			const kept = {
				acknowledgedAt: noon + hour,
				acknowledgedBy: { id: "ada", name: "Ada" },
				ownerId: "grace",
			};
			for (const change of [critical, warn, normal, critical, normal]) {
				report(bench, change);
				expect(bench.service.entry(whole, id)).toMatchObject({
					...kept,
					state,
				});
			}
			report(bench, normal);
			expect(bench.service.entry(whole, id)).toMatchObject({
				...kept,
				state: "resolved",
			});
		},
	);

	test("a severity that a person chose is raised by a new verdict, never lowered", () => {
		const bench = openBench();
		const id = report(bench, critical).incident?.id ?? "";
		const severity = () => bench.service.entry(whole, id).severity;
		bench.service.actOn(person(), id, { kind: "severity", severity: 4 });
		report(bench, critical);
		expect(severity()).toBe(4);
		report(bench, warn);
		expect(severity()).toBe(3);
		bench.service.actOn(person(), id, { kind: "severity", severity: 2 });
		report(bench, warn);
		expect(severity()).toBe(2);
		report(bench, critical);
		expect(severity()).toBe(1);
		bench.service.actOn(person(), id, { kind: "severity", severity: 2 });
		report(bench, warn);
		expect(severity()).toBe(2);
		report(bench, critical);
		expect(severity()).toBe(1);
		report(bench, warn);
		expect(severity()).toBe(3);
	});
});

describe("after a person resolved it", () => {
	function resolved(bench: IncidentsBench, change: Partial<MonitorSignal>) {
		const id = report(bench, change).incident?.id ?? "";
		bench.service.actOn(person(), id, { kind: "move", to: "resolved" });
		return id;
	}

	test("the same drift stays resolved", () => {
		const bench = openBench();
		const id = resolved(bench, critical);
		const prior = countWrites(bench.store);
		for (const change of [critical, warn, critical]) {
			expect(report(bench, change)).toMatchObject({
				outcome: "unchanged",
				incident: { id, state: "resolved" },
			});
		}
		expect(countWrites(bench.store)).toEqual(prior);
	});

	test("a worse one opens another, linked", () => {
		const bench = openBench();
		const id = resolved(bench, warn);
		const next = report(bench, critical).incident?.id ?? "";
		expect(bench.service.entry(whole, next)).toMatchObject({
			number: 2,
			predecessorId: id,
			severity: 1,
		});
		expect(bench.service.timeline(whole, next)[0]?.data).toMatchObject({
			regressed: true,
			previous: id,
		});
		expect(bench.service.get(whole, next).related).toMatchObject([{ id }]);
	});

	test("having lowered its severity is no reason to open another", () => {
		const bench = openBench();
		const id = report(bench, critical).incident?.id ?? "";
		bench.service.actOn(person(), id, { kind: "severity", severity: 4 });
		bench.service.actOn(person(), id, { kind: "move", to: "resolved" });
		expect(report(bench, critical).outcome).toBe("unchanged");
	});

	test("drift that went normal once and came back opens another", () => {
		const bench = openBench();
		const id = resolved(bench, critical);
		report(bench, normal);
		const again = report(bench, warn);
		expect(again.outcome).toBe("opened");
		expect(
			bench.service.entry(whole, again.incident?.id ?? "").predecessorId,
		).toBe(id);
	});

	test("the newest of its own is the one made last, also when the clock went back a day", () => {
		const bench = openBench();
		report(bench, warn);
		report(bench, normal);
		report(bench, normal);
		bench.now -= day;
		const again = report(bench, warn);
		expect(again).toMatchObject({ outcome: "opened", incident: { number: 2 } });
		expect(report(bench, critical)).toMatchObject({
			outcome: "updated",
			incident: { number: 2, severity: 1 },
		});
	});

	test("undoing the resolution is refused once another has taken over", () => {
		const bench = openBench();
		const id = report(bench, warn).incident?.id ?? "";
		const { undoToken } = bench.service.act(person(), [id], {
			kind: "move",
			to: "resolved",
		});
		report(bench, critical);
		expect(bench.service.undo(person(), undoToken ?? "")).toEqual({
			changed: [],
			refused: [{ id, reason: "#2 has taken over from #1." }],
		});
	});
});

describe("history", () => {
	const past = noon - 30 * day;

	function tell(bench: IncidentsBench, days: (1 | 3 | null)[], start = past) {
		for (const [index, severity] of days.entries()) {
			bench.service.reportSignal(
				acme,
				bench.signal({
					severity,
					value: severity === null ? 0.02 : 0.3 / severity,
					at: start + index * day,
					isHistory: true,
				}),
			);
		}
	}

	test("a spell is one incident, resolved from the start, ended by the first normal day", () => {
		const bench = openBench();
		tell(bench, [null, 3, 3, 1, 3, null, null, null]);
		const [only, ...others] = all(bench);
		expect(others).toEqual([]);
		expect(only).toMatchObject({
			isHistory: true,
			state: "resolved",
			severity: 1,
			openedAt: past + day,
			resolvedAt: past + 5 * day,
			updatedAt: noon,
		});
		const { timeline } = bench.service.get(whole, only?.id ?? "");
		expect(
			timeline.map(({ kind, occurredAt }) => ({
				kind,
				day: (occurredAt - past) / day,
			})),
		).toEqual([
			{ kind: "opened", day: 1 },
			{ kind: "state_changed", day: 1 },
			{ kind: "severity_changed", day: 3 },
			{ kind: "evidence", day: 4 },
			{ kind: "evidence", day: 5 },
		]);
		expect(timeline.every(({ recordedAt }) => recordedAt === noon)).toBe(true);
		expect(bench.service.verify(whole, only?.id ?? "").fault).toBeNull();
		expect(bench.notified).toEqual([]);
	});

	test("a normal day within a spell does not end it; two do", () => {
		const bench = openBench();
		tell(bench, [3, null, 3, null, null, 3, null, null]);
		expect(
			all(bench).map(({ openedAt, resolvedAt }) => [
				(openedAt - past) / day,
				((resolvedAt ?? 0) - past) / day,
			]),
		).toEqual([
			[5, 6],
			[0, 3],
		]);
	});

	test("telling it again, or an earlier part later, adds nothing twice", () => {
		const bench = openBench();
		const days = [3, 1, null, null, 3, null, null] as const;
		tell(bench, [...days]);
		const prior = all(bench);
		const writes = countWrites(bench.store);
		tell(bench, [...days]);
		expect(all(bench)).toEqual(prior);
		expect(countWrites(bench.store)).toMatchObject({
			incidents: writes.incidents,
			events: writes.events,
			entries: writes.entries,
		});
		tell(bench, [3, 3, 1, null, null], past - 10 * day);
		expect(all(bench)).toHaveLength(3);
	});

	test("one that a person closed covers its own days, not all up to its closing", () => {
		const bench = openBench();
		tell(bench, [3, 3, null, null]);
		const id = all(bench)[0]?.id ?? "";
		bench.service.actOn(person(), id, { kind: "move", to: "closed" });
		tell(bench, [null, 1, null, null], past + 4 * day);
		expect(all(bench).map(({ openedAt }) => (openedAt - past) / day)).toEqual([
			5, 0,
		]);
	});

	test("one closed in the middle of its spell takes each later day once", () => {
		const bench = openBench();
		tell(bench, [3]);
		const id = all(bench)[0]?.id ?? "";
		bench.service.actOn(person(), id, { kind: "move", to: "closed" });
		tell(bench, [1, null], past + day);
		const prior = bench.service.entry(whole, id);
		expect(prior).toMatchObject({ severity: 1, state: "closed", version: 5 });
		tell(bench, [3, 1, null]);
		expect(bench.service.entry(whole, id)).toEqual(prior);
		expect(all(bench)).toHaveLength(1);
	});

	test("the newest state opens a live one beside it", () => {
		const bench = openBench();
		tell(bench, [3, 3]);
		expect(report(bench, critical).outcome).toBe("opened");
		expect(bench.service.counts(whole)).toEqual({
			open: 1,
			critical: 1,
		});
		expect(all(bench).map(({ isHistory }) => isHistory)).toEqual([false, true]);
	});
});

describe("ids", () => {
	test("two replicas that see the same drift make the same incident", () => {
		const [one, two] = [openBench(), openBench()];
		const seen = [one, two].map(
			(bench) => report(bench, { ...warn, driftId: null }).incident?.id,
		);
		expect(seen[0]).toBe(seen[1]);
		expect(seen[0]).toMatch(
			/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
		);
	});

	test("a second spell on the same day has another id", () => {
		const bench = openBench();
		const first = report(bench, warn).incident?.id;
		report(bench, normal);
		report(bench, normal);
		const second = report(bench, warn).incident?.id;
		expect(second).not.toBe(first);
		expect(first).toBe(
			deterministicId([
				acme.id,
				"drift",
				"fraud",
				"psi_score",
				"2026-01-20",
				0,
			]),
		);
		expect(second).toBe(
			deterministicId([
				acme.id,
				"drift",
				"fraud",
				"psi_score",
				"2026-01-20",
				1,
			]),
		);
	});
});

test("a value that is no number is refused", () => {
	const bench = openBench();
	expect(() => report(bench, { value: Number.NaN })).toThrowError(
		expect.objectContaining({ code: "INVALID", data: { field: "value" } }),
	);
});

test("a title too long for a list is cut, because a model's id alone may fill it", () => {
	const bench = openBench();
	const { incident } = report(bench, {
		modelId: "😀".repeat(200),
		title: `Drift in ${"😀".repeat(200)}`,
	});
	const title = [...(incident?.title ?? "")];
	expect(title).toHaveLength(200);
	expect(title.at(-1)).toBe("…");
	expect(bench.service.verify(whole, incident?.id ?? "").intact).toBe(true);
});
