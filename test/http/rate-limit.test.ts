// Whenever a request comes, the seconds until its window ends are whole, at least 1 and at
// most the window's length, also on a clock with fractions of a millisecond, on which adding
// a duration and taking the start away again can give a hair more than the duration. What is
// refused in a window is let in at the latest when the seconds that it was told are over.
import fc from "fast-check";
import type { FastifyReply } from "fastify";
import { expect, test } from "vitest";
import { EngineError } from "../../src-main/engine/errors.ts";
import { RateLimiter } from "../../src-main/http/rate-limit.ts";
import { testPorts } from "../engine/test-ports.ts";

const limit = { name: "test", requests: 1, windowSeconds: 60 } as const;

/** A limiter on a clock set by hand; `take` answers the seconds and whether it was refused. */
function open(start: number) {
	let now = start;
	const clock = { ...testPorts().clock, monotonic: () => now };
	const limiter = new RateLimiter({ ...limit, reset: "delta" }, 1, clock);
	return {
		pass: (millis: number) => {
			now += millis;
		},
		take: () => {
			let told: Readonly<Record<string, unknown>> = {};
			const reply = {
				headers: (given: typeof told) => {
					told = given;
				},
			} as unknown as FastifyReply;
			let refusal: EngineError | null = null;
			try {
				limiter.take("somebody", reply);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				refusal = error;
			}
			return { seconds: Number(told["x-ratelimit-reset"]), refusal };
		},
	};
}

const instants = fc.double({
	min: 0,
	max: 1e12,
	noNaN: true,
	noDefaultInfinity: true,
});
const millis = fc.double({
	min: 0,
	max: 200_000,
	noNaN: true,
	noDefaultInfinity: true,
});

test("the seconds left are 1 to 60, and enough", () => {
	fc.assert(
		fc.property(
			instants,
			fc.array(millis, { maxLength: 10 }),
			(start, gaps) => {
				const { take, pass } = open(start);
				for (const gap of [0, ...gaps]) {
					pass(gap);
					const { seconds, refusal } = take();
					expect(Number.isInteger(seconds)).toBe(true);
					expect(seconds).toBeGreaterThanOrEqual(1);
					expect(seconds).toBeLessThanOrEqual(60);
					if (refusal === null) continue;
					expect(refusal.data).toMatchObject({ retryAfterSeconds: seconds });
					// A hair more, for a clock that cannot hold the sum.
					pass(seconds * 1000 + 1);
					expect(take().refusal).toBeNull();
				}
			},
		),
	);
});

test("a clock on which the sum is not exact", () => {
	const starts = Array.from({ length: 1_000 }, (_, at) => 6_000 + at * 1.1);
	expect(starts.some((now) => now + 60_000 - now > 60_000)).toBe(true);
	expect(new Set(starts.map((start) => open(start).take().seconds))).toEqual(
		new Set([60]),
	);
});

test.each(["delta", "epoch"] as const)(
	"so many are let in and counted down, and the next window begins anew (%s)",
	(reset) => {
		let now = 1_000;
		const clock = { now: () => 9_000_000, monotonic: () => now };
		const limiter = new RateLimiter({ ...limit, requests: 3, reset }, 1, clock);
		const take = () => {
			let told: Readonly<Record<string, unknown>> = {};
			const reply = {
				headers: (given: typeof told) => {
					told = given;
				},
			} as unknown as FastifyReply;
			try {
				limiter.take("somebody", reply);
				return [told["x-ratelimit-remaining"], told["x-ratelimit-reset"]];
			} catch {
				return "refused";
			}
		};
		const end = reset === "delta" ? 60 : 9_060;
		const whole = [[2, end], [1, end], [0, end], "refused"];
		expect([take(), take(), take(), take()]).toEqual(whole);
		now += 59_999;
		expect(take()).toBe("refused");
		now += 1;
		expect([take(), take(), take(), take()]).toEqual(whole);
	},
);
