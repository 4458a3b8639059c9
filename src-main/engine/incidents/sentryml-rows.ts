import {
	incidentStates,
	isClosed,
	type SentrymlState,
	sentrymlState,
} from "../../../src-shared/domain/lifecycle.ts";
import { sentrymlSeverity } from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../errors.ts";
import type { TenantRef } from "../identity/principal.ts";
import type { IncidentFilter } from "./incident-queries.ts";
import { closedAt } from "./incident-record.ts";
import type { IncidentRow } from "./schema.ts";

/** An incident as the SentryML API writes it; times are RFC 3339. */
export interface SentrymlIncident {
	readonly incident_id: string;
	readonly org_id: string;
	readonly model_id: string | null;
	readonly metric: string | null;
	readonly state: SentrymlState;
	readonly severity: "CRITICAL" | "WARN";
	readonly acknowledged_by_user_id: string | null;
	readonly value: number | null;
	readonly opened_at: string;
	readonly acknowledged_at: string | null;
	readonly resolved_at: string | null;
	readonly closed_at: string | null;
	readonly drift_id: string | null;
}

/** The values that its `status` filter takes. */
export const sentrymlStatuses = [
	"open",
	"closed",
	"any",
	"ack",
	"acknowledged",
	"resolved",
] as const;

/**
 * The incidents that a `status` means: `open` is all that are not closed, `ack` (or
 * `acknowledged`) and `resolved` are those states, `any` is all. Throws INVALID for
 * another word.
 */
export function sentrymlFilter(status: string): IncidentFilter {
	return { hasModel: true, states: statesOf(status) };
}

function statesOf(status: string) {
	switch (status) {
		case "open":
			return incidentStates.filter((state) => !isClosed(state));
		case "closed":
			return incidentStates.filter(isClosed);
		case "any":
			return incidentStates;
		case "ack":
		case "acknowledged":
			return incidentStates.filter((state) => sentrymlState(state) === "ack");
		case "resolved":
			return incidentStates.filter((state) => state === "resolved");
		default:
			throw new EngineError(
				"INVALID",
				`status must be one of ${sentrymlStatuses.join(", ")}`,
				{ field: "status" },
			);
	}
}

/** `ack` covers the work that follows it, so the time of acknowledgement is that of the first such state. */
export function toSentryml(
	tenant: TenantRef,
	row: IncidentRow,
): SentrymlIncident {
	return {
		incident_id: row.id,
		org_id: tenant.id,
		model_id: row.model_id,
		metric: row.metric,
		state: sentrymlState(row.state),
		severity: sentrymlSeverity(row.severity),
		acknowledged_by_user_id: row.acknowledged_by_id,
		value: row.value,
		opened_at: text(row.opened_at),
		acknowledged_at: textOrNull(
			row.acknowledged_at ?? row.investigating_at ?? row.mitigated_at,
		),
		resolved_at: textOrNull(row.resolved_at),
		closed_at: textOrNull(closedAt(row)),
		drift_id: row.drift_id,
	};
}

function text(instant: number): string {
	return new Date(instant).toISOString();
}

function textOrNull(instant: number | null): string | null {
	return instant === null ? null : text(instant);
}
