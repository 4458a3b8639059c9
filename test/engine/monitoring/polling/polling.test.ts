import fc from "fast-check";
import { expect, test, vi } from "vitest";
import {
	gapBefore,
	pollDelay,
} from "../../../../src-main/engine/monitoring/polling/gap.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { testInProject } from "../../test-member.ts";
import { openMonitoring } from "../open-monitoring.ts";
import { fakeAlertmanager } from "./fake-alertmanager.ts";

/*
 * Every integration with an address is asked by itself, again and again; one that fails is
 * asked less often, and never less than every five minutes, or than its own interval. What
 * is changed is asked at once, what is removed no more, and a machine that slept asks when
 * it wakes.
 */

const second = 1_000;

test("the wait grows with the failures, within a tenth, up to five minutes; what answers slowly rests ten times as long", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 3_600 }),
			fc.integer({ min: 0, max: 1_000 }),
			fc.integer({ min: 0, max: 60_000 }),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(seconds, failures, tookMillis, draw) => {
				const interval = Math.max(
					seconds * second,
					Math.min(15 * second, 10 * tookMillis),
				);
				const longest = Math.max(interval, 300 * second);
				const wanted = Math.min(longest, interval * 2 ** failures);
				const delay = pollDelay(
					seconds * second,
					{ failures, tookMillis },
					draw,
				);
				expect(Math.abs(delay - wanted)).toBeLessThanOrEqual(wanted / 10 + 1);
			},
		),
	);
});

test.each([
	["the first answer ever", null, 7, null],
	["one interval late", 30, 7, null],
	["a minute away", 60, 7, { from: -120, to: 0 }],
	["an hour away", 3_600, 7, { from: -3_660, to: 0 }],
	["longer than is read", 10 * 86_400, 7, { from: -7 * 86_400, to: 0 }],
	["where nothing is read", 3_600, 0, null],
	["a clock that was set back", -3_600, 7, null],
])("%s", (_name, away, days, expected) => {
	const now = Date.UTC(2026, 0, 20);
	const gap = gapBefore(now, away === null ? null : now - away * second, {
		intervalMillis: 15 * second,
		historyMillis: days * 86_400 * second,
		isFirst: false,
	});
	expect(
		gap && {
			from: (gap.from - now) / second,
			to: (gap.to - now) / second,
		},
	).toEqual(expected);
});

test("half a minute is a gap when the engine was away, and none of a source that is slow", () => {
	const now = Date.UTC(2026, 0, 20);
	const gap = (isFirst: boolean) =>
		gapBefore(now, now - 30 * second, {
			intervalMillis: second,
			historyMillis: 86_400 * second,
			isFirst,
		});
	expect(gap(true)).toEqual({ from: now - 90 * second, to: now });
	expect(gap(false)).toBeNull();
});

test("by itself it asks what is there, what is changed, and nothing that is removed", async () => {
	const source = await fakeAlertmanager();
	const { add, monitoring, clock } = openMonitoring();
	const { id } = await add("alertmanager", { url: source.url });
	monitoring.polling.start();
	const asked = () =>
		source.requests.filter(({ path }) => path === "/api/v2/alerts").length;
	const passing = (count: number) =>
		vi.waitFor(
			() => {
				clock.pass(100);
				expect(asked()).toBe(count);
			},
			{ timeout: 10_000, interval: 20 },
		);
	await passing(1);
	const { tenant_id, project_id } = must(
		monitoring.integrationRepository.byId(id),
		"there",
	);
	const by = testInProject(tenant_id, project_id);
	await monitoring.integrations.update(by, id, {
		config: { receiver: "tocsin" },
	});
	await passing(2);
	monitoring.integrations.remove(by, id);
	clock.pass(3_600 * second);
	await monitoring.close();
	expect(asked()).toBe(2);
});

test("a machine that slept asks when it wakes", async () => {
	const source = await fakeAlertmanager();
	const { add, monitoring, clock } = openMonitoring();
	await add("alertmanager", {
		url: source.url,
		config: { pollIntervalSeconds: 3_600 },
	});
	monitoring.polling.start();
	const asked = (count: number, passes = 0) =>
		vi.waitFor(
			() => {
				clock.pass(passes);
				expect(source.requests.length).toBeGreaterThanOrEqual(count);
			},
			{ timeout: 10_000, interval: 20 },
		);
	await asked(2, 100);
	// The monotonic clock stands still while a machine sleeps.
	clock.jump(1_800 * second);
	await asked(4);
	await monitoring.close();
});
