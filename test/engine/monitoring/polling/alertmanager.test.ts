import { expect, test } from "vitest";
import type { AlertChange } from "../../../../src-main/engine/monitoring/alerts/alert-change.ts";
import { amAlert, amBody, here, tenant } from "../open-monitoring.ts";
import { fakeAlertmanager } from "./fake-alertmanager.ts";
import { polled } from "./polled.ts";

/*
 * An alert that Alertmanager lists and one that it sends are one episode, whichever comes
 * first. What it lists no more is ended, with the reason, once two whole answers agree and
 * nothing was heard of it lately: never after a failed answer, a partial one, or one of an
 * Alertmanager that has just started. What it silences is kept, marked and opens nothing.
 */

const labels = { alertname: "HighErrorRate", severity: "critical" };
const startsAt = "2026-01-20T12:00:00.123Z";
const minute = 60_000;

async function open(config = {}) {
	const source = await fakeAlertmanager();
	const heard: AlertChange[] = [];
	const service = await polled(
		"alertmanager",
		{ url: source.url, config },
		{
			correlate: (_transaction, _tenant, _project, changes) =>
				heard.push(...changes),
		},
	);
	return {
		source: source.state,
		server: source,
		...service,
		heard: () => heard.map(({ kind, alert }) => `${kind} ${alert.name}`),
		send: (alert: Record<string, unknown>) =>
			service.send(
				service.integration,
				amBody(amAlert({ labels, fingerprint: "087036d1e9d728e4", ...alert })),
			),
		statuses: () =>
			service.alerts().map(({ status, endsAt }) => [status, endsAt]),
	};
}

test("what is listed is stored as if it had been sent", async () => {
	const { source, poll, alerts, heard } = await open();
	source.alerts = [{ labels, startsAt, annotations: { summary: "Errors" } }];
	await poll();
	await poll(15_000);
	expect(alerts()).toMatchObject([
		{
			name: "HighErrorRate",
			status: "firing",
			severity: 1,
			summary: "Errors",
			startsAt: Date.parse(startsAt),
			fingerprint: "087036d1e9d728e4",
			suppressedBy: null,
			times: 1,
		},
	]);
	expect(heard()).toEqual(["fired HighErrorRate"]);
});

test("sent first and listed later, or the other way round, it is one", async () => {
	const one = await open();
	one.source.alerts = [{ labels, startsAt }];
	await one.send({ startsAt: "2026-01-20T12:00:00.123456789Z" });
	await one.poll();
	expect(one.alerts()).toHaveLength(1);
	const other = await open();
	other.source.alerts = [{ labels, startsAt }];
	await other.poll();
	await other.send({ startsAt: "2026-01-20T12:00:00.123456789Z" });
	await other.send({
		startsAt: "2026-01-20T12:00:00.123456789Z",
		endsAt: "2026-01-20T12:30:00Z",
		status: "resolved",
	});
	expect(other.statuses()).toEqual([
		["resolved", Date.parse("2026-01-20T12:30:00Z")],
	]);
});

test("what is listed no more is over when two whole answers say so", async () => {
	const { source, poll, alerts, statuses, clock, monitoring } = await open();
	source.alerts = [{ labels, startsAt }];
	await poll();
	source.alerts = [];
	await poll(2 * minute);
	const missed = clock.now();
	expect(statuses()).toEqual([["firing", null]]);
	await poll(15_000);
	expect(statuses()).toEqual([["resolved", missed]]);
	const { events } = monitoring.alerts.get(here, alerts()[0]?.id ?? "");
	expect(events.at(-1)).toMatchObject({
		kind: "resolved",
		detail: { because: "the source does not list it any more" },
	});
});

test("nothing is over within the grace after it was told of", async () => {
	const { source, poll, statuses, send } = await open();
	await send({});
	await poll(10_000);
	await poll(15_000);
	await poll(15_000);
	expect(statuses()).toEqual([["firing", null]]);
	await poll(30_000);
	expect(statuses()).toMatchObject([["resolved", expect.any(Number)]]);
	expect(source.alerts).toEqual([]);
});

