import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	adjustedShares,
	countIntoBins,
	countSorted,
	psi,
	quantileEdges,
	type ShareRule,
	sortSample,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import {
	drawSample,
	type SampleRecipe,
	sampleHash,
} from "../../../fixtures/vectors/samples.ts";
import { expectClose } from "./closeness.ts";

type Case = {
	readonly name: string;
	readonly bin_edges: readonly (number | string)[] | null;
	readonly counts_ref: readonly number[];
	readonly counts_cur: readonly number[];
	readonly n_ref: number;
	readonly n_cur: number;
	readonly epsilon_rule: { kind: string; eps?: number; alpha?: number };
	readonly p_ref: readonly number[];
	readonly q_cur: readonly number[];
	readonly psi: number;
	readonly psi_highprec?: number;
	readonly p_value_chi2_approx: number | null;
	readonly crit95_chi2_approx: number | null;
	readonly source_samples?: {
		ref: SampleRecipe;
		cur: SampleRecipe;
		ref_sha256: string;
		cur_sha256: string;
	};
};

const { cases } = JSON.parse(
	readFileSync(
		new URL("../../../fixtures/vectors/psi.json", import.meta.url),
		"utf8",
	),
) as { cases: Case[] };

function ruleOf({ kind, eps, alpha }: Case["epsilon_rule"]): ShareRule {
	switch (kind) {
		case "none":
		case "evidently":
			return { kind };
		case "floor":
		case "replace_zero":
			return { kind, epsilon: eps as number };
		case "floor_renorm":
			return { kind: "floor_renormalized", epsilon: eps as number };
		case "laplace":
			return { kind: "additive", alpha: alpha as number };
		default:
			throw new Error(`no rule ${kind}`);
	}
}

describe("population stability index reference vectors", () => {
	test.each(cases)("$name", (vector) => {
		const rule = ruleOf(vector.epsilon_rule);
		const result = psi(vector.counts_ref, vector.counts_cur, rule);
		expect(result.verdict).toBe("ok");
		expectClose(
			result.value,
			vector.psi_highprec ?? vector.psi,
			vector.psi_highprec === undefined ? 1e-13 : 1e-15,
		);
		expect(result.contributions.reduce((sum, part) => sum + part, 0)).toBe(
			result.value,
		);
		if (vector.p_value_chi2_approx === null) {
			expect(result).toMatchObject({ pValue: null, critical95: null });
		} else {
			expectClose(result.pValue, vector.p_value_chi2_approx, 1e-10);
			expectClose(
				result.critical95,
				vector.crit95_chi2_approx as number,
				1e-13,
			);
		}
		adjustedShares(vector.counts_ref, vector.n_ref, rule).forEach(
			(share, bin) => {
				expectClose(share, vector.p_ref[bin] as number, 1e-15);
			},
		);
		adjustedShares(vector.counts_cur, vector.n_cur, rule).forEach(
			(share, bin) => {
				expectClose(share, vector.q_cur[bin] as number, 1e-15);
			},
		);
	});

	test.each(cases.filter(({ source_samples }) => source_samples !== undefined))(
		"$name: counts from the samples",
		(vector) => {
			const source = vector.source_samples;
			if (source === undefined) throw new Error("no samples");
			const baseline = drawSample(source.ref);
			const current = drawSample(source.cur);
			expect(sampleHash(baseline)).toBe(source.ref_sha256);
			expect(sampleHash(current)).toBe(source.cur_sha256);
			const inner = (vector.bin_edges ?? []).slice(1, -1).map(Number);
			for (const [sample, counts] of [
				[baseline, vector.counts_ref],
				[current, vector.counts_cur],
			] as const) {
				expect([...countIntoBins(sample, inner).counts]).toEqual(counts);
				expect([...countSorted(sortSample(sample).values, inner)]).toEqual(
					counts,
				);
			}
			if (vector.epsilon_rule.kind === "floor") {
				expect(quantileEdges(sortSample(baseline).values, 10)).toEqual(inner);
			}
		},
	);
});
