import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	asymptoticChance,
	kolmogorovSmirnov,
	mulberry32,
	sortSample,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import {
	type SampleSource,
	sampleOf,
} from "../../../fixtures/vectors/samples.ts";
import { expectClose } from "./closeness.ts";

/*
 * The test agrees with SciPy 1.10.1 `ks_2samp(method="auto")` on every reference vector, and
 * with an independent count in rational numbers where there is one.
 */

type Case = {
	readonly name: string;
	readonly a: SampleSource;
	readonly b: SampleSource;
	readonly n1: number;
	readonly n2: number;
	readonly statistic: number;
	readonly statistic_sign: number;
	readonly statistic_location: number;
	readonly p_exact_or_null: number | null;
	readonly p_exact_rational?: number;
	readonly p_asymp: number | null;
	readonly method_auto: string;
	readonly h_lcm: readonly [number, number];
};

const file = JSON.parse(
	readFileSync(
		new URL("../../../fixtures/vectors/ks.json", import.meta.url),
		"utf8",
	),
) as {
	cases: Case[];
	rng: {
		first_5_outputs_seed_1: number[];
		first_5_outputs_seed_12345: number[];
	};
};

test("mulberry32 gives the reference sequence", () => {
	const draws = (seed: number) => Array.from({ length: 5 }, mulberry32(seed));
	expect(draws(1)).toEqual(file.rng.first_5_outputs_seed_1);
	expect(draws(12345)).toEqual(file.rng.first_5_outputs_seed_12345);
});

describe("two-sample Kolmogorov-Smirnov reference vectors", () => {
	test.each(file.cases)("$name", (vector) => {
		const baseline = sortSample(sampleOf(vector.a)).values;
		const current = sortSample(sampleOf(vector.b)).values;
		const result = kolmogorovSmirnov(baseline, current);
		if (result === null) throw new Error("no result");

		// SciPy's D carries the rounding of two divisions; the exact one is a fraction.
		expect(result.statistic).toBe(vector.h_lcm[0] / vector.h_lcm[1]);
		expectClose(
			result.statistic,
			vector.statistic,
			1e-13 + 1e-15 / vector.statistic,
		);
		expect(result.sign).toBe(vector.statistic_sign);
		expect(result).toMatchObject({ n: vector.n1, m: vector.n2 });

		// Of several places with the same distance SciPy picks one by rounding noise.
		expect(result.location).toBeLessThanOrEqual(vector.statistic_location);
		for (const location of [result.location, vector.statistic_location]) {
			const i = baseline.filter((value) => value <= location).length;
			const j = current.filter((value) => value <= location).length;
			expect((i * vector.n2 - j * vector.n1) * result.sign).toBe(
				Math.round(result.statistic * vector.n1 * vector.n2),
			);
		}

		const isAsymptotic = vector.method_auto === "asymp";
		expect(result.method).toBe(isAsymptotic ? "asymptotic" : "exact");
		const exact = vector.p_exact_rational ?? vector.p_exact_or_null;
		const target = isAsymptotic ? vector.p_asymp : exact;
		expectClose(result.pValue, target as number, 1e-12);
		if (vector.p_asymp !== null) {
			const asymptotic = asymptoticChance(
				result.statistic,
				vector.n1,
				vector.n2,
			);
			expectClose(asymptotic, vector.p_asymp, 2e-12);
		}
		expect(result.pValueTies).toBeLessThanOrEqual(result.pValue);
	});
});
