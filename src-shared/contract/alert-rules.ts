import { oc } from "@orpc/contract";
import { z } from "zod";
import { alertRuleDefaults } from "../domain/alert-rule-defaults.ts";
import { alertMatchers } from "./alert-matchers.ts";
import { alertSummary } from "./alerts.ts";
import { severityTable } from "./integrations.ts";
import { quietContract } from "./maintenance.ts";
import { identifier, instant, name, remark, severity } from "./shapes.ts";

/** The id of the rule that every project has: what no other rule takes. */
export const defaultRuleId = "default";

const fields = {
	name,
	description: remark,
	isEnabled: z.boolean(),
	/** None for every alert. */
	matchers: alertMatchers,
	/** The source's words for severity and the rank that each means by this rule; for the others the alert's own rank holds. */
	severities: severityTable,
	/** Labels whose values tell groups apart; `alertname` and `service` read the alert's name and service where it has no such label. An alert with none of them is grouped by its name. */
	groupBy: z.array(name).max(10),
	/** How long a group without an incident waits for more, how long after an incident a new one is linked to it, and how far apart the groups of a storm may be. In seconds. */
	windowSeconds: z.number().int().min(10).max(86_400),
	/** The service that its incidents are about; null for the alert's own. */
	service: name.nullable(),
	/** False for alerts that are only to be looked at in the inbox. */
	opensIncident: z.boolean(),
	/** The mildest severity that opens an incident; milder ones join one that is open. */
	opensFrom: severity,
	/** Whether an incident that nobody has touched is resolved when all its alerts are. */
	autoResolve: z.boolean(),
	/** How long all have to be resolved for that, in seconds: what flaps stays one incident. */
	resolveAfterSeconds: z.number().int().min(0).max(86_400),
	/** More groups than this within the window that share one of `stormLabels` become one incident; 0 for never. */
	stormGroups: z.number().int().min(0).max(1_000),
	stormLabels: z.array(name).max(20),
};

/** What becomes of alerts: the first rule that matches decides. */
export const alertRule = z.object({
	id: z.string(),
	projectId: z.string(),
	isDefault: z.boolean(),
	...fields,
	updatedAt: instant.nullable(),
	updatedBy: z.string().nullable(),
});
export type AlertRule = z.infer<typeof alertRule>;

export const newAlertRule = z.object({
	name,
	description: fields.description.default(alertRuleDefaults.description),
	isEnabled: fields.isEnabled.default(alertRuleDefaults.isEnabled),
	matchers: fields.matchers.default(alertRuleDefaults.matchers),
	severities: fields.severities.default(alertRuleDefaults.severities),
	groupBy: fields.groupBy.default(alertRuleDefaults.groupBy),
	windowSeconds: fields.windowSeconds.default(alertRuleDefaults.windowSeconds),
	service: fields.service.default(alertRuleDefaults.service),
	opensIncident: fields.opensIncident.default(alertRuleDefaults.opensIncident),
	opensFrom: fields.opensFrom.default(alertRuleDefaults.opensFrom),
	autoResolve: fields.autoResolve.default(alertRuleDefaults.autoResolve),
	resolveAfterSeconds: fields.resolveAfterSeconds.default(
		alertRuleDefaults.resolveAfterSeconds,
	),
	stormGroups: fields.stormGroups.default(alertRuleDefaults.stormGroups),
	stormLabels: fields.stormLabels.default(alertRuleDefaults.stormLabels),
});
export type NewAlertRule = z.infer<typeof newAlertRule>;

/** Without defaults: what is absent stays as it is. */
export const alertRuleChange = z.object(fields).partial();
export type AlertRuleChange = z.infer<typeof alertRuleChange>;

/** An incident that a rule would have opened. */
export const previewedIncident = z.object({
	title: z.string(),
	severity,
	service: z.string().nullable(),
	isStorm: z.boolean(),
	alerts: z.number().int(),
	/** When its first and its last alert came. */
	firstAt: instant,
	lastAt: instant,
	/** The first twenty of its alerts. */
	alertIds: z.array(z.string()),
});

