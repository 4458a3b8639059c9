import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	chiSquareHomogeneity,
	divergences,
	moments,
	normalizedWasserstein,
	sortSample,
	wasserstein,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import {
	type SampleSource,
	sampleOf,
} from "../../../fixtures/vectors/samples.ts";
import { expectClose } from "./closeness.ts";

type Named = { readonly name: string };
type WassersteinCase = Named & {
	readonly type: "wasserstein";
	readonly a: SampleSource;
	readonly b: SampleSource;
	readonly w1: number;
	readonly std_ref_ddof0: number;
	readonly w1_norm_evidently: number;
};
type CountsCase = Named & {
	readonly counts_ref: readonly number[];
	readonly counts_cur: readonly number[];
};
type DivergenceCase = CountsCase & {
	readonly type: "jensen_shannon";
	readonly js_distance_base_e_highprec: number;
	readonly hellinger: number;
	readonly tvd: number;
};
type ChiSquareCase = CountsCase & {
	readonly type: "chi2";
	readonly chi2_homogeneity: number;
	readonly p_homogeneity: number;
	readonly dof: number;
	readonly min_expected: number;
	readonly share_expected_below_5: number;
	readonly cramers_v: number;
	readonly cramers_v_bias_corrected: number;
};

const { cases } = JSON.parse(
	readFileSync(
		new URL(
			"../../../fixtures/vectors/wasserstein_js_chi2.json",
			import.meta.url,
		),
		"utf8",
	),
) as { cases: (WassersteinCase | DivergenceCase | ChiSquareCase)[] };

describe("Wasserstein distance reference vectors", () => {
	test.each(cases.filter((vector) => vector.type === "wasserstein"))(
		"$name",
		(vector) => {
			const baseline = sampleOf(vector.a);
			const distance = wasserstein(
				sortSample(baseline).values,
				sortSample(sampleOf(vector.b)).values,
			);
			expectClose(distance, vector.w1, 1e-13);
			const spread = moments(baseline).standardDeviation;
			expectClose(spread, vector.std_ref_ddof0, 1e-14);
			expectClose(
				normalizedWasserstein(distance, spread, 0.001),
				vector.w1_norm_evidently,
				1e-13,
			);
			if (spread === 0)
				expect(normalizedWasserstein(distance, spread)).toBeNull();
		},
	);
});

describe("divergence reference vectors", () => {
	test.each(cases.filter((vector) => vector.type === "jensen_shannon"))(
		"$name",
		(vector) => {
			const result = divergences(vector.counts_ref, vector.counts_cur);
			expectClose(
				result?.jensenShannon,
				vector.js_distance_base_e_highprec / Math.sqrt(Math.LN2),
				1e-13,
			);
			// SciPy's own figures here lose digits in the case of a tiny difference.
			expectClose(result?.hellinger, vector.hellinger, 1e-11);
			expectClose(result?.totalVariation, vector.tvd, 1e-11);
		},
	);

	test("one row in a million is measured to full precision", () => {
		const result = divergences([500_000, 500_000], [500_001, 499_999]);
		expectClose(result?.totalVariation, 1e-6, 1e-15);
		expectClose(
			result?.jensenShannon,
			7.0710678118696e-7 / Math.sqrt(Math.LN2),
			1e-13,
		);
	});
});

describe("chi-square reference vectors", () => {
	test.each(cases.filter((vector) => vector.type === "chi2"))(
		"$name",
		(vector) => {
			const result = chiSquareHomogeneity(vector.counts_ref, vector.counts_cur);
			expectClose(result?.statistic, vector.chi2_homogeneity, 1e-13);
			expectClose(result?.pValue, vector.p_homogeneity, 1e-12);
			expect(result?.degreesOfFreedom).toBe(vector.dof);
			expectClose(result?.minExpected, vector.min_expected, 1e-14);
			expect(result?.shareExpectedBelow5).toBe(vector.share_expected_below_5);
			expectClose(result?.cramersV, vector.cramers_v, 1e-13);
			expectClose(
				result?.cramersVCorrected,
				vector.cramers_v_bias_corrected,
				1e-12,
			);
		},
	);
});
