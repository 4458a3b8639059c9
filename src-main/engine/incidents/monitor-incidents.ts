import { isSettled } from "../../../src-shared/domain/lifecycle.ts";
import {
	type Severity,
	severityWord,
} from "../../../src-shared/domain/severity.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { NewEvent } from "./apply-change.ts";
import { reportPast } from "./monitor-history.ts";
import {
	type Alarm,
	evidenceEvent,
	evidenceOf,
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
 * The monitor's own incidents: at most one open per model and metric. The caller runs
 * this in a unit of work; `now` caps the signal's time.
 *
 * | own incident | signal                    | what happens                         |
 * |--------------|---------------------------|--------------------------------------|
 * | none         | abnormal                  | opens                                |
 * | open         | abnormal, other verdict   | severity follows                     |
 * | open         | abnormal, same verdict    | value follows; evidence when notable |
 * | open         | normal, first             | evidence                             |
 * | open         | normal, second in a row   | resolved                             |
 * | settled      | abnormal, no normal since | nothing, unless worse than then      |
 * | settled      | abnormal after a normal   | a new one, linked                    |
 *
 * A state that a person chose is never stepped back, and a severity that a person chose
 * is only ever raised. History has incidents of its own: see `reportPast`.
 */
export function reportSignal(
	ports: MonitorPorts,
	tenant: TenantRef,
	reported: MonitorSignal,
	now: number,
): SignalAnswer {
	const signal = { ...reported, at: Math.min(reported.at, now) };
	if (signal.isHistory) return reportPast(ports, tenant, signal);
	const { modelId, metric } = signal;
	const own = { tenantKey: tenant.key, modelId, metric };
	const current = ports.repository.newestLiveOwn(own);
	if (current === undefined) {
		return isAlarm(signal)
			? { outcome: "opened", incident: openOwn(ports, tenant, signal, null) }
			: { outcome: "unchanged", incident: null };
	}
	const memory = ports.memory.of(current);
	if (signal.driftId !== null && signal.driftId === memory.drift_id) {
		return { outcome: "unchanged", incident: current };
	}
	if (isSettled(current.state)) {
		return afterSettling(ports, tenant, current, memory, signal);
	}
	return isAlarm(signal)
		? update(ports, current, memory, signal)
		: calm(ports, current, memory, signal);
}

function afterSettling(
	ports: MonitorPorts,
	tenant: TenantRef,
	settled: IncidentRow,
	memory: SignalRow,
	signal: MonitorSignal,
): SignalAnswer {
	if (!isAlarm(signal)) {
		rememberSignal(ports.memory, settled, signal, {
			normalStreak: memory.normal_streak + 1,
			noted: false,
		});
		return { outcome: "unchanged", incident: settled };
	}
	const worstThen = Math.min(settled.severity, memory.severity);
	if (memory.normal_streak === 0 && signal.severity >= worstThen) {
		return { outcome: "unchanged", incident: settled };
	}
	return {
		outcome: "opened",
		incident: openOwn(ports, tenant, signal, settled),
	};
}

/** An abnormal assessment of an open incident. */
function update(
	ports: MonitorPorts,
	current: IncidentRow,
	memory: SignalRow,
	signal: Alarm,
): SignalAnswer {
	const set: Partial<IncidentFields> = {
		value: signal.value,
		drift_id: signal.driftId,
	};
	const isNews =
		signal.severity !== memory.severity ||
		memory.normal_streak > 0 ||
		isNotable(signal.value, memory.evidence_value);
	let event: NewEvent | null = null;
	if (followsVerdict(current, memory, signal.severity)) {
		set.severity = signal.severity;
		set.severity_word = null;
		set.severity_source = "monitor";
		event = severityEvent(signal, current.severity);
	} else if (isNews) {
		event = evidenceEvent(signal, severityWord(signal.severity));
	}
	const isSame =
		event === null &&
		signal.value === current.value &&
		signal.driftId === current.drift_id;
	const row = isSame
		? current
		: ports.changes.apply({ before: current, set, event }).row;
	rememberSignal(ports.memory, row, signal, {
		normalStreak: 0,
		noted: event !== null,
	});
	return { outcome: isSame ? "unchanged" : "updated", incident: row };
}

/** A normal assessment of an open incident. */
function calm(
	ports: MonitorPorts,
	current: IncidentRow,
	memory: SignalRow,
	signal: MonitorSignal,
): SignalAnswer {
	const normalStreak = memory.normal_streak + 1;
	const isOver = normalStreak >= normalAssessmentsToResolve;
	const recordedAt = ports.changes.recordingTime(current);
	const { row } = ports.changes.apply({
		before: current,
		set: {
			value: signal.value,
			drift_id: signal.driftId,
			...(isOver
				? moveFields(current, "resolved", recordedAt, monitorActor)
				: {}),
		},
		event: isOver
			? {
					kind: "state_changed",
					author: monitorActor,
					text: signal.text,
					data: { ...evidenceOf(signal), from: current.state, to: "resolved" },
				}
			: evidenceEvent(signal, "normal"),
		recordedAt,
	});
	rememberSignal(ports.memory, row, signal, { normalStreak, noted: true });
	return { outcome: isOver ? "resolved" : "updated", incident: row };
}

/** Whether severity takes a verdict over: a new verdict that is worse always, a milder one only where no person set the severity. */
function followsVerdict(
	current: IncidentRow,
	memory: SignalRow,
	verdict: Severity,
): boolean {
	if (verdict === memory.severity || verdict === current.severity) return false;
	return verdict < current.severity || current.severity_source === "monitor";
}