export const rulePreview = z.object({
	/** Alerts that came in those hours. */
	alerts: z.number().int(),
	/** Those of them that the rule takes; other rules are not asked. */
	matched: z.number().int(),
	/** Those of them that are in none of the incidents. */
	withoutIncident: z.number().int(),
	/** Oldest first. */
	incidents: z.array(previewedIncident).max(500),
	/** True where there were more than 5,000 alerts, of which the newest were looked at. */
	isCut: z.boolean(),
});
export type RulePreview = z.infer<typeof rulePreview>;

/** The alerts of an incident, oldest first. */
export const incidentAlerts = z.object({
	items: z.array(alertSummary),
	total: z.number().int(),
	/** Not resolved yet. */
	firing: z.number().int(),
	/** What the alerts share by which they became one incident, such as `cluster=west`; null where they are no storm. */
	storm: z.string().nullable(),
});
export type IncidentAlerts = z.infer<typeof incidentAlerts>;

/** Where alerts are put by hand. `detach` leaves them without an incident, `new` opens one for them. */
export const placement = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("detach") }),
	z.object({ kind: z.literal("incident"), incidentId: identifier }),
	z.object({ kind: z.literal("new") }),
]);
export type Placement = z.infer<typeof placement>;

const notFound = { NOT_FOUND: { message: "No such rule." } };
const full = { CONFLICT: { message: "There are as many as there can be." } };
const ofProject = z.object({ projectId: identifier });
const byId = ofProject.extend({ id: identifier });

/**
 * How the alerts of a project become incidents. Rules need an admin of the project, mutes,
 * windows and what is done with alerts an engineer; reading needs a viewer.
 */
export const alertRulesContract = {
	/** In the order in which they are asked; the default is the last. */
	list: oc.errors(notFound).input(ofProject).output(z.array(alertRule)),
	/** Placed before the default, after the others. */
	create: oc
		.errors({ ...notFound, ...full })
		.input(newAlertRule.extend(ofProject.shape))
		.output(alertRule),
	update: oc
		.errors(notFound)
		.input(alertRuleChange.extend(byId.shape))
		.output(alertRule),
	/** The default is put back to what it was at first. Incidents stay. */
	remove: oc
		.errors(notFound)
		.input(byId)
		.output(z.object({ id: z.string() })),
	/** Every rule but the default, once each, the first asked first. Throws CONFLICT where that is not so. */
	reorder: oc
		.errors({
			...notFound,
			CONFLICT: { message: "The rules were changed meanwhile." },
		})
		.input(ofProject.extend({ ids: z.array(identifier).max(100) }))
		.output(z.array(alertRule)),
	/** What the rule would have made of the alerts of the last hours. Nothing is changed. */
	preview: oc
		.errors(notFound)
		.input(
			ofProject.extend({
				rule: newAlertRule,
				hours: z.number().int().min(1).max(720).default(24),
			}),
		)
		.output(rulePreview),
	/** The alerts firing now that matchers match: what a mute or window would keep quiet. The newest twenty of them. */
	matching: oc
		.errors(notFound)
		.input(ofProject.extend({ matchers: alertMatchers }))
		.output(
			z.object({ items: z.array(alertSummary), total: z.number().int() }),
		),
	...quietContract,
	/** Up to 500 of them. */
	forIncident: oc
		.errors(notFound)
		.input(ofProject.extend({ incidentId: identifier }))
		.output(incidentAlerts),
	/** Moves alerts by hand. Rules do not move them again. */
	place: oc
		.errors(notFound)
		.input(
			ofProject.extend({
				ids: z.array(identifier).min(1).max(500),
				to: placement,
			}),
		)
		.output(
			z.object({
				changed: z.array(alertSummary),
				refused: z.array(z.object({ id: z.string(), reason: z.string() })),
				/** Good for a minute, once; null where nothing changed. */
				undoToken: z.string().nullable(),
			}),
		),
	/** Puts back what `place` moved and nobody moved since. */
	undoPlace: oc
		.errors({ GONE: { message: "It is too late to undo this." } })
		.input(z.object({ undoToken: z.string().max(200) }))
		.output(z.array(alertSummary)),
};
