import { z } from "zod";
import { incidentKinds } from "../../../engine/incidents/index.ts";
import { instantField, wholeNumberParameter } from "../../openapi/index.ts";
import { lineField, proseField } from "../../text-fields.ts";
import { numberField, objectField } from "../fields.ts";
import { severities, statuses } from "../words.ts";

const kind = z.enum(incidentKinds);
const severity = z.enum(severities.written);
const status = z.enum(statuses.written);
const playbookIds = z.array(lineField).max(100);

export const incidentParams = z.strictObject({ id: numberField });

/** The document's default of each filter is `all`; it may be written too. */
export const listQuery = z.strictObject({
	status: z.enum([...statuses.written, "all"]).default("all"),
	severity: z.enum([...severities.written, "all"]).default("all"),
	kind: z.enum([...incidentKinds, "all"]).default("all"),
	limit: wholeNumberParameter({ min: 1, max: 100, default: 50 }),
	offset: wholeNumberParameter({ min: 0, max: 1_000_000_000, default: 0 }),
});

export const newIncident = z.strictObject({
	kind,
	key: lineField,
	severity,
	summary: lineField,
	details: objectField.optional(),
	playbooks: playbookIds.optional(),
	issue_url: z.string().nullable().optional(),
	metadata: objectField.optional(),
});

export const incidentPatch = z
	.strictObject({
		summary: lineField.optional(),
		assigned_to: lineField.nullable().optional(),
		playbooks: playbookIds.optional(),
		metadata: objectField.optional(),
	})
	.refine((patch) => Object.keys(patch).length > 0, {
		error:
			"must change something: one or more of summary, assigned_to, playbooks, metadata",
	})
	.meta({ minProperties: 1 });

export const acknowledgement = z
	.strictObject({
		acknowledged_by: lineField.optional(),
		notes: proseField.optional(),
	})
	.prefault({});

export const notes = z
	.strictObject({ notes: proseField.optional() })
	.prefault({});

export const assignment = z.strictObject({ assigned_to: lineField.nullable() });

const itemFields = {
	id: z.int(),
	kind,
	key: z.string(),
	severity,
	status,
	summary: z.string(),
	details: objectField,
	playbooks: z.array(z.string()),
	issue_url: z.string().nullable(),
	assigned_to: z.string().nullable(),
	acknowledged_by: z.string().nullable(),
	created_at: instantField,
	updated_at: instantField,
};

export const incidentItem = z
	.strictObject(itemFields)
	.meta({ id: "InterventionsIncidentItem" });

export const incidentPage = z
	.strictObject({
		incidents: z.array(incidentItem),
		total: z.int(),
		limit: z.int(),
		offset: z.int(),
	})
	.meta({ id: "InterventionsIncidentPage" });

export const incident = z
	.strictObject({
		...itemFields,
		metadata: objectField,
		acknowledged_at: instantField.nullable(),
		mitigated_at: instantField.nullable(),
		resolved_at: instantField.nullable(),
		closed_at: instantField.nullable(),
	})
	.meta({ id: "InterventionsIncident" });

const moved = { id: z.int(), status, updated_at: instantField };

export const acknowledged = z.strictObject({
	...moved,
	acknowledged_by: z.string(),
	acknowledged_at: instantField,
});
export const mitigated = z.strictObject({
	...moved,
	mitigated_at: instantField,
});
export const resolved = z.strictObject({ ...moved, resolved_at: instantField });
export const closed = z.strictObject({ ...moved, closed_at: instantField });
export const assigned = z.strictObject({
	...moved,
	assigned_to: z.string().nullable(),
});
