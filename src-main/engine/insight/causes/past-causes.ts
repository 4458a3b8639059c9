import type { CaseFile, SimilarRecord } from "../case-file.ts";
import type { Candidate, Evidence } from "../hypothesis.ts";
import { nearness, type Onset, spanWords } from "../onset.ts";
import { relationTo } from "../relation.ts";

const minute = 60_000;
const playbookWindow = 120 * minute;
const playbookScale = 60 * minute;
const fewestAlike = 0.4;
const longestQuote = 160;

/** Playbooks that ran shortly before, on the same service or on one that it depends on. */
export function playbookCauses(file: CaseFile, onset: Onset): Candidate[] {
	return file.actions.flatMap((action) => {
		const relation = relationTo(file, action);
		const began = relation?.isModel ? onset.ofModel : onset.ofService;
		const before = began - action.endedAt;
		if (
			relation === null ||
			action.incidentId === file.incident.id ||
			action.endedAt > file.incident.openedAt ||
			before > playbookWindow
		) {
			return [];
		}
		const isLate = before < 0;
		const evidence: Evidence[] = [
			{
				side: "supporting",
				text: `Playbook ${action.playbookName} ${action.isSuccess ? "ended" : "failed"} on ${relation.words}${isLate ? "" : ` ${spanWords(before)} before the first symptom`}.`,
				record: { kind: "action", id: action.id },
				at: action.endedAt,
				weights: {
					relation: relation.weight,
					proximity: isLate ? 0 : nearness(2, before, playbookScale),
					strength: action.isSuccess ? 0 : 0.4,
				},
			},
		];
		if (isLate) {
			evidence.push({
				side: "contradicting",
				text: `It ended ${spanWords(before)} after the first symptom.`,
				record: { kind: "action", id: action.id },
				at: action.endedAt,
				weights: { timing: 2 },
			});
		}
		return [
			{
				kind: "playbook_effect",
				subject: action.id,
				claim: `The playbook ${action.playbookName} caused it`,
				description: `A playbook changed ${relation.words} shortly before.`,
				evidence,
			} satisfies Candidate,
		];
	});
}

/** Incidents of the past that were much like this one. */
export function recurrences(file: CaseFile): Candidate[] {
	return file.similar
		.filter(({ similarity }) => similarity >= fewestAlike)
		.slice(0, 3)
		.map((past) => ({
			kind: "recurrence",
			subject: past.id,
			claim: `The same fault as #${past.number} is back`,
			description:
				past.fixedBy.length > 0
					? `It was fixed then by ${past.fixedBy.map(({ name }) => name).join(", ")}.`
					: past.resolution === null
						? `#${past.number} reads much like this one.`
						: `It ended then with: ${quoted(past.resolution)}`,
			evidence: recurrenceEvidence(file, past),
		}));
}

function recurrenceEvidence(file: CaseFile, past: SimilarRecord): Evidence[] {
	const relation = relationTo(file, past);
	const record = { kind: "incident", id: past.id } as const;
	const evidence: Evidence[] = [
		{
			side: "supporting",
			text: `#${past.number} "${past.title}" is ${Math.round(past.similarity * 100)} % like it, ${spanWords(file.incident.openedAt - past.openedAt)} before.`,
			record,
			at: past.openedAt,
			weights: {
				relation: (relation?.weight ?? 0) / 2,
				strength: 2.4 * past.similarity,
			},
		},
		...past.fixedBy.slice(0, 3).map(
			(playbook): Evidence => ({
				side: "supporting",
				text: `Playbook ${playbook.name} fixed it then.`,
				record: { kind: "action", id: playbook.id },
				at: past.openedAt,
				weights: { precedent: 0.3 },
			}),
		),
	];
	if (past.resolution !== null) {
		evidence.push({
			side: "supporting",
			text: `It ended then with: ${quoted(past.resolution)}`,
			record,
			at: past.openedAt,
			weights: { precedent: 0.2 },
		});
	}
	return evidence;
}

function quoted(text: string): string {
	const words = [...text.replace(/\s+/g, " ").trim()];
	return words.length <= longestQuote
		? words.join("")
		: `${words.slice(0, longestQuote - 1).join("")}…`;
}
