import { expect, test } from "vitest";
import type { AlertChange } from "../../../../src-main/engine/monitoring/alerts/alert-change.ts";
import { amAlert, amBody, tenant } from "../open-monitoring.ts";
import { fakePrometheus } from "./fake-prometheus.ts";
import { polled } from "./polled.ts";

/*
 * What fired and was over while nobody looked is rebuilt from the history of Prometheus:
 * marked, its ends within a step, opening nothing, with one note in the feed. What is known
 * by then is not doubled, however often it is read, and where it was stopped it goes on.
 */

const second = 1_000;
const minute = 60 * second;
const step = 15 * second;
const labels = { alertname: "DiskFull", severity: "warning", instance: "db-1" };

async function open(options: { folder?: string } = {}) {
	const source = await fakePrometheus();
	source.state.rules = [
		{
			name: "DiskFull",
			annotations: {
				summary: "Disk of {{ $labels.instance }} is full",
				description: "{{ $value }} left",
			},
		},
	];
	const heard: AlertChange[] = [];
	const service = await polled(
		"prometheus",
		{ url: source.url },
		{
			...options,
			correlate: (_transaction, _tenant, _project, changes) =>
				heard.push(...changes),
		},
	);
	return {
		source: source.state,
		requests: source.requests,
		heard: () => heard.map(({ kind }) => kind),
		...service,
		notes: () =>
			service.feed
				.after(tenant, 0, 100)
				.filter(({ type }) => type === "alerts.backfilled")
				.map(({ data }) => data),
	};
}

test("what fired and was over in the gap is there, marked, within a step", async () => {
	const { source, poll, clock, alerts, heard, notes, health } = await open();
	await poll();
	const left = clock.now();
	const from = left + 10 * minute + 3_217;
	const to = from + 4 * minute;
	source.history = [{ labels, from, to }];
	await poll(60 * minute);
	const [alert, ...others] = alerts();
	expect(others).toEqual([]);
	expect(alert).toMatchObject({
		name: "DiskFull",
		status: "resolved",
		isBackfilled: true,
		severity: 3,
		summary: "Disk of db-1 is full",
		description: "",
		incidentId: null,
	});
	expect(Math.abs((alert?.startsAt ?? 0) - from)).toBeLessThanOrEqual(step);
	expect(Math.abs((alert?.endsAt ?? 0) - to)).toBeLessThanOrEqual(step);
	expect(heard()).toEqual(["imported"]);
	expect(notes()).toMatchObject([
		{
			count: 1,
			ended: 0,
			text: expect.stringMatching(
				/^Backfilled 1 alert between 2026-.* and 2026-/,
			),
		},
	]);
	expect(health().backfill).toMatchObject({ status: "done", stored: 1 });
});

test("nothing is read where there was no gap, nor of the time before the first answer", async () => {
	const { source, poll, clock, alerts, notes } = await open();
	source.history = [
		{ labels, from: clock.now() - 30 * minute, to: clock.now() - 20 * minute },
	];
	await poll();
	for (let count = 0; count < 10; count++) await poll(15 * second);
	expect(alerts()).toEqual([]);
	expect(notes()).toEqual([]);
});

test("read twice, and read over what is known, it stores nothing twice", async () => {
	const { source, poll, clock, alerts, notes } = await open();
	await poll();
	const left = clock.now();
	source.history = [
		{ labels, from: left + 5 * minute, to: left + 6 * minute },
		{ labels, from: left + 9 * minute, to: left + 12 * minute },
	];
	await poll(20 * minute);
	const before = alerts();
	expect(before).toHaveLength(2);
	// The wall clock is set back and ahead again: the same stretch once more.
	clock.jump(-20 * minute);
	await poll(15 * second);
	clock.jump(20 * minute);
	await poll(15 * second);
	expect(notes()).toMatchObject([{ count: 2 }, { count: 0 }]);
	expect(alerts()).toEqual(before);
});

test("an episode that the webhook told of is not doubled", async () => {
	const { source, poll, clock, alerts, send, integration } = await open();
	await poll();
	const from = clock.now() + 5 * minute;
	const to = from + 3 * minute;
	clock.pass(10 * minute);
	await send(
		integration,
		amBody(
			amAlert({
				labels,
				fingerprint: "a".repeat(16),
				startsAt: new Date(from).toISOString(),
			}),
		),
	);
	const { alertmanagerFingerprint } = await import(
		"../../../../src-main/engine/monitoring/polling/label-fingerprint.ts"
	);
	await send(
		integration,
		amBody(
			amAlert({
				labels,
				fingerprint: alertmanagerFingerprint(labels),
				startsAt: new Date(from + 2_500).toISOString(),
				endsAt: new Date(to).toISOString(),
				status: "resolved",
			}),
		),
	);
	source.history = [{ labels, from: from + 2_500, to }];
	await poll(10 * minute);
	// The first is another alert, by its fingerprint.
	expect(alerts().map(({ isBackfilled }) => isBackfilled)).toEqual([
		false,
		false,
	]);
});

test("one that fired when Tocsin left ends when its history says", async () => {
	const { source, poll, clock, alerts, heard, notes } = await open();
	const startedAt = clock.now() - 5 * minute;
	source.alerts = [
		{ labels, state: "firing", activeAt: new Date(startedAt).toISOString() },
	];
	await poll();
	const to = clock.now() + 7 * minute;
	source.alerts = [];
	source.history = [{ labels, from: startedAt, to }];
	await poll(30 * minute);
	const [alert, ...others] = alerts();
	expect(others).toEqual([]);
	expect(alert).toMatchObject({ status: "resolved", isBackfilled: false });
	expect(Math.abs((alert?.endsAt ?? 0) - to)).toBeLessThanOrEqual(step);
	expect(heard()).toEqual(["fired", "resolved"]);
	expect(notes()).toMatchObject([{ count: 0, ended: 1 }]);
});

