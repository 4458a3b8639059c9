// Of one incident so many runs are taken within an hour, and the next when the first of them is an hour old.
import { expect, test } from "vitest";
import type { ActionRepository } from "../../../../src-main/engine/playbooks/actions/action-repository.ts";
import {
	RunLimits,
	runsPerHour,
} from "../../../../src-main/engine/playbooks/actions/run-limits.ts";

const hour = 3_600_000;

/** With runs at these times, asked at `now`. */
function check(times: readonly number[], now: number, scale = 1) {
	const records: Pick<ActionRepository, "timesSince"> = {
		timesSince: (_tenant, _incident, _kind, since, limit) =>
			times
				.filter((at) => at > since)
				.toSorted((one, other) => other - one)
				.slice(0, limit),
	};
	const limits = new RunLimits(records as ActionRepository, {
		now: () => now,
		monotonic: () => now,
	});
	limits.setScale(scale);
	return () => limits.check(1, "incident", "execution");
}

const most = runsPerHour.execution;
const runs = (count: number) =>
	Array.from({ length: count }, (_, index) => 1_000_000 + index * 60_000);

test.each([
	[most - 1, 1, null],
	[most, 1, most],
	[most * 2, 2, most * 2],
	[most * 2, 0, null],
	[1, 0.01, 1],
])("%i runs within the hour, the limit times %d", (count, scale, limit) => {
	const asked = check(runs(count), 2_500_000, scale);
	if (limit === null) expect(asked).not.toThrow();
	else {
		expect(asked).toThrowError(
			expect.objectContaining({
				code: "RATE_LIMITED",
				data: expect.objectContaining({ limit }),
			}),
		);
	}
});

test("one waits until the oldest is an hour old", () => {
	const asked = check(runs(most), 2_500_000);
	expect(asked).toThrowError(
		expect.objectContaining({
			data: {
				limit: most,
				retryAfterSeconds: (1_000_000 + hour - 2_500_000) / 1_000,
			},
		}),
	);
});
