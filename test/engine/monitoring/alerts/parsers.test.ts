// What each system sends is read as its documents say it is sent: labels that are missing are
// normal, the year 1 is no end, keys that nobody knows are passed over. Whatever JSON comes
// instead is refused with a PayloadError or has faults per item; nothing else is ever thrown,
// and every alert that is read can be stored.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAlert } from "../../../../src-main/engine/monitoring/alerts/parsing/alertmanager.ts";
import { parsePagerdutyEvent } from "../../../../src-main/engine/monitoring/alerts/parsing/pagerduty-events.ts";
import { parsePayload } from "../../../../src-main/engine/monitoring/alerts/parsing/parse-payload.ts";
import {
	type ParseContext,
	type ParsedPayload,
	PayloadError,
} from "../../../../src-main/engine/monitoring/alerts/parsing/parsed-payload.ts";
import { severityTable } from "../../../../src-main/engine/monitoring/alerts/severity-table.ts";
import {
	type IntegrationType,
	integrationTypes,
} from "../../../../src-shared/contract/index.ts";
import { datadogPayload } from "../../../../src-shared/domain/datadog-payload.ts";

const now = Date.UTC(2026, 0, 20, 13);
const noon = Date.UTC(2026, 0, 20, 12);

function context(
	source: IntegrationType,
	more: Partial<ParseContext> = {},
): ParseContext {
	return {
		source,
		severities: severityTable(source, {}),
		config: {},
		now,
		...more,
	};
}

function recorded(name: string): unknown {
	const file = new URL(
		`../../../fixtures/alerts/${name}.json`,
		import.meta.url,
	);
	return JSON.parse(readFileSync(file, "utf8"));
}

function parsed(
	source: IntegrationType,
	body: unknown,
	more: Partial<ParseContext> = {},
) {
	const result = parsePayload(body, context(source, more));
	expect(result.kind).toBe("alerts");
	return result as ParsedPayload;
}

test.each([
	["incident.triggered", "firing"],
	["incident.reopened", "firing"],
	["incident.unacknowledged", "firing"],
	["incident.escalated", "firing"],
	["incident.acknowledged", "acknowledged"],
	["incident.resolved", "resolved"],
	["incident.annotated", null],
])("PagerDuty's %s is %s", (event_type, status) => {
	const event = {
		event_type,
		occurred_at: "2026-01-20T12:30:00Z",
		data: { id: "P1", title: "Disk", created_at: "2026-01-20T12:00:00Z" },
	};
	const read = parsePayload({ event }, context("pagerduty"));
	if (status === null) expect(read.kind).toBe("nothing");
	else {
		expect(read).toMatchObject({
			mayUnacknowledge: true,
			alerts: [
				{
					alert: {
						status,
						startsAt: noon,
						endsAt: status === "resolved" ? noon + 30 * 60_000 : null,
					},
					occurredAt: noon + 30 * 60_000,
				},
			],
		});
	}
});

test.each([
	["trigger", "firing"],
	["acknowledge", "acknowledged"],
	["resolve", "resolved"],
])("PagerDuty's event %s is %s", (event_action, status) => {
	const payload = { summary: "Disk", source: "db", severity: "error" };
	const body = { event_action, dedup_key: "d", payload };
	expect(
		parsePagerdutyEvent(body, { ...context("pagerduty"), dedupKey: "made" }),
	).toMatchObject({ dedupKey: "d", alerts: [{ alert: { status } }] });
});

describe("recorded notifications", () => {
	test("of Alertmanager", () => {
		const { alerts, truncatedAlerts, faults } = parsed(
			"alertmanager",
			recorded("alertmanager"),
		);
		expect([truncatedAlerts, faults]).toEqual([3, []]);
		expect(alerts.map(({ alert }) => alert)).toMatchObject([
			{
				source: "alertmanager",
				fingerprint: "4f1a0d2b9c3e5f67",
				name: "InstanceDown",
				status: "firing",
				severityWord: "page",
				severity: 1,
				service: "payments",
				summary: "Instance 127.0.0.1:9 down",
				startsAt: noon + 3_684,
				endsAt: null,
				groupKey: "{}:{}",
			},
			{
				name: "Watchdog",
				status: "resolved",
				severityWord: null,
				severity: 3,
				service: null,
				summary: "",
				startsAt: noon - 3_600_000,
				endsAt: noon + 60_500,
				generatorUrl: null,
			},
		]);
	});

	test("of Grafana, in another time zone", () => {
		expect(parsed("grafana", recorded("grafana")).alerts).toMatchObject([
			{
				alert: {
					service: "checkout",
					startsAt: noon,
					endsAt: null,
					summary: "p99 above 2 s",
					description: "[ var='B' labels={} value=2.31 ]",
				},
			},
		]);
	});

	test("of PagerDuty", () => {
		const body = recorded("pagerduty-webhook") as {
			event: { event_type: string };
		};
		const read = (event_type: string) =>
			parsePayload(
				{ event: { ...body.event, event_type } },
				context("pagerduty"),
			);
		expect(read("incident.triggered")).toMatchObject({
			alerts: [
				{
					occurredAt: noon + 1_110,
					alert: {
						fingerprint: "PGR0VU2",
						status: "firing",
						severityWord: "P1",
						severity: 1,
						service: "API Service",
						startsAt: noon,
					},
				},
			],
		});
		expect(read("incident.acknowledged")).toMatchObject({
			alerts: [{ alert: { status: "acknowledged" } }],
		});
		expect(read("incident.resolved")).toMatchObject({
			alerts: [{ alert: { status: "resolved", endsAt: noon + 1_110 } }],
		});
		expect(read("incident.annotated").kind).toBe("nothing");
	});

	test("of Opsgenie, Datadog and CloudWatch", () => {
		const alerts = (["opsgenie", "datadog", "cloudwatch"] as const).map(
			(source) => parsed(source, recorded(source)).alerts[0]?.alert,
		);
		expect(alerts).toMatchObject([
			{
				fingerprint: "queue-growing",
				severity: 2,
				service: "payments",
				startsAt: noon,
			},
			{ status: "firing", severity: 2, service: "checkout", startsAt: noon },
			{
				name: "High CPU",
				status: "firing",
				severity: 2,
				service: "AWS/EC2",
				startsAt: noon,
				labels: { InstanceId: "i-0abc" },
			},
		]);
	});

	test("of anything, at the paths that were configured", () => {
		const paths = {
			alerts: "data.events",
			name: "title",
			status: "state",
			severity: "level",
			service: "component",
			startsAt: "when",
			labels: "tags",
		};
		expect(
			parsed("generic", recorded("generic"), { config: { paths } }).alerts,
		).toMatchObject([
			{
				alert: {
					name: "Backup failed",
					status: "firing",
					severity: 2,
					service: "backup",
					startsAt: noon,
					labels: { host: "db-1" },
				},
			},
		]);
	});
});

