import { z } from "zod";
import { timelineKinds } from "../../../src-shared/domain/timeline.ts";
import { instantField, lowerUuidField, uuidField } from "../openapi/index.ts";
import { lineField, proseField } from "../text-fields.ts";
import { severities, stampNames, states } from "./incident-words.ts";
import { pageQuery } from "./paging.ts";

const severity = z.enum(severities.written);
const state = z.enum(states.written);

export const incidentParams = z.strictObject({ incident_id: lowerUuidField });

export const listQuery = z.strictObject({
	...pageQuery,
	severity: severity.optional(),
	state: state.optional(),
});

export const newIncident = z.strictObject({
	title: lineField,
	description: proseField.default(""),
	service_name: lineField.nullable().default(null),
	severity,
});

export const stateChange = z.strictObject({ state });
export const severityChange = z.strictObject({ severity });

export const newComment = z.strictObject({
	content: proseField.refine((text) => text.trim() !== "", {
		error: "must not be blank",
	}),
});

export const incident = z
	.strictObject({
		id: uuidField,
		title: z.string(),
		description: z.string(),
		service_name: z.string().nullable(),
		severity,
		state,
		detected_at: instantField,
		acknowledged_at: instantField.nullable(),
		project_id: uuidField,
		created_at: instantField,
		updated_at: instantField,
	})
	.meta({ id: "CopilotIncident" });

export const changedState = z
	.strictObject({
		id: uuidField,
		state,
		...Object.fromEntries(
			Object.values(stampNames).map((name) => [
				name,
				instantField.optional().meta({
					description:
						"When it entered this state; that of its own state alone.",
				}),
			]),
		),
	})
	.meta({ id: "CopilotStateChange" });

export const activity = z
	.strictObject({
		id: uuidField,
		incident_id: uuidField,
		activity_type: z.enum(timelineKinds),
		description: z.string(),
		user_id: z.string().nullable().meta({
			description: "Null for what Tocsin did by itself.",
		}),
		user_name: z.string(),
		metadata: z.record(z.string(), z.unknown()),
		created_at: instantField,
	})
	.meta({ id: "CopilotActivity" });

const count = z.int().min(0);

export const incidentStats = z
	.strictObject({
		total: count,
		open: count.meta({ description: "Those that still need work." }),
		by_severity: z.strictObject(
			Object.fromEntries(severities.written.map((word) => [word, count])),
		),
		by_state: z.strictObject(
			Object.fromEntries(states.written.map((word) => [word, count])),
		),
	})
	.meta({ id: "CopilotIncidentStats" });
