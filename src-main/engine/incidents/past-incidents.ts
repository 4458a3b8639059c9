import {
	canMove,
	type IncidentState,
	isSettled,
} from "../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { deterministicId } from "../deterministic-id.ts";
import { EngineError } from "../errors.ts";
import { type Actor, Sight, type TenantRef } from "../identity/access/index.ts";
import type { IncidentChanges } from "./apply-change.ts";
import type { IncidentRepository } from "./incident-repository.ts";
import { openingFields } from "./new-incident.ts";
import type { IncidentRow, IncidentSource } from "./schema.ts";
import { moveFields } from "./transitions.ts";

/** An incident that is over, told from its beginning. Times in epoch milliseconds, never going back. */
export interface PastIncident {
	/** Names it within the tenant and source, so that it is recorded once. */
	readonly key: string;
	readonly source: Extract<IncidentSource, "demo" | "api">;
	readonly title: string;
	readonly description: string;
	readonly severity: Severity;
	readonly modelId: string | null;
	readonly metric: string | null;
	readonly value: number | null;
	readonly owner: { readonly id: string; readonly name: string } | null;
	readonly openedAt: number;
	readonly openedBy: Actor;
	readonly steps: readonly PastStep[];
}

export interface PastStep {
	readonly at: number;
	readonly by: Actor;
	readonly text: string;
	/** A move; a note, when absent. */
	readonly to?: IncidentState;
}

/** Writes the incident, marked as history, and one event per step. Throws INVALID when the steps are out of order, not edges of the lifecycle, or leave it unsettled. */
export function recordPast(
	changes: IncidentChanges,
	repository: IncidentRepository,
	tenant: TenantRef,
	past: PastIncident,
): IncidentRow {
	const id = deterministicId([tenant.id, past.source, past.key]);
	const known = repository.byId(Sight.ofTenant(tenant.key), id);
	if (known !== undefined) return known;
	checkSteps(past, changes.recordingTime(null));
	let { row } = changes.apply({
		before: {
			tenantKey: tenant.key,
			id,
			fields: openingFields({
				title: past.title,
				description: past.description,
				severity: past.severity,
				severity_source: past.openedBy.kind,
				source: past.source,
				model_id: past.modelId,
				metric: past.metric,
				value: past.value,
				owner_id: past.owner?.id ?? null,
				owner_name: past.owner?.name ?? null,
				is_history: 1,
				opened_at: past.openedAt,
			}),
		},
		set: {},
		event: {
			kind: "opened",
			author: past.openedBy,
			text: past.description === "" ? past.title : past.description,
			data: { severity: past.severity, modelId: past.modelId },
			occurredAt: past.openedAt,
		},
	});
	for (const { at, by, text, to } of past.steps) {
		({ row } = changes.apply({
			before: row,
			set: to === undefined ? {} : moveFields(row, to, at, by),
			event: {
				kind: to === undefined ? "note" : "state_changed",
				author: by,
				text,
				data: to === undefined ? {} : { from: row.state, to },
				occurredAt: at,
			},
		}));
	}
	return row;
}

function checkSteps(past: PastIncident, now: number): void {
	let state: IncidentState = "detected";
	let last = past.openedAt;
	for (const { at, to } of past.steps) {
		if (at < last || at > now) {
			throw refused(`a step at ${at} is out of order or yet to come`);
		}
		last = at;
		if (to === undefined) continue;
		if (!canMove(state, to)) throw refused(`${state} cannot become ${to}`);
		state = to;
	}
	if (!isSettled(state)) throw refused(`it ends as ${state}`);
}

function refused(why: string): EngineError {
	return new EngineError("INVALID", `This is no past incident: ${why}.`, {
		field: "steps",
	});
}