test("the end of an alarm has the fingerprint of its beginning", () => {
	const alarm = recorded("cloudwatch") as { Message: string };
	const over = {
		...alarm,
		Message: JSON.stringify({
			...JSON.parse(alarm.Message),
			NewStateValue: "OK",
		}),
	};
	const [begun, ended] = [alarm, over].map(
		(body) => parsed("cloudwatch", body).alerts[0]?.alert,
	);
	expect(ended).toMatchObject({
		status: "resolved",
		fingerprint: begun?.fingerprint,
	});
});

test.each([
	"https://sns.us-east-1.amazonaws.com.evil.example/a.pem",
	"https://evil.example/sns.us-east-1.amazonaws.com",
	"http://sns.us-east-1.amazonaws.com/a.pem",
	"https://user@sns.us-east-1.amazonaws.com/a.pem",
	"https://sns.us-east-1.amazonaws.com:8443/a.pem",
	null,
])("a certificate of %s is not Amazon's", (SigningCertURL) => {
	const body = { ...(recorded("cloudwatch") as object), SigningCertURL };
	expect(() => parsePayload(body, context("cloudwatch"))).toThrow(PayloadError);
});

test("the template for Datadog is read", () => {
	const { alerts } = parsed("datadog", datadogPayload);
	expect(alerts).toHaveLength(1);
});

test("an integration's own table comes before the defaults", () => {
	const severities = severityTable("alertmanager", { page: 4, weird: 2 });
	const read = (severity: string) =>
		parsed(
			"alertmanager",
			{ alerts: [{ labels: { severity }, startsAt: "2026-01-20T12:00:00Z" }] },
			{ severities },
		).alerts[0]?.alert.severity;
	expect(
		["page", "WEIRD", "unheard-of", "critical", "warning", "info"].map(read),
	).toEqual([4, 2, 3, 1, 3, 5]);
});

test("links that are no web addresses are left out", () => {
	const read = readAlert(
		{
			labels: {},
			startsAt: "2026-01-20T12:00:00Z",
			generatorURL: "javascript:alert(1)",
		},
		null,
		context("alertmanager"),
	);
	expect(read).toMatchObject({ alert: { generatorUrl: null } });
});

const labels = fc.dictionary(fc.string(), fc.anything());
const likely = fc.record(
	{
		alerts: fc.array(
			fc.oneof(
				fc.anything(),
				fc.record(
					{
						status: fc.anything(),
						labels: fc.oneof(labels, fc.anything()),
						annotations: labels,
						startsAt: fc.oneof(
							fc.constant("2026-01-20T12:00:00.123456789Z"),
							fc.anything(),
						),
						endsAt: fc.oneof(
							fc.constant("0001-01-01T00:00:00Z"),
							fc.anything(),
						),
						fingerprint: fc.anything(),
					},
					{ requiredKeys: [] },
				),
			),
		),
		event: fc.anything(),
		alert: fc.anything(),
		action: fc.anything(),
		alert_id: fc.anything(),
		transition: fc.anything(),
		Type: fc.constantFrom("Notification", "SubscriptionConfirmation"),
		SigningCertURL: fc.constant("https://sns.us-east-1.amazonaws.com/a.pem"),
		Message: fc.oneof(fc.json(), fc.anything()),
		name: fc.anything(),
	},
	{ requiredKeys: [] },
);

describe.each(integrationTypes)("%s", (source) => {
	test("throws nothing but a PayloadError, and reads what can be stored", () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), likely.map(asJson)), (body) => {
				let result: ReturnType<typeof parsePayload>;
				try {
					result = parsePayload(body, context(source));
				} catch (error) {
					expect(error).toBeInstanceOf(PayloadError);
					return;
				}
				if (result.kind !== "alerts") return;
				for (const { alert } of result.alerts) {
					expect(alert.fingerprint).not.toBe("");
					expect(alert.fingerprint.length).toBeLessThanOrEqual(255);
					expect(alert.name).not.toBe("");
					expect(Number.isSafeInteger(alert.startsAt)).toBe(true);
					expect(alert.endsAt === null).toBe(alert.status !== "resolved");
					expect(JSON.stringify(alert.labels)).not.toContain("\\u0000");
				}
			}),
			{ numRuns: 150 },
		);
	});
});

/** What is left of a value when it was sent as JSON. */
function asJson(value: unknown): unknown {
	try {
		return JSON.parse(
			JSON.stringify(value, (_key, each) =>
				typeof each === "bigint" ? String(each) : each,
			) ?? "null",
		);
	} catch {
		return null;
	}
}
