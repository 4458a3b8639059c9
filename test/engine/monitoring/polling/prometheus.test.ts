import { expect, test } from "vitest";
import { readExternalLabels } from "../../../../src-main/engine/monitoring/polling/external-labels.ts";
import { alertmanagerFingerprint } from "../../../../src-main/engine/monitoring/polling/label-fingerprint.ts";
import { amAlert, amBody } from "../open-monitoring.ts";
import { fakePrometheus } from "./fake-prometheus.ts";
import { polled } from "./polled.ts";

/*
 * Prometheus lists since when a rule holds, without the labels that it adds for
 * Alertmanager; what Alertmanager then sends of it is the same episode all the same. What
 * only begins to hold is not told of, and nothing is over because Prometheus has just
 * started and evaluated nothing yet.
 */

const labels = { alertname: "HighErrorRate", severity: "critical" };
const activeAt = "2026-01-20T12:00:00.123456789Z";
const minute = 60_000;

async function open(rule = {}) {
	const source = await fakePrometheus();
	source.state.rules = [{ name: "HighErrorRate", ...rule }];
	const service = await polled("prometheus", { url: source.url });
	return { source: source.state, ...service };
}

test("what fires is stored with the labels and the fingerprint that Alertmanager has", async () => {
	const { source, poll, alerts } = await open({ hold: 60 });
	source.yaml =
		"global:\n  scrape_interval: 15s\n  external_labels:\n    region: eu\nalerting: {}\n";
	source.alerts = [
		{ labels, state: "firing", activeAt, annotations: { summary: "Errors" } },
		{ labels: { alertname: "Soon" }, state: "pending", activeAt },
	];
	await poll();
	await poll(15_000);
	expect(alerts()).toMatchObject([
		{
			name: "HighErrorRate",
			labels: { ...labels, region: "eu" },
			fingerprint: alertmanagerFingerprint({ ...labels, region: "eu" }),
			startsAt: Date.parse("2026-01-20T12:01:00.123Z"),
			summary: "Errors",
			times: 1,
		},
	]);
});

test.each([
	["exactly when it was thought to", "2026-01-20T12:01:00.123456789Z"],
	["an evaluation later", "2026-01-20T12:01:15.123456789Z"],
	["a little earlier", "2026-01-20T12:00:45.123456789Z"],
])(
	"the webhook says that it began %s: it is one episode",
	async (_name, startsAt) => {
		const { source, poll, alerts, send, integration } = await open({
			hold: 60,
		});
		source.alerts = [{ labels, state: "firing", activeAt }];
		await poll();
		const told = {
			labels,
			startsAt,
			fingerprint: alertmanagerFingerprint(labels),
		};
		await send(integration, amBody(amAlert(told)));
		await poll(15_000);
		await send(integration, amBody(amAlert(told)));
		source.alerts = [];
		await send(
			integration,
			amBody(
				amAlert({
					...told,
					status: "resolved",
					endsAt: "2026-01-20T12:59:00Z",
				}),
			),
		);
		await poll(15_000);
		expect(alerts()).toMatchObject([
			{ status: "resolved", endsAt: Date.parse("2026-01-20T12:59:00Z") },
		]);
	},
);

test("what is listed no more is over, but not before the rules are evaluated again", async () => {
	const { source, poll, alerts } = await open();
	source.alerts = [{ labels, state: "firing", activeAt }];
	await poll();
	source.alerts = [];
	source.rules = [{ name: "HighErrorRate", isEvaluated: false }];
	await poll(2 * minute);
	await poll(2 * minute);
	expect(alerts()).toMatchObject([{ status: "firing" }]);
	source.rules = [{ name: "HighErrorRate" }];
	await poll(15_000);
	await poll(15_000);
	expect(alerts()).toMatchObject([{ status: "resolved" }]);
});

test("one that holds on through a restart, and is pending again, is not over", async () => {
	const { source, poll, alerts } = await open({ hold: 60 });
	source.alerts = [{ labels, state: "firing", activeAt }];
	await poll();
	source.alerts = [
		{ labels, state: "pending", activeAt: "2026-01-20T12:00:00Z" },
	];
	await poll(2 * minute);
	await poll(2 * minute);
	expect(alerts()).toMatchObject([{ status: "firing" }]);
});

test.each([
	[
		'global:\n  external_labels:\n    a: b\n    c: "1"\nrule_files: []\n',
		{ a: "b", c: "1" },
	],
	[
		"global:\n  scrape_interval: 1m\nscrape_configs:\n- external_labels: {x: y}\n",
		{},
	],
	["global:\n  external_labels: {replica: 0}\n", { replica: "0" }],
	["rule_files: []\n", {}],
	["global:\n  external_labels: [\n", {}],
	["", {}],
])("external labels of %j", (yaml, expected) => {
	expect(readExternalLabels(yaml)).toEqual(expected);
});
