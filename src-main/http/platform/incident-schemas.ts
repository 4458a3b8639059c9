import { z } from "zod";
import { parseTimestampIn } from "../../../src-shared/domain/timestamp.ts";
import { triggerSources } from "../../engine/incidents/index.ts";
import {
	instantField,
	lowerUuidField,
	uuidField,
	wholeNumberParameter,
} from "../openapi/index.ts";
import { lineField } from "../text-fields.ts";
import { priorities, statuses } from "./incident-words.ts";
import { proseField } from "./text-fields.ts";

const status = z.enum(statuses.written);
const severity = z.enum(priorities.written);
const labels = z.array(lineField).max(100);

/**
 * ISO 8601, read as UTC where it names no zone. A `+` that was not escaped arrives as a
 * space, which says the same before a zone.
 */
const since = z
	.string()
	.transform((text, context) => {
		const at = parseTimestampIn(
			text.replace(/(T\S+) (\d\d:\d\d)$/i, "$1+$2"),
			0,
		);
		if (at !== null) return at;
		context.issues.push({
			code: "custom",
			message:
				"must be an ISO 8601 date and time that exists, such as 2026-05-23T09:12:44Z",
			input: text,
		});
		return z.NEVER;
	})
	.meta({ format: "date-time" });

export const incidentParams = z.strictObject({ incident_id: lowerUuidField });

export const listQuery = z.strictObject({
	page: wholeNumberParameter({ min: 1, max: 1_000_000_000, default: 1 }),
	page_size: wholeNumberParameter({ min: 1, max: 100, default: 25 }),
	status: status.optional(),
	severity: severity.optional(),
	model_id: lowerUuidField.optional(),
	/** Created after. */
	since: since.optional(),
});

export const newIncident = z.strictObject({
	title: lineField,
	severity,
	model_id: lowerUuidField,
	description: proseField.optional(),
	trigger_source: z.enum(triggerSources).optional(),
	labels: labels.optional(),
});

export const incidentPatch = z
	.strictObject({
		status: status.optional(),
		severity: severity.optional(),
		assigned_to: lineField.nullable().optional(),
		description: proseField.optional(),
		labels: labels.optional(),
	})
	.refine((patch) => Object.keys(patch).length > 0, {
		error:
			"must change something: one or more of status, severity, assigned_to, description, labels",
	})
	.meta({ minProperties: 1 });
export type IncidentPatch = z.output<typeof incidentPatch>;

/** What a client may add to a timeline. */
export const eventTypes = [
	"note",
	"status_change",
	"escalation",
	"runbook_step_completed",
] as const;
export type EventType = (typeof eventTypes)[number];

export const newEvent = z.strictObject({
	event_type: z.enum(eventTypes),
	body: proseField.refine((text) => text.trim() !== "", {
		error: "must not be blank",
	}),
	author: lineField.optional(),
});

/** What a timeline can hold beside them: Tocsin's own records. */
export const shownEventTypes = [
	...eventTypes,
	"created",
	"severity_change",
	"assignment",
	"edit",
	"evidence",
	"signal",
	"undo",
	"action",
] as const;
export type ShownEventType = (typeof shownEventTypes)[number];

export const timelineEvent = z
	.strictObject({
		id: uuidField,
		event_type: z.enum(shownEventTypes),
		body: z.string(),
		author: z.string().meta({
			description:
				"Who did it: the author that the request named, else the subject of its token.",
		}),
		recorded_by: z.string().meta({
			description: "The subject of the token, whatever author was named.",
		}),
		created_at: instantField.meta({ description: "When it happened." }),
		recorded_at: instantField,
	})
	.meta({ id: "TimelineEvent" });

const itemFields = {
	id: uuidField,
	title: z.string(),
	severity,
	status,
	model_id: uuidField.nullable().meta({
		description: "Null for an incident that is of no model.",
	}),
	created_at: instantField,
	updated_at: instantField,
	assigned_to: z.string().nullable(),
};

export const incidentItem = z
	.strictObject(itemFields)
	.meta({ id: "IncidentItem" });

const wholeFields = {
	...itemFields,
	number: z.int(),
	description: z.string(),
	labels: z.array(z.string()),
	trigger_source: z.enum(triggerSources).nullable(),
};

export const wholeIncident = z
	.strictObject(wholeFields)
	.meta({ id: "Incident" });

export const incidentDetail = z
	.strictObject({
		...wholeFields,
		timeline: z.array(timelineEvent),
		runbook_url: z.string().nullable(),
	})
	.meta({ id: "IncidentDetail" });

export const incidentPage = z
	.strictObject({
		total: z.int(),
		page: z.int(),
		page_size: z.int(),
		items: z.array(incidentItem),
	})
	.meta({ id: "IncidentPage" });
