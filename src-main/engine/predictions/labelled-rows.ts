import type { ReadConnection } from "../store/index.ts";
import { decodeEventBody } from "./event-body.ts";

/** One event as performance needs it. */
export interface LabelledRow {
	readonly eventTime: number;
	readonly score: number;
	readonly prediction: string | null;
	/** Null while no label has arrived. */
	readonly label: string | null;
}

/** The events of a model in the order of event time, with their labels where these have arrived. */
export function* labelledRows(
	connection: ReadConnection,
	tenantKey: number,
	modelKey: number,
): Generator<LabelledRow> {
	const rows = connection
		.prepare(
			"SELECT e.event_time, e.score, e.body, l.label FROM events e LEFT JOIN labels l ON l.event_row = e.row WHERE e.tenant_id = ? AND e.model_key = ?",
		)
		.raw()
		.iterate(tenantKey, modelKey) as IterableIterator<
		[number, number, unknown, string | null]
	>;
	for (const [eventTime, score, body, label] of rows) {
		const { p } = decodeEventBody(body);
		yield {
			eventTime,
			score,
			prediction: p === undefined ? null : String(p),
			label,
		};
	}
}
