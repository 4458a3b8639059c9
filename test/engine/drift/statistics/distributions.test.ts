import { describe, expect, test } from "vitest";
import {
	chiSquareQuantile,
	kolmogorovSurvival,
	logGamma,
	upperGamma,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import { expectClose } from "./closeness.ts";

/* Values from mpmath 1.3 with 40 digits, those of kstwo from SciPy 1.17. */

test.each([
	[0.1, 2.252712651734206],
	[0.5, 0.5723649429247001],
	[2.5, 0.2846828704729192],
	[10, 12.801827480081469],
	[100.5, 361.4355404677776],
	[1e6, 12815504.569147611],
])("ln Gamma(%d)", (x, expected) => {
	expectClose(logGamma(x), expected, 1e-14);
});

test.each([
	[0.5, 0.01, 0.8875370839817152],
	[0.5, 2, 0.04550026389635842],
	[4.5, 1, 0.9914676066288135],
	[4.5, 16.9, 9.682582734421882e-5],
	[4.5, 300, 2.0941845519359112e-123],
	[50, 40, 0.9296649333406051],
	[50, 75, 0.0009039320423540091],
	[500, 520, 0.1846911490987436],
	[10000, 10200, 0.023287322133598805],
	[0.5, 700, 2.1010145162642176e-306],
	[9.5, 0.001, 1],
	[3, 0, 1],
	[3, Number.POSITIVE_INFINITY, 0],
])("Q(%d, %d)", (a, x, expected) => {
	expectClose(upperGamma(a, x), expected, 1e-13);
});

test.each([
	[1, 3.8414588206941285, 10.827566170662733],
	[2, 5.991464547107983, 13.815510557964274],
	[9, 16.91897760462045, 27.877164871256575],
	[19, 30.143527205646155, 43.82019596451753],
	[255, 293.2478350807012, 330.51974363400586],
	[2000, 2105.154236164641, 2201.156196586629],
])(
	"chi-square critical values with %d degrees of freedom",
	(dof, at5, at01) => {
		expectClose(chiSquareQuantile(0.05, dof), at5, 1e-13);
		expectClose(chiSquareQuantile(0.001, dof), at01, 1e-13);
	},
);

describe("the one-sample Kolmogorov law", () => {
	test.each([
		[1, 0.7, 0.6],
		[5, 0.15, 0.9988],
		[10, 0.25, 0.4841115325000003],
		[30, 0.12, 0.736219034498267],
		[100, 0.05, 0.9532159710635725],
		[140, 0.1, 0.11353657290090946],
		[140, 0.2, 2.1981563302200222e-5],
		[141, 0.05, 0.854845693009663],
		[200, 0.02, 0.9999948480179858],
		[500, 0.11, 1.0051558091897698e-5],
		[1000, 0.03, 0.3226902143914636],
		[1000, 0.06, 0.001428597887952891],
		[5000, 0.004, 0.9999977369528622],
		[20000, 0.01, 0.03638603905248727],
		[100000, 0.0005, 1],
		[250000, 0.003, 0.02217349052208376],
		[500000, 0.0019, 0.054034070302290904],
		[900000, 0.004, 6.19654215554289e-13],
	])("n = %d, d = %d", (n, d, expected) => {
		expectClose(kolmogorovSurvival(d, n), expected, 1e-11);
	});

	test("falls with d across the borders of its regions", () => {
		for (const n of [3, 60, 140, 141, 1000, 20_001]) {
			let last = 1;
			for (let step = 1; step < 400; step++) {
				const d = Math.min(1, (step / 80) * (1.3 / Math.sqrt(n)));
				const chance = kolmogorovSurvival(d, n);
				expect(chance).toBeLessThanOrEqual(last + 1e-12);
				expect(chance).toBeGreaterThanOrEqual(0);
				last = chance;
			}
		}
	});
});
