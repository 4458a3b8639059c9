import type { Severity } from "../../../src-shared/domain/severity.ts";
import { deterministicId, utcDay } from "../deterministic-id.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { IncidentChanges, NewEvent } from "./apply-change.ts";
import type { IncidentRepository } from "./incident-repository.ts";
import {
	type MonitorSignal,
	monitorActor,
	type SignalOutcome,
} from "./monitor-signal.ts";
import { openingFields } from "./new-incident.ts";
import type { IncidentRow } from "./schema.ts";
import type { SignalMemory } from "./signal-memory.ts";

/** An abnormal signal. */
export type Alarm = MonitorSignal & { readonly severity: Severity };

export interface SignalAnswer {
	readonly outcome: SignalOutcome;
	/** The incident the signal belongs to; null when there is none. */
	readonly incident: IncidentRow | null;
}

/** What both of the monitor's halves, the present and history, write with. */
export interface MonitorPorts {
	readonly changes: IncidentChanges;
	readonly repository: IncidentRepository;
	readonly memory: SignalMemory;
}

export function isAlarm(signal: MonitorSignal): signal is Alarm {
	return signal.severity !== null;
}

/** Opens the monitor's own incident; `previous` is the one it is a return of. */
export function openOwn(
	ports: MonitorPorts,
	tenant: TenantRef,
	signal: Alarm,
	previous: IncidentRow | null,
): IncidentRow {
	const { row } = ports.changes.apply({
		before: {
			tenantKey: tenant.key,
			id: newId(ports.repository, tenant, signal),
			fields: openingFields({
				title: signal.title,
				description: signal.text,
				severity: signal.severity,
				severity_source: "monitor",
				source: "drift_monitor",
				model_id: signal.modelId,
				metric: signal.metric,
				value: signal.value,
				drift_id: signal.driftId,
				is_history: signal.isHistory ? 1 : 0,
				predecessor_id: previous?.id ?? null,
				opened_at: signal.at,
			}),
		},
		set: {},
		event: {
			kind: "opened",
			author: monitorActor,
			text: signal.text,
			data: {
				...evidenceOf(signal),
				severity: signal.severity,
				...(previous === null
					? {}
					: { regressed: true, previous: previous.id }),
			},
			occurredAt: signal.at,
		},
	});
	rememberSignal(ports.memory, row, signal, { normalStreak: 0, noted: true });
	return row;
}

/** Keeps what the next signal is compared with; `noted` when the timeline now names this value. */
export function rememberSignal(
	memory: SignalMemory,
	row: IncidentRow,
	signal: MonitorSignal,
	what: { normalStreak: number; noted: boolean },
): void {
	const earlier = memory.of(row);
	memory.remember({
		...earlier,
		severity: signal.severity ?? earlier.severity,
		normal_streak: what.normalStreak,
		signal_at: signal.at,
		drift_id: signal.driftId,
		evidence_value: what.noted ? signal.value : earlier.evidence_value,
	});
}

export function evidenceOf(signal: MonitorSignal): Record<string, unknown> {
	return {
		metric: signal.metric,
		value: signal.value,
		driftId: signal.driftId,
		asOf: signal.at,
	};
}

/** `verdict` is a severity's word or "normal". */
export function evidenceEvent(
	signal: MonitorSignal,
	verdict: string,
): NewEvent {
	return {
		kind: "evidence",
		author: monitorActor,
		text: signal.text,
		data: { ...evidenceOf(signal), verdict },
		occurredAt: signal.at,
	};
}

export function severityEvent(signal: Alarm, from: Severity): NewEvent {
	return {
		kind: "severity_changed",
		author: monitorActor,
		text: signal.text,
		data: { ...evidenceOf(signal), from, to: signal.severity },
		occurredAt: signal.at,
	};
}

function newId(
	repository: IncidentRepository,
	tenant: TenantRef,
	signal: MonitorSignal,
): string {
	for (let attempt = 0; ; attempt++) {
		const id = deterministicId([
			tenant.id,
			signal.isHistory ? "drift-history" : "drift",
			signal.modelId,
			signal.metric,
			utcDay(signal.at),
			attempt,
		]);
		if (!repository.idIsTaken(id)) return id;
	}
}
