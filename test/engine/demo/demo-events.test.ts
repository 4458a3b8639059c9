// What the demo draws for an hour depends on the hour's place in the history alone: a longer
// history begins with the very events of a shorter one, and every event is a good one.
import { describe, expect, test } from "vitest";
import { accountTakeover } from "../../../src-main/engine/demo/account-takeover.ts";
import { cardFraud } from "../../../src-main/engine/demo/card-fraud.ts";
import { chargebackRisk } from "../../../src-main/engine/demo/chargeback-risk.ts";
import {
	type DemoEvent,
	demoEvents,
} from "../../../src-main/engine/demo/demo-events.ts";
import {
	centsBeginAt,
	dayMillis,
	historyEnd,
	historyStart,
	hourMillis,
} from "../../../src-main/engine/demo/demo-story.ts";
import { Draws } from "../../../src-main/engine/demo/draws.ts";
import { checkPredictionEvent } from "../../../src-main/engine/predictions/index.ts";

const now = Date.UTC(2026, 2, 12, 9, 41);
const start = historyStart(now);
const end = historyEnd(start, now);

describe.each([cardFraud, accountTakeover, chargebackRisk])(
	"events of $modelId",
	(model) => {
		const events = [...demoEvents(model, start, end)];

		test("are good, in order, unique and within the history", () => {
			let last = start;
			for (const { time, body } of events) {
				expect(checkPredictionEvent(body)).toMatchObject({
					ok: true,
					value: { eventTime: time },
				});
				expect(time).toBeGreaterThanOrEqual(last);
				expect(body.score).toBeGreaterThanOrEqual(0);
				expect(body.score).toBeLessThanOrEqual(1);
				last = time;
			}
			expect(last).toBeLessThan(end);
			expect(new Set(events.map(({ body }) => body.event_id)).size).toBe(
				events.length,
			);
			expect(events.length).toBeGreaterThan(15_000);
		});

		test("begin like those of a shorter history", () => {
			const shorter = [...demoEvents(model, start, start + 9 * dayMillis)];
			expect(events.slice(0, shorter.length)).toEqual(shorter);
		});

		test("lack some values and have numbers and words", () => {
			const kinds = new Set(
				events.flatMap(({ body }) =>
					Object.values(body.features).map((value) =>
						value === null ? "missing" : typeof value,
					),
				),
			);
			expect(kinds).toEqual(
				new Set(["number", "string", "boolean", "missing"]),
			);
		});
	},
);

test("northpay's amounts are in cents from the hour of the story, and no others", () => {
	const cents = centsBeginAt(start);
	const medianOf = (isIn: (event: DemoEvent) => boolean) => {
		const amounts = [...demoEvents(cardFraud, start, end)]
			.filter(isIn)
			.map(({ body }) => Number(body.features.amount))
			.sort((a, b) => a - b);
		return amounts[amounts.length >> 1] ?? Number.NaN;
	};
	const isNorthpay = ({ body }: DemoEvent) =>
		body.features.payment_provider === "northpay";
	const before = medianOf((event) => isNorthpay(event) && event.time < cents);
	const after = medianOf((event) => isNorthpay(event) && event.time >= cents);
	const others = medianOf((event) => !isNorthpay(event) && event.time >= cents);
	expect(after / before).toBeGreaterThan(85);
	expect(after / before).toBeLessThan(115);
	expect(others / before).toBeGreaterThan(0.85);
	expect(others / before).toBeLessThan(1.15);
});

test("takeovers swing with the hour of the day", () => {
	const scores = { night: [0, 0], noon: [0, 0] };
	for (const { time, body } of demoEvents(accountTakeover, start, end)) {
		const hour = Math.floor((time % dayMillis) / hourMillis);
		const part = hour < 6 ? "night" : hour >= 11 && hour < 17 ? "noon" : null;
		if (part === null) continue;
		scores[part][0] = (scores[part][0] ?? 0) + body.score;
		scores[part][1] = (scores[part][1] ?? 0) + 1;
	}
	const mean = ([sum, count]: number[]) => (sum ?? 0) / (count ?? 1);
	expect(mean(scores.night)).toBeGreaterThan(2.5 * mean(scores.noon));
});

test("draws follow their laws", () => {
	const draws = new Draws(7);
	const n = 20_000;
	const meanOf = (draw: () => number) =>
		Array.from({ length: n }, draw).reduce((sum, value) => sum + value, 0) / n;
	expect(meanOf(() => draws.normal())).toBeCloseTo(0, 1);
	expect(meanOf(() => draws.normal() ** 2)).toBeCloseTo(1, 1);
	expect(meanOf(() => draws.poisson(20)) / 20).toBeCloseTo(1, 1);
	expect(
		meanOf(() =>
			Number(
				draws.among([
					["a", 3],
					["b", 1],
				]) === "b",
			),
		),
	).toBeCloseTo(0.25, 1);
});
