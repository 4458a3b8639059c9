import type { CaseFile, RecordLink } from "../case-file.ts";
import type { Candidate, Evidence } from "../hypothesis.ts";

/** So much a cited record counts for, and so many at most: a model's word alone never leads the list. */
const citedWeight = 0.4;
const mostCounted = 3;

/**
 * What models claimed, marked as theirs. Its evidence is what the engine itself says of
 * the cited records; a claim is left out once nothing that it rests on is in the file.
 */
export function modelClaims(file: CaseFile): Candidate[] {
	const known = citable(file);
	return (file.claims ?? []).flatMap((one): Candidate[] => {
		const counted = { supporting: 0, contradicting: 0 };
		const evidence = one.evidence.flatMap(({ side, record }): Evidence[] => {
			const fact = known.get(`${record.kind} ${record.id}`);
			if (fact === undefined) return [];
			counted[side]++;
			const weight = counted[side] <= mostCounted ? citedWeight : 0;
			return [
				{
					side,
					text: fact.text,
					record,
					at: fact.at,
					weights: { relation: weight },
				},
			];
		});
		return counted.supporting === 0
			? []
			: [
					{
						kind: "model_claim",
						subject: one.subject,
						claim: one.claim,
						description: `Claimed by the model ${one.model}, not found by Tocsin: ${one.explanation}`,
						evidence,
					},
				];
	});
}

/** Every record of the file in a sentence, by its kind and id. */
function citable(
	file: CaseFile,
): ReadonlyMap<string, { text: string; at: number }> {
	const facts: [RecordLink, string, number][] = [
		...file.changes.map((one): [RecordLink, string, number] => [
			{ kind: "change", id: one.id },
			`${one.kind === "deployment" ? "Deployment" : "Change of configuration"}: ${one.summary}`,
			one.at,
		]),
		...file.stages.map((one): [RecordLink, string, number] => [
			{ kind: "model_version", id: one.id },
			`Version ${one.version} of ${one.modelId} entered ${one.stage}.`,
			one.at,
		]),
		...file.drift.map((one): [RecordLink, string, number] => [
			{ kind: "drift", id: one.id },
			`An assessment of ${one.modelId} found ${one.hasDrift ? "drift" : "no drift"}.`,
			one.onset ?? one.at,
		]),
		...file.alerts.map((one): [RecordLink, string, number] => [
			{ kind: "alert", id: one.id },
			`Alert ${one.name}${one.service === null ? "" : ` of ${one.service}`}.`,
			one.startsAt,
		]),
		...file.actions.map((one): [RecordLink, string, number] => [
			{ kind: "action", id: one.id },
			`${one.playbookName} ${one.isSuccess ? "succeeded" : "failed"}.`,
			one.endedAt,
		]),
		...file.similar.map((one): [RecordLink, string, number] => [
			{ kind: "incident", id: one.id },
			`#${one.number} ${one.title} was alike.`,
			one.openedAt,
		]),
	];
	return new Map(
		facts.map(([{ kind, id }, text, at]) => [`${kind} ${id}`, { text, at }]),
	);
}
