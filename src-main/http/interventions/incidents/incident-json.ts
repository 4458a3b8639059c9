import type { z } from "zod";
import type { IncidentEntry } from "../../../engine/incidents/index.ts";
import { instantText } from "../../instant-text.ts";
import { severities, statuses } from "../words.ts";
import type { incident, incidentItem } from "./incident-schemas.ts";

export function itemJson(entry: IncidentEntry): z.output<typeof incidentItem> {
	return {
		id: entry.number,
		kind: entry.kind,
		key: keyOf(entry),
		severity: severities.of(entry.severity),
		status: statuses.of(entry.state),
		summary: entry.title,
		details: detailsOf(entry),
		playbooks: [...entry.playbooks],
		issue_url: entry.issueUrl,
		assigned_to: entry.assignedTo,
		acknowledged_by: acknowledgedBy(entry),
		created_at: instantText(entry.openedAt),
		updated_at: instantText(entry.updatedAt),
	};
}

export function incidentJson(entry: IncidentEntry): z.output<typeof incident> {
	return {
		...itemJson(entry),
		metadata: { ...entry.metadata },
		acknowledged_at: instantText(acknowledgedAt(entry)),
		mitigated_at: instantText(entry.mitigatedAt),
		resolved_at: instantText(entry.resolvedAt),
		closed_at: instantText(entry.closedAt),
	};
}

/** As it was claimed; else who did it. */
export function acknowledgedBy(entry: IncidentEntry): string | null {
	return entry.acknowledgedByClaim ?? entry.acknowledgedBy?.name ?? null;
}

/** Whoever began to investigate without a word had seen it. */
export function acknowledgedAt(entry: IncidentEntry): number | null {
	const { acknowledged, investigating } = entry.enteredAt;
	return acknowledged ?? investigating ?? null;
}

/** What was given, or for one that has no key of its own, what tells it apart: a monitor's names its metric and model. */
function keyOf({
	externalKey,
	metric,
	modelId,
	number,
}: IncidentEntry): string {
	if (externalKey !== null) return externalKey;
	return metric !== null && modelId !== null
		? `INV_${metric}_${modelId}`
		: `INC_${number}`;
}

/** A monitor's incident says in the document's form which value went wrong. */
function detailsOf(entry: IncidentEntry): Record<string, unknown> {
	const { details, metric, modelId, value } = entry;
	if (metric === null || Object.keys(details).length > 0) return { ...details };
	return { invariant: { id: metric, model_id: modelId, actual: value } };
}
