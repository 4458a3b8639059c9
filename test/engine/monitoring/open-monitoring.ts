import { join } from "node:path";
import { onTestFinished } from "vitest";
import { EngineError } from "../../../src-main/engine/errors.ts";
import { EventFeed } from "../../../src-main/engine/feed/index.ts";
import { MonitoringService } from "../../../src-main/engine/monitoring/index.ts";
import type { MonitoringPorts } from "../../../src-main/engine/monitoring/monitoring-service.ts";
import { createOutbound } from "../../../src-main/engine/outbound/index.ts";
import { Vault } from "../../../src-main/engine/secrets/index.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import type {
	IntegrationType,
	NewIntegration,
} from "../../../src-shared/contract/index.ts";
import { testInProject } from "../test-member.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";
import { handClock } from "../webhooks/open-webhooks.ts";

export const tenant = 1;
export const project = "project-1";
/** An owner of the project. */
export const here = testInProject(tenant, project);

/** The service over a store and a feed of its own, with a clock set by hand; closed when the test is over. */
export function openMonitoring(
	options: { folder?: string } & Partial<
		Pick<MonitoringPorts, "correlate" | "accepted" | "incident" | "recordEvent">
	> = {},
) {
	const folder = options.folder ?? temporaryFolder(onTestFinished);
	const clock = handClock(Date.UTC(2026, 0, 20, 13));
	const logged: unknown[] = [];
	const keep = (fields: Record<string, unknown>, message: string) => {
		logged.push({ message, ...fields });
	};
	const ports = {
		...testPorts(),
		clock,
		log: { ...testPorts().log, warn: keep, error: keep },
	};
	const store = openCommandStore(join(folder, "command.db"), ports);
	const feed = new EventFeed({ store, ...ports });
	const monitoring = new MonitoringService({
		...ports,
		correlate: () => {},
		accepted: () => () => {},
		incident: () => {
			throw new EngineError("NOT_FOUND", "No such incident.");
		},
		recordEvent: () => {},
		...options,
		store,
		feed,
		vault: new Vault(folder, clock, ports.random),
		outbound: createOutbound({
			localAddresses: () => [],
			resolve: async (name) => {
				throw new Error(`no ${name} here`);
			},
			ownPorts: () => [],
			monotonic: () => performance.now(),
		}),
		publish: () => {},
	});
	let isOpen = true;
	const close = () => {
		if (!isOpen) return;
		isOpen = false;
		void monitoring.close();
		feed.close();
		store.close();
	};
	onTestFinished(close);
	const add = (
		type: IntegrationType,
		input: Partial<NewIntegration> = {},
		tenantKey = tenant,
		projectId = project,
	) =>
		monitoring.integrations.create(testInProject(tenantKey, projectId), {
			...newIntegration(type),
			...input,
		});
	return {
		folder,
		clock,
		store,
		feed,
		monitoring,
		logged,
		close,
		add,
		/** Sends a body to an integration with its secret. */
		send: (
			integration: { id: string; type: string; webhookSecret: string },
			body: unknown,
			headers: Record<string, string> = {
				"x-webhook-secret": integration.webhookSecret,
			},
		) =>
			monitoring.door.receive({
				type: integration.type,
				integrationId: integration.id,
				headers,
				body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
			}),
		/** The alerts of the project, oldest first. */
		alerts: () =>
			monitoring.alerts.list(here, { skip: 0, limit: 500 }).items.toReversed(),
	};
}

export function newIntegration(type: IntegrationType): NewIntegration {
	return {
		type,
		name: `The ${type}`,
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
	};
}

const startsAt = "2026-01-20T12:00:00.123456789Z";

/** An alert as Alertmanager's webhook writes it. */
export function amAlert(more: Record<string, unknown> = {}) {
	return {
		status: "firing",
		labels: { alertname: "HighErrorRate", severity: "critical" },
		annotations: { summary: "Errors above 5 %" },
		startsAt,
		endsAt: "0001-01-01T00:00:00Z",
		generatorURL: "http://prometheus.example/graph?g0.expr=up",
		fingerprint: "c2a4f9d1e0b37586",
		...more,
	};
}

/** A notification of Alertmanager with alerts in it. */
export function amBody(...alerts: unknown[]) {
	return {
		version: "4",
		groupKey: '{}:{alertname="HighErrorRate"}',
		receiver: "tocsin",
		status: "firing",
		alerts,
	};
}