test("one that fires again now is told of as firing, and its earlier episode as over", async () => {
	const { source, poll, clock, alerts } = await open();
	await poll();
	const left = clock.now();
	const again = left + 25 * minute;
	source.history = [
		{ labels, from: left + 5 * minute, to: left + 8 * minute },
		{ labels, from: again, to: left + 24 * 60 * minute },
	];
	source.alerts = [
		{ labels, state: "firing", activeAt: new Date(again).toISOString() },
	];
	await poll(30 * minute);
	await poll(15 * second);
	expect(
		alerts()
			.map(({ status, isBackfilled }) => `${status} ${isBackfilled}`)
			.toSorted(),
	).toEqual(["firing false", "resolved true"]);
});

test("a hole in the history of one that still fires is no end", async () => {
	const { source, poll, clock, alerts } = await open();
	const since = clock.now() - 5 * minute;
	source.alerts = [
		{ labels, state: "firing", activeAt: new Date(since).toISOString() },
	];
	await poll();
	const left = clock.now();
	source.history = [
		{ labels, from: since, to: left + 5 * minute },
		{ labels, from: left + 8 * minute, to: left + 60 * minute },
	];
	await poll(30 * minute);
	expect(alerts()).toMatchObject([{ status: "firing", times: 1 }]);
});

test("a week is read in chunks of fewer than 11,000 moments; what is stopped goes on where it was", async () => {
	const { source, requests, poll, clock, alerts, notes, health } = await open();
	await poll();
	const left = clock.now();
	const day = 24 * 60 * minute;
	source.history = [1, 3, 5].map((days) => ({
		labels,
		from: left + days * day,
		to: left + days * day + 10 * minute,
	}));
	let answered = 0;
	source.instead = ({ path }) =>
		path === "/api/v1/query_range" && ++answered > 14
			? { status: 503, text: "busy" }
			: null;
	await poll(6.5 * day);
	expect(health().backfill).toMatchObject({
		status: "running",
		lastError: expect.stringContaining("503"),
	});
	expect(alerts()).toHaveLength(2);
	const asked = requests.length;
	source.instead = null;
	await poll(45 * second);
	expect(health().backfill).toMatchObject({ status: "done", stored: 3 });
	expect(alerts()).toHaveLength(3);
	expect(notes()).toHaveLength(1);
	const again = requests
		.slice(asked)
		.filter(({ path }) => path === "/api/v1/query_range");
	const starts = again.map(({ query }) => Number(query.get("start")) * second);
	expect(Math.min(...starts)).toBeGreaterThan(left + 2 * day);
});

test("stopped while an alert fires, it goes on where that one began", async () => {
	const { source, poll, clock, alerts, health } = await open();
	await poll();
	const left = clock.now();
	// A chunk is six hours: this one is in two.
	const from = left + 5.5 * 60 * minute;
	const to = left + 7 * 60 * minute;
	source.history = [{ labels, from, to }];
	let answered = 0;
	source.instead = ({ path }) =>
		path === "/api/v1/query_range" && ++answered > 1
			? { status: 503, text: "busy" }
			: null;
	await poll(9 * 60 * minute);
	expect(health().backfill).toMatchObject({ status: "running" });
	expect(alerts()).toEqual([]);
	source.instead = null;
	await poll(45 * second);
	expect(health().backfill).toMatchObject({ status: "done", stored: 1 });
	const [alert, ...others] = alerts();
	expect(others).toEqual([]);
	expect(Math.abs((alert?.startsAt ?? 0) - from)).toBeLessThanOrEqual(step);
	expect(Math.abs((alert?.endsAt ?? 0) - to)).toBeLessThanOrEqual(step);
});

test("an answer that is too long is asked for in smaller pieces", async () => {
	const { source, poll, clock, alerts, requests } = await open();
	await poll();
	const left = clock.now();
	source.history = [
		{ labels, from: left + 5 * minute, to: left + 20 * minute },
	];
	source.instead = ({ path, query }) => {
		const span = Number(query.get("end")) - Number(query.get("start"));
		return path === "/api/v1/query_range" && span > 600
			? { text: `"${"x".repeat(9_000_000)}"` }
			: null;
	};
	await poll(60 * minute);
	expect(alerts()).toMatchObject([{ status: "resolved", isBackfilled: true }]);
	expect(requests.length).toBeGreaterThan(5);
});

test("history that is refused is given up, said so, and keeps nothing from being ended", async () => {
	const { source, poll, clock, alerts, health } = await open();
	source.alerts = [
		{ labels, state: "firing", activeAt: new Date(clock.now()).toISOString() },
	];
	await poll();
	source.alerts = [];
	source.instead = ({ path }) =>
		path === "/api/v1/query_range" ? { status: 403, text: "no" } : null;
	await poll(30 * minute);
	expect(health().backfill).toMatchObject({
		status: "given_up",
		lastError: expect.stringContaining("403"),
	});
	await poll(30 * second);
	await poll(30 * second);
	expect(alerts()).toMatchObject([{ status: "resolved" }]);
});
