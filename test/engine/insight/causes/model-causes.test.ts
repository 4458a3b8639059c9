/*
 * An incident that drift opened always has something to be explained by. Where features
 * moved, they are the cause; where a version went live, it is; where neither did, the
 * scores that moved alone are said to have, with the assessment as evidence and with so
 * little confidence that the records are still said not to tell the cause.
 */
import { expect, test } from "vitest";
import { calibrate } from "../../../../src-main/engine/insight/calibration.ts";
import type {
	CaseFile,
	DriftRecord,
} from "../../../../src-main/engine/insight/case-file.ts";
import { infer } from "../../../../src-main/engine/insight/infer.ts";
import { inconclusiveBelow } from "../../../../src-main/engine/insight/rank.ts";

const hour = 3_600_000;
const opened = Date.UTC(2026, 0, 20, 12);

const scoresAlone: DriftRecord = {
	id: "assessment",
	modelId: "fraud",
	at: opened,
	onset: null,
	psi: 7.4,
	hasDrift: true,
	features: [{ name: "amount", psi: 0.01, newlyMissing: 0 }],
	baselineRate: 60,
	currentRate: 60,
};

function fileOf(given: Partial<CaseFile>): CaseFile {
	return {
		now: opened + hour,
		incident: {
			id: "this",
			service: null,
			modelId: "fraud",
			words: "Drift of fraud",
			openedAt: opened,
			easedAt: null,
		},
		dependencies: new Map(),
		changes: [],
		stages: [],
		drift: [],
		alerts: [],
		actions: [],
		similar: [],
		...given,
	};
}

test("scores that moved while nothing else did are told, without confidence", () => {
	const found = infer(fileOf({ drift: [scoresAlone] }));
	expect(found).toMatchObject([
		{
			kind: "data_drift",
			subject: "score",
			evidence: [
				{
					side: "supporting",
					record: { kind: "drift", id: "assessment" },
					text: expect.stringContaining("PSI 7.40"),
				},
			],
		},
	]);
	const { score } = calibrate([])(found[0]?.logit ?? 0);
	expect(score).toBeGreaterThan(0.1);
	expect(score).toBeLessThan(inconclusiveBelow);
});

test.each<[string, Partial<CaseFile>, string[]]>([
	[
		"a feature that moved",
		{
			drift: [
				{
					...scoresAlone,
					features: [{ name: "amount", psi: 0.6, newlyMissing: 0 }],
				},
			],
		},
		["data_drift amount"],
	],
	[
		"data that does not come",
		{ drift: [{ ...scoresAlone, currentRate: 6 }] },
		["stale_data fraud"],
	],
	[
		"a version that went live",
		{
			drift: [scoresAlone],
			stages: [
				{
					id: "fraud@2",
					modelId: "fraud",
					version: "2",
					stage: "production",
					at: opened - hour,
				},
			],
		},
		["model_stage fraud@2"],
	],
	["no drift", { drift: [{ ...scoresAlone, hasDrift: false }] }, []],
	["no assessment", {}, []],
])("%s is told instead", (_, given, causes) => {
	const found = infer(fileOf(given));
	expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(
		causes,
	);
});
