import type { AlertRecord, CaseFile, ChangeRecord } from "../case-file.ts";
import type { Candidate, Evidence } from "../hypothesis.ts";
import { nearness, type Onset, spanWords } from "../onset.ts";
import { type Relation, relationTo } from "../relation.ts";

const minute = 60_000;
const hour = 60 * minute;
const serviceReach = { window: 24 * hour, scale: 2 * hour, slack: 0 };
/** The onset of drift is known to half a day. */
const modelReach = { window: 336 * hour, scale: 36 * hour, slack: 12 * hour };
const mostAlerts = 3;

/** Deployments and changes of configuration on what the incident is about, or on what that depends on. */
export function changeCauses(file: CaseFile, onset: Onset): Candidate[] {
	return file.changes.flatMap((change) => {
		const relation = relationTo(file, change);
		if (relation === null) return [];
		const began = relation.isModel ? onset.ofModel : onset.ofService;
		const reach =
			relation.isModel && onset.drift !== null ? modelReach : serviceReach;
		const before = began - change.at;
		if (change.at > file.incident.openedAt || before > reach.window) return [];
		return [candidate(file, change, { relation, before, reach, began })];
	});
}

function candidate(
	file: CaseFile,
	change: ChangeRecord,
	found: {
		relation: Relation;
		before: number;
		reach: typeof serviceReach;
		began: number;
	},
): Candidate {
	const { relation, before, reach, began } = found;
	const what = change.kind === "deployment" ? "Deployment" : "Change";
	const isLate = before < -reach.slack;
	const link = { kind: "change", id: change.id } as const;
	const evidence: Evidence[] = [
		{
			side: "supporting",
			text: `${what} "${change.summary}" reached ${relation.words}${isLate ? "" : ` ${spanWords(before)} before the first symptom`}.`,
			record: link,
			at: change.at,
			weights: {
				relation: relation.weight,
				proximity: isLate ? 0 : nearness(2.2, before, reach.scale),
			},
		},
		...symptomsAfter(file, change).map(
			(alert): Evidence => ({
				side: "supporting",
				text: `Alert ${alert.name} on ${alert.service} began ${spanWords(alert.startsAt - change.at)} after it.`,
				record: { kind: "alert", id: alert.id },
				at: alert.startsAt,
				weights: {
					strength: nearness(0.5, alert.startsAt - change.at, 2 * hour),
				},
			}),
		),
	];
	if (isLate) {
		evidence.push({
			side: "contradicting",
			text: `It came ${spanWords(before)} after the first symptom.`,
			record: link,
			at: change.at,
			weights: { timing: 2.5 },
		});
	}
	const earlier = file.alerts.find(
		(alert) =>
			alert.service !== null &&
			alert.service === change.service &&
			alert.startsAt < change.at &&
			(alert.endsAt === null || alert.endsAt > change.at) &&
			change.at <= began,
	);
	if (earlier !== undefined) {
		evidence.push({
			side: "contradicting",
			text: `Alert ${earlier.name} on ${earlier.service} was firing before it.`,
			record: { kind: "alert", id: earlier.id },
			at: earlier.startsAt,
			weights: { timing: 1 },
		});
	}
	const where = change.service ?? change.modelId ?? "it";
	return {
		kind: change.kind,
		subject: change.id,
		claim:
			change.kind === "deployment"
				? `The deployment "${change.summary}" of ${where} broke it`
				: `The configuration change "${change.summary}" of ${where} broke it`,
		description: `${what} of ${where}, on ${relation.words}.`,
		evidence,
	};
}

/** The first alerts on a changed service after its change. */
function symptomsAfter(file: CaseFile, change: ChangeRecord): AlertRecord[] {
	return file.alerts
		.filter(
			(alert) =>
				change.service !== null &&
				alert.service === change.service &&
				alert.startsAt >= change.at &&
				alert.startsAt <= file.incident.openedAt + 10 * minute,
		)
		.slice(0, mostAlerts);
}
