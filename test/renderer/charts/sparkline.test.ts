import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sparklineShape } from "../../../src-renderer/components/charts/sparkline-path.ts";

/** A sparkline stays in its box, breaks where a value is missing, and ends at the newest value. */
describe("sparkline", () => {
	test("breaks at a missing value", () => {
		const { path, last } = sparklineShape([0.1, 0.2, null, 0.1], 62, 20, 0.1);
		expect(path).toBe("M2 10L21.3 2M60 10");
		expect(last).toEqual({ x: 60, y: 10 });
	});

	test("keeps a calm model low: the scale reaches at least the threshold", () => {
		const { path, thresholdY } = sparklineShape([0, 0], 44, 20, 0.1);
		expect(path).toBe("M2 18L42 18");
		expect(thresholdY).toBe(4.7);
	});

	test("is empty without values", () => {
		expect(sparklineShape([], 60, 20, 0.1)).toMatchObject({
			path: "",
			last: null,
		});
		expect(sparklineShape([null], 60, 20, 0.1).path).toBe("");
	});

	test("stays in its box", () => {
		const value = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
		fc.assert(
			fc.property(fc.array(value, { maxLength: 40 }), (values) => {
				const { path } = sparklineShape(values, 72, 20, 0.1);
				for (const number of path.match(/-?\d+(\.\d+)?/g) ?? []) {
					expect(Number(number)).toBeGreaterThanOrEqual(0);
					expect(Number(number)).toBeLessThanOrEqual(72);
				}
				expect(path).not.toContain("NaN");
			}),
		);
	});
});
