import type { HypothesisKind } from "../../../../src-shared/domain/hypothesis-kinds.ts";
import type { ActionRecord, CaseFile } from "../case-file.ts";
import type { Candidate, Evidence } from "../hypothesis.ts";

const minute = 60_000;
const easesWithin = 60 * minute;
const waited = 5 * minute;

/** Which causes a playbook of this name undoes. */
const remedies: readonly (readonly [RegExp, readonly HypothesisKind[]])[] = [
	[/model|retrain|champion/, ["model_stage", "data_drift"]],
	[/config|flag|setting/, ["config_change"]],
	[/rollback|roll-back|revert|deploy|release/, ["deployment"]],
	[/cache|redis|flush|warm/, ["cache"]],
	[/scale|capacity|shed|rate-limit|throttle/, ["traffic_shift"]],
	[/backfill|refresh|pipeline|reload|feature/, ["stale_data"]],
];

/** What playbooks that ran on the incident, and people's accepted causes of similar ones, add to the candidates. */
export function withAfterEffects(
	file: CaseFile,
	candidates: readonly Candidate[],
): Candidate[] {
	return candidates.map((candidate) => ({
		...candidate,
		evidence: [
			...candidate.evidence,
			...outcomes(file, candidate.kind),
			...precedents(file, candidate.kind),
		],
	}));
}

function outcomes(file: CaseFile, kind: HypothesisKind): Evidence[] {
	const { incident, now } = file;
	return file.actions
		.filter(
			(action) =>
				action.incidentId === incident.id &&
				action.isSuccess &&
				action.endedAt >= incident.openedAt &&
				undoes(action).includes(kind),
		)
		.flatMap((action): Evidence[] => {
			const { easedAt } = incident;
			const record = { kind: "action", id: action.id } as const;
			if (
				easedAt !== null &&
				easedAt >= action.endedAt &&
				easedAt - action.endedAt <= easesWithin
			) {
				return [
					{
						side: "supporting",
						text: `It eased after the playbook ${action.playbookName}.`,
						record,
						at: action.endedAt,
						weights: { outcome: 1.5 },
					},
				];
			}
			if (easedAt !== null || now - action.endedAt < waited) return [];
			return [
				{
					side: "contradicting",
					text: `The playbook ${action.playbookName} succeeded and did not ease it.`,
					record,
					at: action.endedAt,
					weights: { outcome: 1.5 },
				},
			];
		});
}

function undoes({ playbookId }: ActionRecord): readonly HypothesisKind[] {
	const id = playbookId.toLowerCase();
	return remedies.find(([pattern]) => pattern.test(id))?.[1] ?? [];
}

function precedents(file: CaseFile, kind: HypothesisKind): Evidence[] {
	return file.similar
		.filter(({ causes }) => causes.includes(kind))
		.slice(0, 3)
		.map((past) => ({
			side: "supporting",
			text: `A cause of this kind was accepted for #${past.number}, which is like it.`,
			record: { kind: "incident", id: past.id },
			at: past.openedAt,
			weights: { precedent: past.similarity },
		}));
}
