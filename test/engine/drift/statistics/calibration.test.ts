import { describe, expect, test } from "vitest";
import {
	benjaminiHochberg,
	compareNumeric,
	mulberry32,
	psi,
} from "../../../../src-main/engine/drift/statistics/index.ts";

/*
 * Where nothing has drifted, a test at 5 % gives a false alarm about 5 % of the time. All
 * draws are seeded. The bands are four standard errors of a share of 5 % wide, or as wide as
 * the grain of a discrete statistic demands.
 */

function falseAlarms(
	rounds: number,
	n: number,
	m: number,
	draw: (random: () => number) => number,
): { ks: number; ksTies: number; psi: number } {
	const random = mulberry32(2024);
	const sample = (size: number) =>
		Float64Array.from({ length: size }, () => draw(random));
	const alarms = { ks: 0, ksTies: 0, psi: 0 };
	for (let round = 0; round < rounds; round++) {
		const result = compareNumeric(sample(n), sample(m));
		if ((result.ks?.p_value ?? 1) <= 0.05) alarms.ks++;
		if ((result.ks?.p_value_ties ?? 1) <= 0.05) alarms.ksTies++;
		if ((result.psi.p_value ?? 1) <= 0.05) alarms.psi++;
	}
	return {
		ks: alarms.ks / rounds,
		ksTies: alarms.ksTies / rounds,
		psi: alarms.psi / rounds,
	};
}

const rounds = 2000;
const band = 4 * Math.sqrt((0.05 * 0.95) / rounds);

describe("false alarms at 5 % under no drift", () => {
	test("continuous values", () => {
		const found = falseAlarms(rounds, 500, 700, (random) => random());
		expect(Math.abs(found.ks - 0.05)).toBeLessThan(band);
		expect(found.ksTies).toBe(found.ks);
		expect(Math.abs(found.psi - 0.05)).toBeLessThan(band);
	});

	test.each([
		[2, 0.045],
		[5, 0.02],
		[20, 0.015],
	])(
		"%d levels: the tie-aware p-value holds its level where the usual one is blunt",
		(levels, grain) => {
			const found = falseAlarms(rounds, 600, 500, (random) =>
				Math.floor(random() * levels),
			);
			expect(found.ks).toBeLessThan(0.035);
			expect(found.ksTies).toBeGreaterThan(0.05 - grain);
			expect(found.ksTies).toBeLessThan(0.05 + band);
			expect(found.ksTies).toBeGreaterThan(found.ks);
		},
	);

	test("a fixed PSI threshold of 0.1 cries wolf on 100 rows a side, the calibrated one does not", () => {
		const random = mulberry32(77);
		const sample = () => Float64Array.from({ length: 100 }, random);
		let fixed = 0;
		let calibrated = 0;
		for (let round = 0; round < rounds; round++) {
			const result = compareNumeric(sample(), sample());
			if ((result.psi.value ?? 0) >= 0.1) fixed++;
			if ((result.psi.p_value ?? 1) <= 0.05) calibrated++;
		}
		expect(fixed / rounds).toBeGreaterThan(0.6);
		expect(calibrated / rounds).toBeLessThan(0.15);
	});

	test("categories", () => {
		const random = mulberry32(5);
		const shares = [0.5, 0.3, 0.15, 0.05];
		const counts = (rows: number) => {
			const found = [0, 0, 0, 0];
			for (let row = 0; row < rows; row++) {
				let left = random();
				let category = 0;
				while (category < 3 && left >= (shares[category] as number)) {
					left -= shares[category++] as number;
				}
				found[category] = (found[category] as number) + 1;
			}
			return found;
		};
		let alarms = 0;
		for (let round = 0; round < rounds; round++) {
			if ((psi(counts(800), counts(1200)).pValue ?? 1) <= 0.05) alarms++;
		}
		expect(Math.abs(alarms / rounds - 0.05)).toBeLessThan(band);
	});
});

test("twenty steady columns rarely alarm after Benjamini-Hochberg", () => {
	const random = mulberry32(11);
	const sample = () => Float64Array.from({ length: 500 }, random);
	let alarmed = 0;
	for (let round = 0; round < 200; round++) {
		const adjusted = benjaminiHochberg(
			Array.from(
				{ length: 20 },
				() => compareNumeric(sample(), sample()).ks?.p_value_ties ?? null,
			),
		);
		if (adjusted.some((pValue) => pValue !== null && pValue <= 0.05)) alarmed++;
	}
	expect(alarmed / 200).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 200));
});
