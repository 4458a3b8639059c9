import type { CommandStore } from "../store/index.ts";
import { type IncidentRow, type SignalRow, sql } from "./schema.ts";

/** What the monitor remembers of its incidents: verdicts, and how long all has been normal. Not part of the synced record. */
export class SignalMemory {
	readonly #store: CommandStore;

	constructor(store: CommandStore) {
		this.#store = store;
	}

	/** Of `incident`; for one that another replica made, what its row implies. */
	of(incident: IncidentRow): SignalRow {
		const stored = this.#store.reads.get(
			sql
				.selectFrom("incident_signals")
				.selectAll()
				.where("tenant_id", "=", incident.tenant_id)
				.where("incident_key", "=", incident.key),
		);
		return (
			stored ?? {
				incident_key: incident.key,
				tenant_id: incident.tenant_id,
				severity: incident.severity,
				normal_streak: 0,
				signal_at: incident.opened_at,
				drift_id: null,
				evidence_value: incident.value,
			}
		);
	}

	remember(signal: SignalRow): void {
		this.#store.work.run((transaction) => {
			transaction.writes.run(
				sql
					.insertInto("incident_signals")
					.values(signal)
					.onConflict((conflict) =>
						conflict.column("incident_key").doUpdateSet({
							severity: signal.severity,
							normal_streak: signal.normal_streak,
							signal_at: signal.signal_at,
							drift_id: signal.drift_id,
							evidence_value: signal.evidence_value,
						}),
					),
			);
		});
	}
}
