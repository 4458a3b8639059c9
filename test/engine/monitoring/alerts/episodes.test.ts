// One row of the inbox is one episode of an alert: told of again, it is counted; resolved, it
// is over; what is older than what is known changes nothing; what a later notification leaves
// out stays. What became of an episode is only ever added to. None is lost: an end that was
// never told, or a beginning that came late, makes an episode of its own.
import { describe, expect, test } from "vitest";
import { failCommits } from "../../failing-commit.ts";
import {
	amAlert,
	amBody,
	here,
	openMonitoring,
	project,
	tenant,
} from "../open-monitoring.ts";

function kinds(
	opened: Pick<ReturnType<typeof openMonitoring>, "monitoring">,
	id: string,
) {
	return opened.monitoring.alerts.get(here, id).events.map(({ kind }) => kind);
}

const resolved = {
	status: "resolved",
	endsAt: "2026-01-20T12:30:00Z",
};

describe("alerts of a source that repeats their beginning", () => {
	test("told again are counted and stay one", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		const first = await opened.send(source, amBody(amAlert()));
		const again = await opened.send(source, amBody(amAlert(), amAlert()));
		expect([first, again]).toMatchObject([
			{ received: 1, created: 1, changed: 0 },
			{ received: 2, created: 0, changed: 0 },
		]);
		const [alert, ...others] = opened.alerts();
		expect(others).toEqual([]);
		expect(alert).toMatchObject({
			name: "HighErrorRate",
			status: "firing",
			severity: 1,
			times: 3,
			endsAt: null,
			startsAt: Date.UTC(2026, 0, 20, 12, 0, 0, 123),
			integrationName: "The alertmanager",
		});
		expect(kinds(opened, alert?.id ?? "")).toEqual(["fired"]);
	});

	test("end with their resolution, and keep the annotations that it leaves out", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert()));
		await opened.send(
			source,
			amBody(amAlert({ ...resolved, annotations: {} })),
		);
		const [alert] = opened.alerts();
		expect(alert).toMatchObject({
			status: "resolved",
			endsAt: Date.UTC(2026, 0, 20, 12, 30),
			annotations: { summary: "Errors above 5 %" },
			summary: "Errors above 5 %",
		});
		expect(kinds(opened, alert?.id ?? "")).toEqual(["fired", "resolved"]);
	});

	test("change their severity while they fire, and not by their resolution", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		const labels = (severity: string) => ({
			labels: { alertname: "HighErrorRate", severity },
		});
		await opened.send(source, amBody(amAlert()));
		await opened.send(source, amBody(amAlert(labels("warning"))));
		expect(opened.alerts()).toMatchObject([{ severity: 3 }]);
		await opened.send(
			source,
			amBody(amAlert({ ...resolved, ...labels("info") })),
		);
		expect(opened.alerts()).toMatchObject([
			{ status: "resolved", severity: 3 },
		]);
	});

	test("stay over when an older notification comes late, and fire again when it is repeated", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert()));
		await opened.send(source, amBody(amAlert(resolved)));
		opened.clock.pass(1_000);
		await opened.send(source, amBody(amAlert()));
		expect(opened.alerts()).toMatchObject([{ status: "resolved", times: 3 }]);
		opened.clock.pass(60_000);
		const again = await opened.send(source, amBody(amAlert()));
		expect(again.changed).toBe(1);
		expect(opened.alerts()).toMatchObject([{ status: "firing", endsAt: null }]);
	});

	test.each([
		[29_999, "resolved"],
		[30_000, "firing"],
	])("told of again %i ms after their end, are %s", async (after, status) => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert()));
		await opened.send(source, amBody(amAlert(resolved)));
		opened.clock.pass(after);
		await opened.send(source, amBody(amAlert()));
		expect(opened.alerts()).toMatchObject([{ status }]);
	});

	test("are over when they began before one that is over", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert(resolved)));
		await opened.send(
			source,
			amBody(amAlert({ startsAt: "2026-01-20T11:00:00Z" })),
		);
		expect(
			opened.alerts().map(({ status, endsAt }) => [status, endsAt]),
		).toContainEqual(["resolved", Date.UTC(2026, 0, 20, 12, 0, 0, 123)]);
		expect(opened.alerts()).toMatchObject([
			{ status: "resolved" },
			{ status: "resolved" },
		]);
	});

	test("make a second episode when they begin again, and end the one whose end was never told", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert()));
		await opened.send(
			source,
			amBody(amAlert({ startsAt: "2026-01-20T12:45:00Z" })),
		);
		expect(opened.alerts()).toMatchObject([
			{ status: "resolved", endsAt: Date.UTC(2026, 0, 20, 12, 45) },
			{ status: "firing" },
		]);
	});

	test("are kept when only their end is heard of, and tell the feed nothing", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert(resolved)));
		expect(opened.alerts()).toMatchObject([{ status: "resolved" }]);
		expect(opened.feed.after(tenant, 0, 10)).toEqual([]);
		await opened.send(
			source,
			amBody(amAlert({ startsAt: "2026-01-20T12:45:00Z" })),
		);
		expect(opened.feed.after(tenant, 0, 10)).toMatchObject([
			{
				type: "alert.fired",
				data: { name: "HighErrorRate", severity: 1, projectId: project },
			},
		]);
	});

	test("are one when 50 senders tell of them at once", async () => {
		const opened = openMonitoring();
		const source = await opened.add("alertmanager");
		const outcomes = await Promise.all(
			Array.from({ length: 50 }, () => opened.send(source, amBody(amAlert()))),
		);
		const created = outcomes.reduce((sum, { created }) => sum + created, 0);
		expect(created).toBe(1);
		expect(opened.alerts()).toMatchObject([{ times: 50 }]);
	});
});

