import type { CaseFile, DriftRecord } from "../case-file.ts";
import type { Candidate, Evidence } from "../hypothesis.ts";
import { nearness, type Onset, spanWords } from "../onset.ts";

const hour = 3_600_000;
const stageWindow = 336 * hour;
const stageScale = 36 * hour;
/** The onset of drift is known to half a day. */
const onsetSlack = 12 * hour;
/** A PSI from which on a feature's shift is worth a word. */
const shifted = 0.1;
const missingMatters = 0.15;
const starved = 0.4;

/** Versions that went live, shifted features, and data that is missing or does not come; of drift without any of them, that the scores moved alone. */
export function modelCauses(file: CaseFile, onset: Onset): Candidate[] {
	const stages = stageCauses(file, onset);
	const { drift } = onset;
	if (drift === null) return stages;
	const found = [
		...stages,
		...featureCauses(file, drift),
		...missingData(drift),
	];
	return found.length > 0 ? found : unexplainedScores(drift);
}

function stageCauses(file: CaseFile, onset: Onset): Candidate[] {
	const { incident } = file;
	return file.stages.flatMap((stage) => {
		const before = onset.ofModel - stage.at;
		if (
			stage.modelId !== incident.modelId ||
			stage.stage !== "production" ||
			stage.at > incident.openedAt ||
			before > stageWindow
		) {
			return [];
		}
		const isLate = before < -onsetSlack;
		const link = { kind: "model_version", id: stage.id } as const;
		const evidence: Evidence[] = [
			{
				side: "supporting",
				text: `Version ${stage.version} of ${stage.modelId} went to production${isLate ? "" : ` ${spanWords(before)} ${before < 0 ? "around" : "before"} the onset`}.`,
				record: link,
				at: stage.at,
				weights: {
					relation: 1.6,
					proximity: isLate ? 0 : nearness(2.2, before, stageScale),
				},
			},
		];
		if (isLate) {
			evidence.push({
				side: "contradicting",
				text: `It went to production ${spanWords(before)} after the onset.`,
				record: link,
				at: stage.at,
				weights: { timing: 2.5 },
			});
		}
		if (onset.drift !== null) evidence.push(scoreAlone(onset.drift));
		return [
			{
				kind: "model_stage",
				subject: stage.id,
				claim: `Version ${stage.version} of ${stage.modelId} behaves differently`,
				description: `The version that serves ${stage.modelId} changed.`,
				evidence,
			} satisfies Candidate,
		];
	});
}

/** Scores that move while no feature does speak for the model; features that move speak against it. */
function scoreAlone(drift: DriftRecord): Evidence {
	const top = topFeatures(drift)[0];
	const record = { kind: "drift", id: drift.id } as const;
	return top === undefined
		? {
				side: "supporting",
				text: "The scores moved while no feature did.",
				record,
				at: drift.at,
				weights: { strength: 1 },
			}
		: {
				side: "contradicting",
				text: `Feature ${top.name} moved too (PSI ${top.psi.toFixed(2)}).`,
				record,
				at: drift.at,
				weights: { rival: 1 },
			};
}

function featureCauses(file: CaseFile, drift: DriftRecord): Candidate[] {
	const top = topFeatures(drift);
	const first = top[0];
	if (first === undefined) return [];
	const record = { kind: "drift", id: drift.id } as const;
	const evidence: Evidence[] = top.map((feature, index) => ({
		side: "supporting",
		text: `Feature ${feature.name} shifted (PSI ${feature.psi.toFixed(2)}).`,
		record,
		at: drift.onset ?? drift.at,
		weights:
			index === 0
				? { relation: 1.4, strength: shiftStrength(feature.psi) }
				: { strength: 0.2 },
	}));
	const missing = mostMissing(drift);
	if (missing !== undefined) {
		evidence.push({
			side: "contradicting",
			text: `Values of ${missing.name} are missing, which alone would shift it.`,
			record,
			at: drift.at,
			weights: { rival: 1.2 },
		});
	}
	const begun = drift.onset ?? drift.at;
	const live = file.stages.find(
		(stage) =>
			stage.modelId === drift.modelId &&
			stage.stage === "production" &&
			Math.abs(begun - stage.at) <= 2 * onsetSlack,
	);
	if (live !== undefined) {
		evidence.push({
			side: "contradicting",
			text: `Version ${live.version} went to production at about that time.`,
			record: { kind: "model_version", id: live.id },
			at: live.at,
			weights: { rival: 0.6 },
		});
	}
	return [
		{
			kind: "data_drift",
			subject: first.name,
			claim: `The data of ${drift.modelId} shifted, ${first.name} most of all`,
			description: `Features that moved: ${top.map(({ name }) => name).join(", ")}.`,
			evidence,
		},
	];
}

/** What the features do not show: an input that is not sent as one, or a change of the model that nobody registered. */
function unexplainedScores(drift: DriftRecord): Candidate[] {
	const by = drift.psi === null ? "" : ` (PSI ${drift.psi.toFixed(2)})`;
	return [
		{
			kind: "data_drift",
			subject: "score",
			claim: `The scores of ${drift.modelId} moved, and nothing that is recorded with them`,
			description:
				"An input that is not sent as a feature shifted, or the model changed without a version that says so.",
			evidence: [
				{
					side: "supporting",
					text: `The scores moved${by} while no feature did and no version went live.`,
					record: { kind: "drift", id: drift.id },
					at: drift.onset ?? drift.at,
					weights: { relation: 1.4 },
				},
			],
		},
	];
}

function missingData(drift: DriftRecord): Candidate[] {
	const record = { kind: "drift", id: drift.id } as const;
	const evidence: Evidence[] = drift.features
		.filter(({ newlyMissing }) => newlyMissing >= missingMatters)
		.toSorted((a, b) => b.newlyMissing - a.newlyMissing)
		.slice(0, 3)
		.map((feature) => ({
			side: "supporting",
			text: `${Math.round(feature.newlyMissing * 100)} % more values of ${feature.name} are missing.`,
			record,
			at: drift.onset ?? drift.at,
			weights: { relation: 1.4, strength: 1 + feature.newlyMissing },
		}));
	const share =
		drift.baselineRate > 0 ? drift.currentRate / drift.baselineRate : 1;
	if (share < starved) {
		evidence.push({
			side: "supporting",
			text: `Only ${Math.round(share * 100)} % of the usual predictions arrived.`,
			record,
			at: drift.at,
			weights: { relation: 1.4, strength: 1.4 * (1 - share) },
		});
	}
	if (evidence.length === 0) return [];
	return [
		{
			kind: "stale_data",
			subject: drift.modelId,
			claim: `Data of ${drift.modelId} is missing or late`,
			description:
				"A pipeline or a feature store does not deliver what it did.",
			evidence,
		},
	];
}

function shiftStrength(psi: number): number {
	return Math.min(2.5, Math.log(1 + psi / shifted));
}

function topFeatures(drift: DriftRecord) {
	return drift.features
		.filter(({ psi }) => psi >= shifted)
		.toSorted((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1))
		.slice(0, 4);
}

function mostMissing(drift: DriftRecord) {
	return drift.features.find(
		({ newlyMissing }) => newlyMissing >= missingMatters,
	);
}
