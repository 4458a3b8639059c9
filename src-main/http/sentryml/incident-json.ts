import type { IncidentEntry } from "../../engine/incidents/index.ts";
import { instantText } from "../instant-text.ts";
import { severities, states } from "./incident-words.ts";

/** `ack` covers the work that follows it, so the time of acknowledgement is that of the first such state. */
export function incidentJson(entry: IncidentEntry, orgId: string) {
	const { acknowledged, investigating, mitigated } = entry.enteredAt;
	return {
		incident_id: entry.id,
		org_id: orgId,
		model_id: entry.modelId,
		metric: entry.metric,
		state: states.of(entry.state),
		severity: severities.of(entry.severity),
		acknowledged_by_user_id: entry.acknowledgedBy?.id ?? null,
		value: entry.value,
		opened_at: instantText(entry.openedAt),
		acknowledged_at: instantText(
			acknowledged ?? investigating ?? mitigated ?? null,
		),
		resolved_at: instantText(entry.resolvedAt),
		closed_at: instantText(entry.closedAt),
		drift_id: entry.driftId,
	};
}
