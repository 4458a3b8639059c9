// An alert is over when two whole answers in a row did not list it and nothing was heard of
// it for the grace; it ended when it was first missing. Half an answer teaches nothing.
import { expect, test } from "vitest";
import type { AlertRow } from "../../../../src-main/engine/monitoring/monitoring-schema.ts";
import { reconcile } from "../../../../src-main/engine/monitoring/polling/reconcile.ts";
import type {
	ListedAlert,
	SourceState,
} from "../../../../src-main/engine/monitoring/sources/source-state.ts";

const now = 1_000_000;
const graceMillis = 60_000;

function row(fingerprint: string, more: Partial<AlertRow> = {}): AlertRow {
	return {
		key: fingerprint.charCodeAt(0),
		fingerprint,
		starts_at: 500_000,
		last_seen_at: 0,
		suppressed_by: null,
		...more,
	} as AlertRow;
}

function listed(
	fingerprint: string,
	more: Partial<Omit<ListedAlert, "parsed">> & { startsAt?: number } = {},
): ListedAlert {
	const { startsAt = 500_000, ...rest } = more;
	return {
		parsed: { alert: { fingerprint, startsAt }, occurredAt: null },
		isFiring: true,
		quiet: null,
		...rest,
	} as unknown as ListedAlert;
}

function looked(
	open: readonly AlertRow[],
	alerts: readonly ListedAlert[],
	more: {
		partialBecause?: SourceState["partialBecause"];
		before?: ReadonlyMap<number, number>;
	} = {},
) {
	const { partialBecause = null, before = new Map() } = more;
	const found = reconcile(open, { alerts, partialBecause }, before, {
		now,
		graceMillis,
	});
	return {
		told: found.told.map(({ parsed }) => parsed.alert.fingerprint),
		gone: found.gone.map(({ row: { fingerprint }, endsAt }) => [
			fingerprint,
			endsAt,
		]),
		quieted: found.quieted.map(({ row: { fingerprint }, by }) => [
			fingerprint,
			by,
		]),
		missing: [...found.missingSince],
	};
}

const nothing = { told: [], gone: [], quieted: [], missing: [] };
const a = row("a");
const missedBefore = new Map([[a.key, now - 15_000]]);

test("what is known and listed is no news; what is not known is told", () => {
	expect(looked([a], [listed("a")])).toEqual(nothing);
	expect(looked([], [listed("b")])).toEqual({ ...nothing, told: ["b"] });
	expect(looked([], [listed("b", { isFiring: false })])).toEqual(nothing);
});

test.each([
	[560_000, []],
	[560_001, ["a"]],
	[1, []],
])("one that is said to have begun at %i", (startsAt, told) => {
	expect(looked([a], [listed("a", { startsAt })]).told).toEqual(told);
});

test("missing once it is remembered, missing twice it ended the first time", () => {
	expect(looked([a], [])).toEqual({ ...nothing, missing: [[a.key, now]] });
	expect(looked([a], [], { before: missedBefore })).toEqual({
		...nothing,
		gone: [["a", now - 15_000]],
		missing: [[a.key, now - 15_000]],
	});
	expect(looked([a], [listed("a")], { before: missedBefore })).toEqual(nothing);
});

test.each([
	[now - graceMillis, true],
	[now - graceMillis + 1, false],
])("heard of at %i it is gone: %s", (last_seen_at, isGone) => {
	const heard = row("a", { last_seen_at });
	expect(looked([heard], [], { before: missedBefore }).gone).toHaveLength(
		isGone ? 1 : 0,
	);
});

test("from half an answer nothing is gone, and nothing is learnt to be missing or there", () => {
	const partialBecause = "it warms up";
	expect(looked([a], [], { partialBecause })).toEqual(nothing);
	expect(looked([a], [], { partialBecause, before: missedBefore })).toEqual({
		...nothing,
		missing: [[a.key, now - 15_000]],
	});
	expect(looked([], [listed("b")], { partialBecause }).told).toEqual(["b"]);
});

test("one that only begins to hold again is not the one that is stored", () => {
	const pending = { isFiring: false };
	const again = listed("a", { ...pending, startsAt: 500_001 });
	expect(looked([a], [again]).missing).toEqual([[a.key, now]]);
	expect(looked([a], [listed("a", pending)]).missing).toEqual([]);
});

test("what keeps it quiet there is told when it changes", () => {
	const quiet = "silence 1";
	expect(looked([a], [listed("a", { quiet })]).quieted).toEqual([["a", quiet]]);
	const silenced = row("a", { suppressed_by: quiet });
	expect(looked([silenced], [listed("a", { quiet })]).quieted).toEqual([]);
	expect(looked([silenced], [listed("a")]).quieted).toEqual([["a", null]]);
	expect(looked([silenced], []).quieted).toEqual([]);
});
