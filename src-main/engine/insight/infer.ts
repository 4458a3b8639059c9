import type { HypothesisKind } from "../../../src-shared/domain/hypothesis-kinds.ts";
import type { CaseFile } from "./case-file.ts";
import { withAfterEffects } from "./causes/after-effects.ts";
import { alertCauses } from "./causes/alert-causes.ts";
import { changeCauses } from "./causes/changes.ts";
import { modelCauses } from "./causes/model-causes.ts";
import { modelClaims } from "./causes/model-claims.ts";
import { playbookCauses, recurrences } from "./causes/past-causes.ts";
import {
	type Candidate,
	type Component,
	type ComponentWeights,
	components,
	type Evidence,
} from "./hypothesis.ts";
import { onsetOf } from "./onset.ts";

/** A candidate with what its evidence comes to, before any history of feedback. */
export interface WeighedCandidate extends Candidate {
	/** Log-odds: the kind's own, and the sum of its components. */
	readonly logit: number;
	/** What each component adds; contradicting evidence takes away. */
	readonly components: ComponentWeights;
}

/** Log-odds of a kind before any evidence: how seldom what can be a cause of that kind is one. */
const priors: Readonly<Record<HypothesisKind, number>> = {
	deployment: -2.3,
	config_change: -2.3,
	model_stage: -2.3,
	data_drift: -2.2,
	stale_data: -2,
	upstream_failure: -2,
	cache: -1.8,
	traffic_shift: -1.9,
	service_symptom: -3,
	flapping_monitor: -2.2,
	playbook_effect: -2.2,
	recurrence: -2.2,
	model_claim: -1.8,
};

/** The causes that the records allow, each with what its evidence comes to. Pure: the same file gives the same answer. */
export function infer(file: CaseFile): WeighedCandidate[] {
	const onset = onsetOf(file);
	const candidates = withAfterEffects(file, [
		...changeCauses(file, onset),
		...modelCauses(file, onset),
		...alertCauses(file, onset),
		...playbookCauses(file, onset),
		...recurrences(file),
	]);
	return joined([...candidates, ...modelClaims(file)])
		.filter(({ evidence }) =>
			evidence.some(({ side }) => side === "supporting"),
		)
		.map(weigh);
}

/** Adds up the evidence of one candidate. */
export function weigh(candidate: Candidate): WeighedCandidate {
	const sums = componentSums(candidate.evidence);
	let logit = priors[candidate.kind];
	for (const component of components) logit += sums[component] ?? 0;
	return { ...candidate, logit, components: sums };
}

function componentSums(evidence: readonly Evidence[]): ComponentWeights {
	const sums: Partial<Record<Component, number>> = {};
	for (const { side, weights } of evidence) {
		const sign = side === "supporting" ? 1 : -1;
		for (const component of components) {
			const weight = weights[component] ?? 0;
			if (weight > 0) {
				sums[component] = (sums[component] ?? 0) + sign * weight;
			}
		}
	}
	return sums;
}

/** Two ways to one cause are one candidate with the evidence of both. */
function joined(candidates: readonly Candidate[]): Candidate[] {
	return [
		...Map.groupBy(
			candidates,
			({ kind, subject }) => `${kind} ${subject}`,
		).values(),
	].map((same) => ({
		...(same[0] as Candidate),
		evidence: same.flatMap(({ evidence }) => evidence),
	}));
}