describe("alerts of a source that only names them", () => {
	const event = (action: string, more: object = {}) => ({
		event_action: action,
		dedup_key: "disk-1",
		payload: { summary: "Disk full", source: "host-1", severity: "error" },
		...more,
	});

	async function opened() {
		const all = openMonitoring();
		const source = await all.add("pagerduty");
		return {
			...all,
			enqueue: (body: object) =>
				all.monitoring.door.enqueue(
					Buffer.from(
						JSON.stringify({ ...body, routing_key: source.webhookSecret }),
					),
				),
		};
	}

	test("are triggered, acknowledged and resolved, and repetitions do not undo that", async () => {
		const { enqueue, alerts } = await opened();
		expect(await enqueue(event("trigger"))).toEqual({ dedupKey: "disk-1" });
		await enqueue(event("acknowledge"));
		await enqueue(event("trigger"));
		expect(alerts()).toMatchObject([
			{ status: "acknowledged", severity: 2, summary: "Disk full" },
		]);
		await enqueue({ event_action: "resolve", dedup_key: "disk-1" });
		await enqueue({ event_action: "resolve", dedup_key: "disk-1" });
		expect(alerts()).toMatchObject([{ status: "resolved" }]);
	});

	test("are not brought back by a trigger from before their end", async () => {
		const { enqueue, alerts, clock } = await opened();
		const at = (minute: number) => ({
			payload: {
				...event("trigger").payload,
				timestamp: `2026-01-20T12:${minute}:00Z`,
			},
		});
		await enqueue(event("trigger", at(10)));
		await enqueue(event("resolve", at(20)));
		await enqueue(event("trigger", at(15)));
		expect(alerts()).toMatchObject([{ status: "resolved" }]);
		clock.pass(1_000);
		await enqueue(event("trigger", at(30)));
		expect(alerts()).toMatchObject([
			{ status: "resolved" },
			{ status: "firing" },
		]);
	});

	const at = (minute: number, more: object = {}) => ({
		payload: {
			...event("trigger").payload,
			timestamp: `2026-01-20T12:${minute}:00Z`,
			...more,
		},
	});

	test.each(["resolve", "acknowledge"])(
		"are not changed by a late %s from before they began",
		async (action) => {
			const { enqueue, alerts, monitoring } = await opened();
			await enqueue(event("trigger", at(10)));
			await enqueue(event("resolve", at(20)));
			await enqueue(event("trigger", at(30)));
			await enqueue(event(action, at(15, { summary: "Old words" })));
			const [, newer] = alerts();
			expect(alerts()).toMatchObject([
				{ status: "resolved", endsAt: Date.UTC(2026, 0, 20, 12, 20) },
				{ status: "firing", endsAt: null, times: 2, summary: "Disk full" },
			]);
			expect(kinds({ monitoring }, newer?.id ?? "")).toEqual(["fired"]);
		},
	);

	test("end with a resolve of the moment at which they began", async () => {
		const { enqueue, alerts } = await opened();
		await enqueue(event("trigger", at(10)));
		await enqueue(event("resolve", at(10)));
		expect(alerts()).toMatchObject([{ status: "resolved" }]);
		// As old as what is known is no news.
		await enqueue(event("trigger", at(10)));
		expect(alerts()).toMatchObject([{ status: "resolved", times: 3 }]);
	});

	test("that nobody knows of have no end", async () => {
		const { enqueue, alerts } = await opened();
		await enqueue({ event_action: "resolve", dedup_key: "unheard-of" });
		expect(alerts()).toEqual([]);
	});
});

