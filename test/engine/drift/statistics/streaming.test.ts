import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	Adwin,
	moments,
	mulberry32,
	PageHinkley,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import { expectClose } from "./closeness.ts";

const steady = (seed: number) => {
	const random = mulberry32(seed);
	return Array.from({ length: 3000 }, () => random());
};
const seeds = Array.from({ length: 50 }, (_none, index) => index + 1);

describe("ADWIN", () => {
	test("stays quiet on a steady stream", () => {
		const cut = seeds.filter((seed) => {
			const window = new Adwin();
			return steady(seed).some((value) => window.update(value));
		});
		expect(cut.length).toBeLessThanOrEqual(1);
	});

	test("drops the past soon after the mean moves, and follows the new one", () => {
		for (const seed of seeds) {
			const window = new Adwin();
			const found = steady(seed).findIndex((value, index) =>
				window.update(index < 2000 ? value * 0.5 : value * 0.5 + 0.3),
			);
			expect(found).toBeGreaterThanOrEqual(2000);
			expect(found).toBeLessThan(2128);
		}
	});

	test("holds the mean and the spread of what is in its window", () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
					minLength: 1,
					maxLength: 300,
				}),
				(values) => {
					const window = new Adwin({ checkEvery: 1_000_000 });
					for (const value of values) window.update(value);
					expect(window.width).toBe(values.length);
					const mean = moments(Float64Array.from(values)).mean as number;
					expect(Math.abs((window.mean as number) - mean)).toBeLessThan(1e-12);
				},
			),
		);
	});

	test("its memory grows with the logarithm of the window", () => {
		const window = new Adwin();
		const random = mulberry32(1);
		for (let index = 0; index < 50_000; index++) window.update(random());
		const buckets = window.state.rows.reduce((sum, row) => sum + row.length, 0);
		expect(buckets).toBeLessThan(100);
	});

	test("goes on from a stored state as if it had not stopped", () => {
		const values = steady(7).map(
			(value, index) => value + (index > 1500 ? 0.4 : 0),
		);
		const whole = new Adwin();
		let parted = new Adwin();
		for (const value of values) {
			parted = new Adwin({}, JSON.parse(JSON.stringify(parted.state)));
			expect(parted.update(value)).toBe(whole.update(value));
		}
		expect(parted.state).toEqual(whole.state);
	});

	test("passes over what is not finite", () => {
		const window = new Adwin();
		expect(window.mean).toBeNull();
		for (const value of [NaN, Infinity, -Infinity]) window.update(value);
		expect(window.width).toBe(0);
	});
});

describe("Page-Hinkley", () => {
	const options = { threshold: 25, tolerance: 0.02 };

	test("stays quiet on most steady streams", () => {
		const alarmed = seeds.filter((seed) => {
			const detector = new PageHinkley(options);
			return steady(seed).some((value) => detector.update(value) !== null);
		});
		expect(alarmed.length).toBeLessThanOrEqual(3);
	});

	test.each([
		["up", 0.3],
		["down", -0.3],
	] as const)("sees a mean that goes %s", (direction, shift) => {
		for (const seed of seeds) {
			const detector = new PageHinkley(options);
			const found = steady(seed)
				.map((value, index) =>
					detector.update(index < 2000 ? value : value + shift),
				)
				.findIndex((alarm, index) => alarm !== null && index >= 2000);
			expect(found).toBeGreaterThanOrEqual(2000);
			expect(found).toBeLessThan(2250);
			const again = new PageHinkley({
				...options,
				direction: direction === "up" ? "down" : "up",
			});
			const alarms = steady(seed).filter(
				(value, index) =>
					again.update(index < 1000 ? value : value + 3 * shift) === direction,
			);
			expect(alarms).toEqual([]);
		}
	});

	test("by hand: the rise is counted from its lowest point", () => {
		const detector = new PageHinkley({
			threshold: 1.2,
			tolerance: 0,
			minimumValues: 1,
		});
		// Means 0, 0, 1, 1.5; deviations 0, 0, 2, 1.5.
		expect([0, 0, 3, 3].map((value) => detector.update(value))).toEqual([
			null,
			null,
			"up",
			null,
		]);
		expect(detector.state.count).toBe(1);
	});

	test("goes on from a stored state as if it had not stopped", () => {
		const whole = new PageHinkley(options);
		let parted = new PageHinkley(options);
		steady(4).forEach((value, index) => {
			const moved = value + (index > 2000 ? 0.5 : 0);
			parted = new PageHinkley(
				options,
				JSON.parse(JSON.stringify(parted.state)),
			);
			expect(parted.update(moved)).toBe(whole.update(moved));
		});
		expect(parted.update(NaN)).toBeNull();
		expectClose(parted.state.mean, whole.state.mean);
	});
});