test.each([
	["answers 500", () => ({ status: 500, text: "boom" })],
	["hangs up", () => "hang-up" as const],
	["answers no JSON", () => ({ text: "<html>" })],
	["answers no list", () => ({ json: { alerts: [] } })],
])("nothing is over when it %s", async (_name, instead) => {
	const { source, poll, statuses, health } = await open();
	source.alerts = [{ labels, startsAt }];
	await poll();
	source.instead = instead;
	for (let count = 0; count < 4; count++) await poll(2 * minute);
	expect(statuses()).toEqual([["firing", null]]);
	expect(health()).toMatchObject({
		status: "failing",
		consecutiveFailures: 4,
		lastError: expect.stringMatching(/\w/),
	});
	source.instead = null;
	await poll(2 * minute);
	expect(health()).toMatchObject({
		status: "ok",
		consecutiveFailures: 0,
		lastError: null,
	});
});

test("nothing is over by an answer that cannot be read whole", async () => {
	const { source, poll, statuses } = await open();
	source.alerts = [{ labels, startsAt }];
	await poll();
	source.alerts = [{ labels: { alertname: "Odd" }, startsAt: "yesterday" }];
	await poll(2 * minute);
	await poll(2 * minute);
	expect(statuses()).toEqual([["firing", null]]);
});

test("nothing is over when Alertmanager has just started and knows little again", async () => {
	const { source, poll, statuses, clock } = await open();
	source.alerts = [{ labels, startsAt }];
	await poll();
	source.alerts = [];
	source.startedAt = new Date(clock.now() + minute).toISOString();
	await poll(2 * minute);
	await poll(2 * minute);
	expect(statuses()).toEqual([["firing", null]]);
});

test("what is silenced is stored, marked, told to nobody, and told of when it is heard again", async () => {
	const { source, poll, alerts, heard, feed } = await open();
	source.alerts = [{ labels, startsAt, silencedBy: ["s-1"] }];
	await poll();
	expect(alerts()).toMatchObject([
		{ status: "firing", suppressedBy: "At the source: silenced by s-1" },
	]);
	expect(heard()).toEqual([]);
	expect(feed.after(tenant, 0, 10)).toEqual([]);
	source.alerts = [{ labels, startsAt }];
	await poll(15_000);
	expect(alerts()).toMatchObject([{ suppressedBy: null }]);
	expect(heard()).toEqual(["fired HighErrorRate"]);
	source.alerts = [{ labels, startsAt, inhibitedBy: ["abc"] }];
	await poll(15_000);
	expect(alerts()).toMatchObject([
		{ suppressedBy: "At the source: inhibited by abc" },
	]);
});

test("its credentials go with the question, and its receiver's pattern", async () => {
	const source = await fakeAlertmanager();
	const { poll } = await polled("alertmanager", {
		url: `${source.url}/`,
		apiKey: "the-key",
		config: { receiver: "tocsin.*" },
	});
	await poll();
	expect(source.requests[0]).toMatchObject({
		path: "/api/v2/alerts",
		headers: { authorization: "Bearer the-key" },
	});
	expect(source.requests[0]?.query.get("receiver")).toBe("tocsin.*");
});

test("one without an address, of another type, or told not to be asked is not asked", async () => {
	const source = await fakeAlertmanager();
	for (const [type, input] of [
		["alertmanager", { url: null }],
		["generic", { url: source.url }],
		["alertmanager", { url: source.url, config: { poll: false } }],
	] as const) {
		const { poll, monitoring, integration } = await polled(type, input);
		await poll();
		expect(
			monitoring.integrations.get(here, integration.id).polling,
		).toBeNull();
	}
	expect(source.requests).toEqual([]);
});
