import type { SilenceRow } from "./silence-schema.ts";
import type { ListedSilence } from "./source-silences.ts";

/** What a request on its way may take to be listed. */
const settlingMillis = 30_000;

/** The end of a silence's comment at the source, by which it is found when its answer was lost. */
export function markOf(id: string): string {
	return `(Tocsin silence ${id})`;
}

/** What a source's whole list says of a stored silence; null for nothing new. */
export function refreshed(
	row: SilenceRow,
	listed: readonly ListedSilence[],
	now: number,
): Partial<SilenceRow> | null {
	const mark = markOf(row.id);
	const found = listed.find(
		({ sourceId, comment }) =>
			sourceId === row.source_id || comment.endsWith(mark),
	);
	switch (row.status) {
		case "failed":
		case "expired":
			return null;
		case "intended":
		case "unknown":
			if (found !== undefined) {
				return {
					source_id: found.sourceId,
					status: found.isExpired ? "expired" : "active",
					outcome_at: now,
					last_error: null,
				};
			}
			return now - row.intent_at < settlingMillis
				? null
				: {
						status: "failed",
						outcome_at: now,
						last_error: "The source does not know it: nothing was silenced.",
					};
		case "active":
		case "expiring":
			// Alertmanager forgets a silence some days after it is over.
			if (found === undefined || found.isExpired) {
				return { status: "expired", expired_at: row.expired_at ?? now };
			}
			return row.status === "expiring"
				? { status: "active", last_error: "It was not ended; try again." }
				: null;
	}
}
