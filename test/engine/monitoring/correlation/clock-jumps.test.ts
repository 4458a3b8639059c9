// A wall clock that is set, back or ahead, loses no alert and resolves nothing: what waits to
// be resolved waits as long as it would have, and what fires is placed or kept quiet by what
// the clock says then.

import { expect, test } from "vitest";
import { here } from "../open-monitoring.ts";
import { alert, amBody, openCorrelation, over } from "./open-correlation.ts";

const minute = 60_000;
const hour = 60 * minute;

async function opened() {
	const all = openCorrelation();
	const source = await all.add("alertmanager");
	return {
		...all,
		fire: (...alerts: unknown[]) => all.send(source, amBody(...alerts)),
		/** Sets the wall clock; no time passes. */
		jump: (millis: number) => {
			all.clock.jump(millis);
			all.correlation.tick();
		},
	};
}

const jumps: [string, number][] = [
	["an hour back", -hour],
	["ten seconds back", -10_000],
	["ten minutes ahead", 10 * minute],
	["a day ahead", 24 * hour],
];

test.each(jumps)("%s resolves nothing that fires", async (_, millis) => {
	const { fire, jump, pass, open } = await opened();
	await fire(alert("Down", { service: "s" }));
	jump(millis);
	pass(30 * minute);
	expect(open()).toHaveLength(1);
});

test.each(jumps)(
	"%s leaves what is over the time that it has to stay so",
	async (_, millis) => {
		const { fire, jump, pass, open } = await opened();
		const down = alert("Down", { service: "s" });
		await fire(down);
		await fire(over(down));
		pass(2 * minute);
		jump(millis);
		expect(open()).toHaveLength(1);
		pass(2 * minute);
		expect(open()).toHaveLength(1);
		pass(minute);
		expect(open()).toHaveLength(0);
	},
);

test.each(jumps)(
	"what is over between %s and the next look waits too",
	async (_, millis) => {
		const { fire, clock, pass, open } = await opened();
		const down = alert("Down", { service: "s" });
		await fire(down);
		clock.jump(millis);
		await fire(over(down));
		pass(4 * minute);
		expect(open()).toHaveLength(1);
		pass(minute);
		expect(open()).toHaveLength(0);
	},
);

test.each(jumps)("%s loses no alert that comes after it", async (_, millis) => {
	const { fire, jump, open, alerts } = await opened();
	const down = alert("Down", { service: "s" });
	await fire(down, alert("Mild", { service: "t", severity: "info" }));
	await fire(over(down));
	jump(millis);
	// The same episode again, its group again, a waiting one's group, and a new one.
	await fire(down);
	await fire(
		alert("Grave", { service: "t" }),
		alert("Other", { service: "u" }),
	);
	const where = Object.fromEntries(
		alerts().map(({ name, incidentId }) => [name, incidentId]),
	);
	const ids = open().map(({ id }) => id);
	for (const name of ["Down", "Grave", "Other"]) {
		expect(ids, name).toContain(where[name]);
	}
	expect(alerts().find(({ name }) => name === "Down")?.status).toBe("firing");
});

test.each(jumps)(
	"%s leaves a mute until its end by the clock",
	async (_, millis) => {
		const { fire, jump, open, alerts, clock, correlation } = await opened();
		const endsAt = clock.now() + hour;
		correlation.quiet.addMute(here, {
			matchers: [{ on: "field", name: "service", operator: "=", value: "s" }],
			reason: "x",
			endsAt,
		});
		await fire(alert("Muted", { service: "s" }));
		jump(millis);
		const isOver = clock.now() >= endsAt;
		expect(open()).toHaveLength(isOver ? 1 : 0);
		expect(alerts()[0]?.suppressedBy === null).toBe(isOver);
		jump(endsAt - clock.now());
		expect(open()).toHaveLength(1);
		expect(alerts()).toMatchObject([{ incidentId: open()[0]?.id }]);
	},
);
