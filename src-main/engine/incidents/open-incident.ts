import {
	type Severity,
	severityWord,
} from "../../../src-shared/domain/severity.ts";
import type { Principal } from "../identity/access/index.ts";
import type { IncidentChanges } from "./apply-change.ts";
import { type Assignment, assignmentFields } from "./assignment.ts";
import { type AttributeInput, attributeFields } from "./attributes.ts";
import type { IncidentRepository } from "./incident-repository.ts";
import { checkIdentifier, checkText } from "./input-checks.ts";
import { openingFields } from "./new-incident.ts";
import type {
	IncidentFields,
	IncidentKind,
	IncidentRow,
	TriggerSource,
} from "./schema.ts";

/** An incident to be opened by hand or by API. */
export interface NewIncidentInput extends AttributeInput {
	readonly title: string;
	readonly description: string;
	readonly severity: Severity;
	readonly modelId: string | null;
	/** The word an API used for the severity. */
	readonly severityWord?: string;
	/** The ranks by which an open incident of the model is the same one; `severity` alone, if absent. */
	readonly sameSeverities?: readonly Severity[];
	/** `api` for what came over an API, whoever signed in, `alert` for what alerts opened; else the principal tells. */
	readonly source?: "person" | "api" | "alert";
	readonly kind?: IncidentKind;
	readonly externalKey?: string | null;
	readonly triggerSource?: TriggerSource | null;
	/** A person's email, id or name, or any other words. */
	readonly assignedTo?: string | null;
	/** The id of a project of the tenant; its first, if absent. */
	readonly projectId?: string | null;
	readonly serviceName?: string | null;
	/** The earlier incident of the tenant that this one is a return of. */
	readonly predecessorId?: string | null;
}

/** Throws INVALID naming the field. Answers the columns that the input gives. */
export function checkedOpening(
	by: Principal,
	input: NewIncidentInput,
	assignment: Assignment | null,
): Omit<Parameters<typeof openingFields>[0], "opened_at"> {
	checkIdentifier("title", input.title);
	checkText("description", input.description);
	if (input.modelId !== null) checkIdentifier("modelId", input.modelId);
	const given: Partial<IncidentFields> = attributeFields(input);
	if (input.kind !== undefined) given.kind = input.kind;
	if (input.triggerSource != null) given.trigger_source = input.triggerSource;
	if (input.externalKey != null) {
		checkIdentifier("externalKey", input.externalKey);
		given.external_key = input.externalKey;
	}
	if (input.serviceName != null) {
		checkIdentifier("serviceName", input.serviceName);
		given.service_name = input.serviceName;
	}
	if (input.projectId != null) given.project_id = input.projectId;
	if (input.predecessorId != null) given.predecessor_id = input.predecessorId;
	return {
		title: input.title,
		description: input.description,
		severity: input.severity,
		severity_word: input.severityWord ?? null,
		severity_source: by.actor.kind,
		source: input.source ?? (by.actor.kind === "api" ? "api" : "person"),
		model_id: input.modelId,
		...given,
		...(assignment === null ? {} : assignmentFields(assignment)),
	};
}

/** Opens an incident with `id`; where an open one of the model and severity is there, the attempt becomes a signal of that one. */
export function openIncident(
	ports: { changes: IncidentChanges; repository: IncidentRepository },
	by: Principal,
	input: NewIncidentInput,
	fresh: { id: string; fields: ReturnType<typeof checkedOpening> },
): { row: IncidentRow; isNew: boolean } {
	const { changes, repository } = ports;
	const { key: tenantKey } = by.tenant;
	const existing =
		input.modelId === null
			? undefined
			: repository.openWithSeverity(
					by.sight,
					input.modelId,
					input.sameSeverities ?? [input.severity],
				);
	if (existing !== undefined) {
		const { row } = changes.apply({
			before: existing,
			set: {},
			event: {
				kind: "signal",
				author: by.actor,
				text: `Reported again: ${input.title}`,
				data: {
					title: input.title,
					description: input.description,
					severity: input.severity,
				},
			},
		});
		return { row, isNew: false };
	}
	const openedAt = changes.recordingTime(null);
	const { row } = changes.apply({
		before: {
			tenantKey,
			id: fresh.id,
			fields: openingFields({ ...fresh.fields, opened_at: openedAt }),
		},
		set: {},
		recordedAt: openedAt,
		event: {
			kind: "opened",
			author: by.actor,
			text: `Opened as ${severityWord(input.severity)}: ${input.title}`,
			data: {
				severity: input.severity,
				modelId: input.modelId,
				...(input.predecessorId == null
					? {}
					: { regressed: true, previous: input.predecessorId }),
			},
		},
	});
	return { row, isNew: true };
}
