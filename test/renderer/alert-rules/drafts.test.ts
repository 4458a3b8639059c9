import fc from "fast-check";
import { expect, test } from "vitest";
import {
	draftOf,
	movedBy,
	ruleOf,
	settingsOf,
} from "../../../src-renderer/features/alert-rules/rule-draft.ts";
import { previewWords } from "../../../src-renderer/features/alert-rules/rule-preview.tsx";
import {
	scheduleOf,
	weeklyWords,
	windowDraftOf,
} from "../../../src-renderer/features/alert-rules/window-draft.ts";
import { rule } from "./fake-alert-rules.ts";

/*
 * What is not changed in a form is saved as it was; moving a rule loses none and moves no other
 * out of order; words say what a schedule and an outcome mean.
 */

test("a rule that nobody changes is saved as it was", () => {
	const given = rule("a", {
		matchers: [
			{ on: "label", name: "cluster", operator: "=~", value: "west.*" },
			{ on: "field", name: "service", operator: "!=", value: "batch" },
		],
		severities: { page: 1, ticket: 4 },
		service: "checkout",
		stormLabels: [],
	});
	expect(ruleOf(draftOf(given))).toEqual(settingsOf(given));
});

test("a moved rule changes places with what it passes, and the others keep their order", () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }),
			fc.nat(),
			fc.integer({ min: -9, max: 9 }),
			(ids, at, by) => {
				const id = ids[at % ids.length] ?? "";
				const moved = movedBy(ids, id, by) ?? ids;
				const from = at % ids.length;
				const to = Math.max(0, Math.min(ids.length - 1, from + by));
				expect(moved.indexOf(id)).toBe(to);
				expect(moved.filter((each) => each !== id)).toEqual(
					ids.filter((each) => each !== id),
				);
			},
		),
	);
	expect(movedBy(["a"], "b", 1)).toBeNull();
});

test("a schedule in words", () => {
	const weekly = {
		kind: "weekly",
		timeZone: "Europe/Berlin",
		days: [0, 4, 1],
		startTime: "22:00",
		endTime: "02:00",
		from: null,
		until: null,
	} as const;
	const days = [...weekly.days];
	expect(weeklyWords({ ...weekly, days })).toBe(
		"Mon, Thu, Sun 22:00 to 02:00 the next day, Europe/Berlin",
	);
	expect(
		weeklyWords({ ...weekly, days: [0, 1, 2, 3, 4, 5, 6], startTime: "01:00" }),
	).toBe("Every day 01:00 to 02:00, Europe/Berlin");
});

test("a window has no schedule before both its ends are chosen", () => {
	const draft = windowDraftOf(null, "UTC");
	expect(scheduleOf(draft)).toBeNull();
	expect(
		scheduleOf({ ...draft, startsAt: new Date(1), endsAt: new Date(2) }),
	).toEqual({ kind: "once", startsAt: 1, endsAt: 2 });
	expect(scheduleOf({ ...draft, kind: "weekly" })).toMatchObject({
		timeZone: "UTC",
	});
});

test.each([
	[0, 0, 0, 0, "No alert came in that time."],
	[5, 0, 0, 0, "It takes 0 of 5 alerts."],
	[1, 1, 0, 1, "It takes 1 of 1 alert: 1 incident."],
	[9, 4, 4, 0, "It takes 4 of 9 alerts: no incident, and 4 without one."],
	[9, 4, 1, 2, "It takes 4 of 9 alerts: 2 incidents, and 1 without one."],
])(
	"%i alerts, %i taken, %i without, %i incidents: %s",
	(alerts, matched, withoutIncident, opened, words) => {
		const incidents = Array.from({ length: opened }, () => ({
			title: "Ada",
			severity: 1 as const,
			service: null,
			isStorm: false,
			alerts: 1,
			firstAt: 1,
			lastAt: 1,
			alertIds: [],
		}));
		expect(previewWords({ alerts, matched, withoutIncident, incidents })).toBe(
			words,
		);
	},
);