describe("what follows from an alert", () => {
	test("is decided in the transaction that stores it", async () => {
		const opened = openMonitoring({
			correlate: (transaction, tenantKey, projectId, changes) => {
				seen.push([projectId, ...changes.map(({ kind }) => kind)]);
				opened.monitoring.alerts.link(
					transaction,
					tenantKey,
					changes.map(({ alert }) => alert.key),
					{ incidentId: "incident-1" },
				);
			},
		});
		const seen: string[][] = [];
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert()));
		await opened.send(source, amBody(amAlert()));
		expect(seen).toEqual([[project, "fired"]]);
		expect(opened.alerts()).toMatchObject([{ incidentId: "incident-1" }]);
		expect(opened.feed.after(tenant, 0, 10)).toMatchObject([
			{ type: "alert.fired", incidentId: "incident-1" },
		]);
	});

	test("never costs the alert itself", async () => {
		const opened = openMonitoring({
			correlate: () => {
				throw new Error("a rule is broken");
			},
		});
		const source = await opened.add("alertmanager");
		await opened.send(source, amBody(amAlert()));
		expect(opened.alerts()).toMatchObject([
			{ status: "firing", incidentId: null },
		]);
		const broken = opened.logged.filter((entry) => "error" in Object(entry));
		expect(broken).toHaveLength(2);
	});
});

test("alerts whose commit fails are refused, told to nobody, and taken when they come again", async () => {
	const opened = openMonitoring();
	const source = await opened.add("alertmanager");
	const mend = failCommits(opened.store.connection, "INSERT ON alerts");
	await expect(opened.send(source, amBody(amAlert()))).rejects.toThrow();
	expect(opened.alerts()).toEqual([]);
	expect(opened.feed.after(tenant, 0, 10)).toEqual([]);
	mend();
	expect(await opened.send(source, amBody(amAlert()))).toMatchObject({
		created: 1,
	});
	expect(opened.feed.after(tenant, 0, 10)).toHaveLength(1);
});

test("what became of an alert cannot be changed", async () => {
	const opened = openMonitoring();
	const source = await opened.add("alertmanager");
	await opened.send(source, amBody(amAlert()));
	expect(() =>
		opened.store.connection.exec("UPDATE alert_events SET kind = 'x'"),
	).toThrow(/only ever added to/);
});
