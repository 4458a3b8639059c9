import type { EgressField } from "../../../src-shared/contract/index.ts";
import type {
	CaseMaterial,
	MaterialField,
	MaterialRecord,
} from "../assistant/index.ts";
import type { IncidentEntry } from "../incidents/index.ts";
import type { CaseFile } from "./case-file.ts";

const minuteMillis = 60_000;
const featuresTold = 5;

type Given = readonly [
	EgressField,
	name: string,
	value: string | number | boolean | null,
];

/** A case file in pieces, each of a kind that a policy lets go or not. Times are minutes from the opening, so that a case is told alike whenever it is asked about. */
export function caseMaterial(
	file: CaseFile,
	{ title, description, labels }: IncidentEntry,
): CaseMaterial {
	const { incident } = file;
	const minutes = (at: number) =>
		Math.round((at - incident.openedAt) / minuteMillis);
	const record = (
		kind: MaterialRecord["kind"],
		id: string,
		given: readonly Given[],
	): MaterialRecord => ({ kind, id, fields: fieldsOf(given) });
	return {
		incidentId: incident.id,
		fields: fieldsOf([
			["incident_title", "title", title],
			["incident_description", "description", description],
			["services", "service", incident.service],
			["models", "model", incident.modelId],
		]),
		labels,
		records: [
			...file.changes.map((one) =>
				record("change", one.id, [
					["changes", "change", one.kind],
					["changes", "summary", one.summary],
					["services", "service", one.service],
					["models", "model", one.modelId],
					["times", "minutes", minutes(one.at)],
				]),
			),
			...file.stages.map((one) =>
				record("model_version", one.id, [
					["models", "model", one.modelId],
					["models", "version", one.version],
					["models", "stage", one.stage],
					["times", "minutes", minutes(one.at)],
				]),
			),
			...file.drift.map((one) =>
				record("drift", one.id, [
					["models", "model", one.modelId],
					["metrics", "drifted", one.hasDrift],
					["metrics", "psi", one.psi],
					["metrics", "events_per_day_before", Math.round(one.baselineRate)],
					["metrics", "events_per_day_now", Math.round(one.currentRate)],
					...one.features
						.toSorted((a, b) => b.psi - a.psi)
						.slice(0, featuresTold)
						.map(
							({ name, psi }, index): Given => [
								"metrics",
								`feature_${index + 1}`,
								`${name}: PSI ${psi.toFixed(3)}`,
							],
						),
					["times", "minutes", minutes(one.onset ?? one.at)],
				]),
			),
			...file.alerts.map((one) =>
				record("alert", one.id, [
					["alert_names", "name", one.name],
					["services", "service", one.service],
					["metrics", "severity", one.severity],
					["times", "minutes", minutes(one.startsAt)],
				]),
			),
			...file.actions.map((one) =>
				record("action", one.id, [
					["actions", "playbook", one.playbookName],
					["actions", "succeeded", one.isSuccess],
					["services", "service", one.service],
					["times", "minutes", minutes(one.endedAt)],
				]),
			),
			...file.similar.map((one) =>
				record("incident", one.id, [
					["past_incidents", "title", one.title],
					["past_incidents", "resolution", one.resolution],
					["services", "service", one.service],
					["models", "model", one.modelId],
				]),
			),
		],
	};
}

function fieldsOf(given: readonly Given[]): MaterialField[] {
	return given.flatMap(([kind, name, value]): MaterialField[] =>
		value === null || value === ""
			? []
			: [
					{
						kind,
						name,
						value: typeof value === "boolean" ? (value ? "yes" : "no") : value,
					},
				],
	);
}
