import type { AlertRow } from "../monitoring-schema.ts";
import type { ListedAlert, SourceState } from "../sources/source-state.ts";

/** What a poll makes of what is stored. */
export interface Reconciliation {
	/** Not known yet, or known to be over. */
	readonly told: readonly ListedAlert[];
	/** Stored as firing and not listed any more. */
	readonly gone: readonly { readonly row: AlertRow; readonly endsAt: number }[];
	/** Whose quiet at the source changed. */
	readonly quieted: readonly {
		readonly row: AlertRow;
		readonly by: string | null;
	}[];
	/** Since when stored alerts are missing, by their keys: for the next poll. */
	readonly missingSince: ReadonlyMap<number, number>;
}

/**
 * Compares what a source lists with what is stored as firing. An alert is gone when two
 * whole answers in a row did not list it and its last news is older than the grace; from
 * an answer that is not whole nothing is gone. Its end is when it was first missing.
 */
export function reconcile(
	open: readonly AlertRow[],
	state: SourceState,
	before: ReadonlyMap<number, number>,
	{ now, graceMillis }: { readonly now: number; readonly graceMillis: number },
): Reconciliation {
	const shown = new Map(
		state.alerts.map((alert) => [alert.parsed.alert.fingerprint, alert]),
	);
	const stored = new Map(open.map((row) => [row.fingerprint, row]));
	const told = [...shown.values()].filter(
		({ isFiring, parsed: { alert } }) =>
			isFiring && !isKnown(stored.get(alert.fingerprint), alert.startsAt),
	);
	const missing = open.filter(
		(row) => !isShown(row, shown.get(row.fingerprint)),
	);
	const missingSince = new Map(
		state.partialBecause === null
			? missing.map(({ key }) => [key, before.get(key) ?? now])
			: // Nothing is learnt from it, neither that they are missing nor that they are not.
				missing.flatMap(({ key }) => {
					const since = before.get(key);
					return since === undefined ? [] : [[key, since] as const];
				}),
	);
	const gone =
		state.partialBecause === null
			? missing.flatMap((row) => {
					const since = before.get(row.key);
					const isQuiet = now - row.last_seen_at >= graceMillis;
					return since === undefined || !isQuiet
						? []
						: [{ row, endsAt: since }];
				})
			: [];
	const quieted = open.flatMap((row) => {
		const alert = shown.get(row.fingerprint);
		return alert === undefined || alert.quiet === row.suppressed_by
			? []
			: [{ row, by: alert.quiet }];
	});
	return { told, gone, quieted, missingSince };
}

/** An episode that is open goes on, whatever its beginning is said to be; a source moves it by a little, or back. */
function isKnown(row: AlertRow | undefined, startsAt: number): boolean {
	return row !== undefined && startsAt <= row.starts_at + sameStart;
}

/** What begins this much later is another episode. */
const sameStart = 60_000;

/** One that only begins to hold again, after the stored one began, is not the stored one. */
function isShown(row: AlertRow, alert: ListedAlert | undefined): boolean {
	if (alert === undefined) return false;
	return alert.isFiring || alert.parsed.alert.startsAt <= row.starts_at;
}
