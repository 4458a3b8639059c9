import fc from "fast-check";
import { expect, test } from "vitest";
import { AlertRuns } from "../../../../src-main/engine/monitoring/polling/alert-runs.ts";

/*
 * However history is cut into chunks, the runs are those of the whole: each moment at which
 * the alert fired is in exactly one run, and two runs never touch.
 */

const step = 15_000;
const labels = { alertname: "A" };

test("runs do not depend on how history is cut", () => {
	fc.assert(
		fc.property(
			fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
			fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1 }),
			(fires, sizes) => {
				const runs = new AlertRuns(step);
				const found: { from: number; to: number }[] = [];
				let at = 0;
				for (let chunk = 0; at < fires.length; chunk++) {
					const until = Math.min(
						fires.length,
						at + (sizes[chunk % sizes.length] ?? 1),
					);
					const moments = Array.from(
						{ length: until - at },
						(_, index) => at + index,
					).filter((index) => fires[index]);
					found.push(
						...runs.add(
							moments.length === 0
								? []
								: [{ labels, at: moments.map((index) => index * step) }],
							(until - 1) * step,
						),
					);
					at = until;
				}
				found.push(...runs.open);
				expect(found.map(({ from, to }) => [from / step, to / step])).toEqual(
					expectedRuns(fires),
				);
			},
		),
	);
});

function expectedRuns(fires: readonly boolean[]): [number, number][] {
	return fires.flatMap((one, index): [number, number][] => {
		if (!one || fires[index - 1] === true) return [];
		const end = fires.indexOf(false, index);
		return [[index, (end < 0 ? fires.length : end) - 1]];
	});
}
