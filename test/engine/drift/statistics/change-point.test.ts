import { describe, expect, test } from "vitest";
import {
	findOnset,
	mulberry32,
} from "../../../../src-main/engine/drift/statistics/index.ts";

/*
 * A week of hourly counters in ten bins. From some hour on, a share of the events moves from
 * the lower half of the values to the upper half.
 */

type Week = {
	readonly seed: number;
	readonly rate: number;
	readonly hours?: number;
	/** The share of events that have moved, by hour. */
	readonly moved: (hour: number) => number;
};

const BINS = 10;

function onsetOf({ seed, rate, hours = 168, moved }: Week) {
	const random = mulberry32(seed);
	const counted = (events: number, share: number) => {
		const counts = new Float64Array(BINS);
		for (let event = 0; event < events; event++) {
			const value = random();
			const bin = Math.floor(
				(random() < share ? 0.5 + value / 2 : value) * BINS,
			);
			counts[bin] = (counts[bin] as number) + 1;
		}
		return counts;
	};
	const baseline = counted(rate * 336, 0);
	const week = Array.from({ length: hours }, (_none, hour) =>
		counted(Math.floor(random() * 2 * rate), moved(hour)),
	);
	return findOnset(baseline, week);
}

const seeds = Array.from({ length: 100 }, (_none, index) => index + 1);

describe("onset of a drift", () => {
	test.each([5, 30, 200])(
		"is not seen in a steady week of %d events an hour",
		(rate) => {
			const alarms = seeds.filter(
				(seed) => onsetOf({ seed, rate, moved: () => 0 }) !== null,
			);
			expect(alarms.length).toBeLessThanOrEqual(4);
		},
	);

	test("a step at 30 events an hour is placed within an hour", () => {
		const near = seeds.filter((seed) => {
			const onset = onsetOf({
				seed,
				rate: 30,
				moved: (hour) => (hour < 100 ? 0 : 0.6),
			});
			return onset !== null && Math.abs(onset.hour - 100) <= 1;
		});
		expect(near.length).toBeGreaterThanOrEqual(94);
	});

	test("a ramp is seen in its first half, and never before it began", () => {
		for (const seed of seeds.slice(0, 30)) {
			const onset = onsetOf({
				seed,
				rate: 50,
				moved: (hour) => Math.min(0.8, Math.max(0, ((hour - 60) / 60) * 0.8)),
			});
			expect(onset?.hour).toBeGreaterThanOrEqual(55);
			expect(onset?.hour).toBeLessThanOrEqual(90);
		}
	});

	test("a window that is drifted from its start has its onset there", () => {
		expect(onsetOf({ seed: 3, rate: 30, moved: () => 0.7 })?.hour).toBe(0);
	});

	test("the last hours of a window can hold it", () => {
		const onset = onsetOf({
			seed: 8,
			rate: 60,
			moved: (hour) => (hour < 164 ? 0 : 0.9),
		});
		expect(onset?.hour).toBe(164);
	});

	test("empty input and a single bin have none", () => {
		expect(findOnset([10, 20], [])).toBeNull();
		expect(findOnset([0, 0], [[0, 0]])).toBeNull();
		expect(findOnset([500], [[400], [300]])).toBeNull();
		expect(
			findOnset(
				[500, 500],
				[
					[0, 0],
					[0, 0],
				],
			),
		).toBeNull();
	});
});
