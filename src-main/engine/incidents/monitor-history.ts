import { severityWord } from "../../../src-shared/domain/severity.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { NewEvent } from "./apply-change.ts";
import {
	type Alarm,
	evidenceEvent,
	isAlarm,
	type MonitorPorts,
	openOwn,
	rememberSignal,
	type SignalAnswer,
	severityEvent,
} from "./monitor-opening.ts";
import {
	isNotable,
	type MonitorSignal,
	monitorActor,
	normalAssessmentsToResolve,
} from "./monitor-signal.ts";
import type { IncidentFields, IncidentRow, SignalRow } from "./schema.ts";
import { moveFields } from "./transitions.ts";

/**
 * A signal of the past, told in the order of its days. A spell of drift is one incident,
 * marked as history and resolved from the start; its resolution moves on with every day
 * the drift lasted, to the first normal one, and it keeps the worst severity it reached.
 * A day within an incident that is there already, or told before, changes nothing.
 */
export function reportPast(
	ports: MonitorPorts,
	tenant: TenantRef,
	signal: MonitorSignal,
): SignalAnswer {
	const { modelId, metric, at } = signal;
	const own = { tenantKey: tenant.key, modelId, metric };
	const covering = ports.repository.ownAt(own, at);
	if (covering !== undefined) {
		return { outcome: "unchanged", incident: covering };
	}
	const last = ports.repository.newestPastOwn(own, at);
	const memory = last && ports.memory.of(last);
	if (last !== undefined && memory !== undefined && at <= memory.signal_at) {
		return { outcome: "unchanged", incident: last };
	}
	if (
		last === undefined ||
		memory === undefined ||
		memory.normal_streak >= normalAssessmentsToResolve
	) {
		return isAlarm(signal)
			? { outcome: "opened", incident: open(ports, tenant, signal) }
			: { outcome: "unchanged", incident: null };
	}
	return isAlarm(signal)
		? extend(ports, last, memory, signal)
		: end(ports, last, memory, signal);
}

function open(
	ports: MonitorPorts,
	tenant: TenantRef,
	signal: Alarm,
): IncidentRow {
	const opened = openOwn(ports, tenant, signal, null);
	return ports.changes.apply({
		before: opened,
		set: moveFields(opened, "resolved", signal.at, monitorActor),
		event: {
			kind: "state_changed",
			author: monitorActor,
			text: "Found in history: recorded as over.",
			data: { from: opened.state, to: "resolved" },
			occurredAt: signal.at,
		},
	}).row;
}

/** The drift was still there. */
function extend(
	ports: MonitorPorts,
	last: IncidentRow,
	memory: SignalRow,
	signal: Alarm,
): SignalAnswer {
	const set: Partial<IncidentFields> = {
		value: signal.value,
		drift_id: signal.driftId,
		...movedResolution(last, signal.at),
	};
	let event: NewEvent | null = null;
	if (signal.severity < last.severity) {
		set.severity = signal.severity;
		set.severity_word = null;
		set.severity_source = "monitor";
		event = severityEvent(signal, last.severity);
	} else if (
		memory.normal_streak > 0 ||
		isNotable(signal.value, memory.evidence_value)
	) {
		event = evidenceEvent(signal, severityWord(signal.severity));
	}
	const { row } = ports.changes.apply({ before: last, set, event });
	rememberSignal(ports.memory, row, signal, {
		normalStreak: 0,
		noted: event !== null,
	});
	return { outcome: "updated", incident: row };
}

/** The drift was gone; the first normal day is when it ended. */
function end(
	ports: MonitorPorts,
	last: IncidentRow,
	memory: SignalRow,
	signal: MonitorSignal,
): SignalAnswer {
	const isFirst = memory.normal_streak === 0;
	const row = isFirst
		? ports.changes.apply({
				before: last,
				set: movedResolution(last, signal.at),
				event: evidenceEvent(signal, "normal"),
			}).row
		: last;
	rememberSignal(ports.memory, row, signal, {
		normalStreak: memory.normal_streak + 1,
		noted: isFirst,
	});
	return { outcome: isFirst ? "resolved" : "unchanged", incident: row };
}

/** A person may have closed it since: only one that is still just resolved moves. */
function movedResolution(
	row: IncidentRow,
	at: number,
): Partial<Pick<IncidentFields, "resolved_at">> {
	return row.state === "resolved" && at > (row.resolved_at ?? 0)
		? { resolved_at: at }
		: {};
}
