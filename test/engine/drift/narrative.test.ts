// What a person reads about a verdict: which column, how far, against what limit, since when.
import { describe, expect, test } from "vitest";
import {
	describeColumn,
	narrate,
} from "../../../src-main/engine/drift/narrative.ts";
import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import { defaultMonitor } from "../../../src-shared/domain/monitor.ts";

const day = 86_400_000;

function column(change: Partial<ColumnEvidence> = {}): ColumnEvidence {
	return {
		column: "amount",
		role: "feature",
		type: "numeric",
		verdict: "critical",
		baselineN: 1_000,
		currentN: 1_000,
		bins: {
			edges: [1, 2, 3, 4, 5, 6, 7, 8, 9],
			labels: [],
			baseline: Array(10).fill(100),
			current: [50, 60, 70, 70, 70, 70, 70, 80, 80, 380],
		},
		psi: {
			value: 0.31,
			pValue: 1e-9,
			critical95: 0.03,
			contributions: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.3],
		},
		ks: null,
		wasserstein: null,
		jensenShannon: 0.2,
		hellinger: 0.2,
		totalVariation: 0.28,
		chiSquare: null,
		adjustedPValue: 1e-8,
		significant: true,
		matters: true,
		quality: {
			baselineMissingShare: 0,
			currentMissingShare: 0,
			outOfRangeShare: 0,
			newCategories: [],
			constant: false,
		},
		ecdf: null,
		...change,
	};
}

describe("a sentence on a column", () => {
	test("names the limit and the bin that says most", () => {
		expect(describeColumn(column(), defaultMonitor)).toBe(
			"PSI of amount is 0.31 (critical from 0.2): 38 % of the current values are 9 or more, the highest tenth of the baseline, against 10 % before.",
		);
	});

	test("says why a PSI over the limit is no alarm", () => {
		const sentence = describeColumn(
			column({ verdict: "ok", significant: false }),
			defaultMonitor,
		);
		expect(sentence).toContain("chance alone can do that");
	});

	test("says so when values went missing", () => {
		const sentence = describeColumn(
			column({
				bins: {
					edges: [5],
					labels: ["< 5", ">= 5", "<missing>"],
					baseline: [500, 500, 0],
					current: [300, 300, 400],
				},
				psi: {
					value: 0.5,
					pValue: 0,
					critical95: 0.01,
					contributions: [0, 0, 0.5],
				},
			}),
			defaultMonitor,
		);
		expect(sentence).toContain("40 % of the current values are missing");
	});
});

describe("the story of an assessment", () => {
	const score = column({ column: "score", role: "score" });
	const told = {
		status: "critical" as const,
		baselineN: 1_000,
		currentN: 1_000,
		columns: [score, column()],
		settings: defaultMonitor,
		asOf: 20 * day,
		current: { start: 13 * day, end: 20 * day },
	};

	test("tells the score, its features and the onset", () => {
		const sentences = narrate({
			...told,
			onset: { column: "amount", at: 18 * day + 14 * 3_600_000, pValue: 0 },
		});
		expect(sentences).toHaveLength(3);
		expect(sentences[2]).toBe(
			"The change is first visible in amount at 1970-01-19 14:00 UTC.",
		);
	});

	test("counts what is missing when there is too little", () => {
		const sentences = narrate({
			...told,
			status: "insufficient_data",
			baselineN: 12,
			onset: null,
		});
		expect(sentences).toEqual([
			"Too little to judge: 12 events in the baseline window and 1000 in the current one, where each needs 500.",
		]);
	});
});

test.each([
	[0.0999, /^PSI of amount is 0\.10 \(warning from 0\.1\)/],
	[0.1, /^PSI of amount is 0\.10 \(warning from 0\.1, critical from 0\.2\)/],
	[0.2, /^PSI of amount is 0\.20 \(critical from 0\.2\)/],
])("a PSI of %d is set against the limit that it reached", (value, words) => {
	const base = column();
	expect(
		describeColumn(column({ psi: { ...base.psi, value } }), defaultMonitor),
	).toMatch(words);
});

test("the features that moved most are named first, and three of them", () => {
	const named = (name: string, value: number) =>
		column({ column: name, psi: { ...column().psi, value } });
	const sentences = narrate({
		status: "critical",
		baselineN: 1_000,
		currentN: 1_000,
		columns: [
			named("a", 0.3),
			column({ column: "score", role: "score" }),
			named("b", 0.5),
			named("c", 0.4),
			named("d", 0.25),
			named("e", 0.6),
		],
		onset: null,
		settings: defaultMonitor,
		asOf: day,
		current: { start: 0, end: day },
	});
	expect(
		sentences.map((text) => /^PSI of (\w+)/.exec(text)?.[1] ?? text),
	).toEqual(["score", "e", "b", "c", "2 more features have drifted."]);
});
