/*
 * A storm of alerts, stored with correlation and without: milliseconds per alert, and how
 * many incidents it leaves. As one notification of 500 alerts after another, and with one
 * alert in each notification, on one service, on many, and resolved again.
 *
 * node test/bench/correlation.mjs [--alerts 10000]
 */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventFeed } from "../../src-main/engine/feed/index.ts";
import { IncidentsService } from "../../src-main/engine/incidents/index.ts";
import {
	CorrelationService,
	MonitoringService,
} from "../../src-main/engine/monitoring/index.ts";
import { createOutbound } from "../../src-main/engine/outbound/index.ts";
import { Vault } from "../../src-main/engine/secrets/index.ts";
import { openCommandStore } from "../../src-main/engine/store/index.ts";
import { testPorts } from "../engine/test-ports.ts";
import { numberFlag, report } from "./verdict.mjs";

const alerts = numberFlag("alerts", 10_000);
const tenant = { key: 1, id: "tenant", name: "Bench" };

/** Stores a storm; answers the milliseconds that it took and what it left. */
async function storm({ correlates, perNotification, services, resolves }) {
	const folder = await mkdtemp(join(tmpdir(), "tocsin-bench-"));
	const ports = testPorts();
	const store = openCommandStore(join(folder, "command.db"), ports);
	const feed = new EventFeed({ store, ...ports });
	const incidents = new IncidentsService({
		...ports,
		store,
		publish: () => {},
		owners: () => [],
		linkedDrift: () => [],
		notifies: () => true,
		record: () => {},
	});
	const monitoring = new MonitoringService({
		...ports,
		store,
		feed,
		vault: new Vault(folder, ports.clock, ports.random),
		outbound: createOutbound({ ownPorts: () => [], monotonic: () => 0 }),
		publish: () => {},
		correlate: (...batch) => {
			if (correlates) correlation.correlate(...batch);
		},
		accepted: (...decision) => correlation.accepted(...decision),
		incident: (...of) => incidents.entry(...of),
		firstProjectId: () => "project",
		recordEvent: () => {},
	});
	const correlation = new CorrelationService({
		...ports,
		store,
		alerts: monitoring.alerts,
		integrations: monitoring.integrationRows,
		incidents,
		tenantOf: () => tenant,
		firstProjectId: () => "project",
		publish: () => {},
	});
	const source = await monitoring.integrations.create(1, "project", {
		type: "alertmanager",
		name: "Bench",
		description: "",
		url: null,
		username: null,
		password: null,
		apiKey: null,
		signingSecret: null,
		config: {},
		severities: {},
		webhookEnabled: true,
		isPrimary: false,
	});
	const started = performance.now();
	const waits = [];
	for (const status of resolves ? ["firing", "resolved"] : ["firing"]) {
		for (let from = 0; from < alerts; from += perNotification) {
			const count = Math.min(perNotification, alerts - from);
			const body = Buffer.from(
				JSON.stringify({
					version: "4",
					groupKey: "storm",
					alerts: Array.from({ length: count }, (_, index) =>
						alertOf(from + index, services, status),
					),
				}),
			);
			const sent = performance.now();
			await monitoring.door.receive({
				type: "alertmanager",
				integrationId: source.id,
				headers: { "x-webhook-secret": source.webhookSecret },
				body,
			});
			waits.push(performance.now() - sent);
		}
	}
	const millis = performance.now() - started;
	const open = incidents.newestOpen(tenant.key, 500).length;
	const { total } = correlation.forIncident(
		tenant.key,
		"project",
		incidents.newestOpen(tenant.key, 1)[0]?.id ?? "none",
	);
	await monitoring.close();
	feed.close();
	store.close();
	rmSync(folder, { recursive: true, force: true });
	waits.sort((one, other) => one - other);
	return {
		perAlert: millis / alerts / (resolves ? 2 : 1),
		p99: waits[Math.floor(waits.length * 0.99)] ?? 0,
		open,
		total,
	};
}

function alertOf(index, services, status) {
	return {
		status,
		labels: {
			alertname: "InstanceDown",
			severity: "critical",
			service: `service-${index % services}`,
			cluster: "west",
			instance: `host-${index}:9100`,
		},
		annotations: { summary: "It does not answer" },
		startsAt: "2026-01-20T11:59:00Z",
		endsAt:
			status === "resolved" ? "2026-01-20T12:00:30Z" : "0001-01-01T00:00:00Z",
		fingerprint: `f${index}`,
	};
}

for (const [name, shape] of [
	["500 a notification, one service", { perNotification: 500, services: 1 }],
	["500 a notification, 500 services", { perNotification: 500, services: 500 }],
	["1 a notification, 500 services", { perNotification: 1, services: 500 }],
	[
		"500 a notification, 500 services, resolved again",
		{ perNotification: 500, services: 500, resolves: true },
	],
]) {
	const plain = await storm({ ...shape, correlates: false });
	const grouped = await storm({ ...shape, correlates: true });
	const ratio = grouped.perAlert / plain.perAlert;
	report({
		name: `a storm of ${alerts} alerts, ${name}`,
		figure: `${grouped.perAlert.toFixed(3)} ms an alert, p99 of a notification ${grouped.p99.toFixed(1)} ms; ${grouped.open} open incident with ${grouped.total} alerts`,
		yardstick: `${plain.perAlert.toFixed(3)} ms an alert without correlation, p99 ${plain.p99.toFixed(1)} ms`,
		ratio: `${ratio.toFixed(2)}x`,
		target:
			"one incident with all of them, at most 3x, p99 of one alert 100 ms",
		holds:
			grouped.open === 1 &&
			grouped.total === alerts &&
			ratio <= 3 &&
			(shape.perNotification > 1 || grouped.p99 <= 100),
	});
}
