// What a mute or a maintenance window keeps quiet is stored, says what keeps it quiet and
// opens no incident; when that ends and the alert still fires, it is correlated then, also
// after a restart.

import { expect, test } from "vitest";
import { newMaintenanceWindow } from "../../../../src-shared/contract/index.ts";
import { here } from "../open-monitoring.ts";
import { alert, amBody, openCorrelation, over } from "./open-correlation.ts";

const minute = 60_000;
const onS = [
	{ on: "label" as const, name: "service", operator: "=" as const, value: "s" },
];

async function opened(folder?: string) {
	const all = openCorrelation(folder === undefined ? {} : { folder });
	const source = await all.add("alertmanager");
	return {
		...all,
		source,
		fire: (...alerts: unknown[]) => all.send(source, amBody(...alerts)),
	};
}

test("a mute keeps what matches quiet, and its end opens the incident", async () => {
	const { fire, open, alerts, correlation, clock, pass } = await opened();
	correlation.quiet.addMute(here, {
		matchers: onS,
		reason: "we know",
		endsAt: clock.now() + 10 * minute,
	});
	await fire(alert("A", { service: "s" }), alert("B", { service: "t" }));
	expect(open().map(({ title }) => title)).toEqual(["B on t"]);
	expect(alerts()[0]).toMatchObject({
		suppressedBy: "Muted: we know",
		incidentId: null,
	});
	expect(correlation.quiet.mutes(here)[0]).toMatchObject({
		quiet: 1,
	});
	pass(9 * minute);
	expect(open()).toHaveLength(1);
	pass(minute);
	expect(open().map(({ title }) => title)).toEqual(["B on t", "A on s"]);
	expect(alerts()[0]).toMatchObject({ suppressedBy: null });
});

test("what is resolved meanwhile opens nothing", async () => {
	const { fire, open, correlation, clock, pass } = await opened();
	correlation.quiet.addMute(here, {
		matchers: onS,
		reason: "x",
		endsAt: clock.now() + minute,
	});
	const one = alert("A", { service: "s" });
	await fire(one);
	await fire(over(one));
	pass(2 * minute);
	expect(open()).toEqual([]);
});

test("ended by hand, it is correlated at once; what another keeps quiet stays so", async () => {
	const { fire, open, correlation, alerts } = await opened();
	const first = correlation.quiet.addMute(here, {
		matchers: onS,
		reason: "one",
		endsAt: null,
	});
	const second = correlation.quiet.addMute(here, {
		matchers: onS,
		reason: "two",
		endsAt: null,
	});
	await fire(alert("A", { service: "s" }));
	for (const { id } of [first, second]) {
		expect(open()).toEqual([]);
		expect(alerts()[0]?.suppressedBy).not.toBeNull();
		correlation.quiet.endMute(here, id);
	}
	expect(open()).toHaveLength(1);
});

test("a window that was open at a restart ends when it should", async () => {
	const first = await opened();
	first.correlation.quiet.addWindow(
		here,
		newMaintenanceWindow.parse({
			name: "Move",
			schedule: {
				kind: "once",
				startsAt: first.clock.now() - minute,
				endsAt: first.clock.now() + minute,
			},
		}),
	);
	await first.fire(alert("A", { service: "s" }));
	expect(first.alerts()[0]?.suppressedBy).toBe("Maintenance: Move");
	first.close();
	const second = openCorrelation({ folder: first.folder });
	second.correlation.tick();
	expect(second.open()).toEqual([]);
	second.pass(minute);
	expect(second.open()).toMatchObject([{ title: "A on s" }]);
});

test("turned off or taken away, a window keeps nothing quiet", async () => {
	const { fire, open, correlation, clock } = await opened();
	const { id } = correlation.quiet.addWindow(
		here,
		newMaintenanceWindow.parse({
			name: "Move",
			schedule: {
				kind: "once",
				startsAt: 0,
				endsAt: clock.now() + 60 * minute,
			},
		}),
	);
	await fire(alert("A", { service: "s" }));
	correlation.quiet.updateWindow(here, id, { isEnabled: false });
	expect(open()).toHaveLength(1);
	correlation.quiet.updateWindow(here, id, { isEnabled: true });
	await fire(alert("A", { service: "t" }));
	expect(open()).toHaveLength(1);
	correlation.quiet.removeWindow(here, id);
	expect(open()).toHaveLength(2);
	expect(() => correlation.quiet.removeWindow(here, id)).toThrow(/No such/);
});

test("accepting what is kept quiet opens its incident", async () => {
	const { fire, open, correlation, alerts, monitoring } = await opened();
	correlation.quiet.addMute(here, {
		matchers: onS,
		reason: "x",
		endsAt: null,
	});
	await fire(alert("A", { service: "s" }));
	monitoring.alerts.act(here, [alerts()[0]?.id ?? ""], {
		kind: "accept",
	});
	expect(open()).toMatchObject([{ title: "A on s" }]);
	expect(alerts()[0]).toMatchObject({
		suppressedBy: null,
		incidentId: open()[0]?.id,
	});
});
