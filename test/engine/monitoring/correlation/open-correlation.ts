import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import { IncidentsService } from "../../../../src-main/engine/incidents/index.ts";
import { builtInRule } from "../../../../src-main/engine/monitoring/correlation/rules/rule-settings.ts";
import { CorrelationService } from "../../../../src-main/engine/monitoring/index.ts";
import type { NewAlertRule } from "../../../../src-shared/contract/index.ts";
import { isSettled } from "../../../../src-shared/domain/lifecycle.ts";
import { testTocsin } from "../../test-member.ts";
import { testPorts } from "../../test-ports.ts";
import {
	amBody,
	here,
	openMonitoring,
	project,
	tenant,
} from "../open-monitoring.ts";

export const ana = here;

/** Monitoring with incidents and correlation over one store; its clock is set by hand. */
export function openCorrelation(options: { folder?: string } = {}) {
	const opened = openMonitoring({
		...options,
		correlate: (...batch) => correlation.correlate(...batch),
		accepted: (...decision) => correlation.accepted(...decision),
	});
	const { store, clock, monitoring } = opened;
	const ports = { ...testPorts(), clock };
	const incidents = new IncidentsService({
		...ports,
		store,
		publish: () => {},
		owners: () => [],
		linkedDrift: () => [],
		notifies: () => true,
		record: () => {},
	});
	const correlation = new CorrelationService({
		...ports,
		store,
		alerts: monitoring.alerts,
		integrations: monitoring.integrationRepository,
		incidents,
		tocsin: (_key, name) => testTocsin(ana.tenant, name),
		publish: () => {},
	});
	return {
		...opened,
		incidents,
		correlation,
		/** Replaces what the default rule says. */
		setRule: (change: Partial<NewAlertRule>) =>
			correlation.rules.update(ana, "default", {
				...builtInRule,
				...change,
			}),
		/** Lets time pass, and does what it brings. */
		pass: (millis: number) => {
			clock.pass(millis);
			correlation.tick();
		},
		/** Every incident, oldest first. */
		all: () =>
			incidents
				.listFiltered(Sight.ofTenant(tenant), {}, { limit: 500, offset: 0 })
				.items.sort((one, other) => one.number - other.number),
		/** Those that are worked on, oldest first. */
		open: () =>
			incidents
				.newestOpen(Sight.ofTenant(tenant), 500)
				.sort((one, other) => one.number - other.number),
		isOpen: (id: string) =>
			!isSettled(incidents.entry(Sight.ofTenant(tenant), id).state),
		texts: (id: string) =>
			incidents.timeline(Sight.ofTenant(tenant), id).map(({ text }) => text),
	};
}

let fingerprints = 0;

/** An alert of Prometheus that nothing else sent. */
export function alert(
	name: string,
	labels: Record<string, string> = {},
	more: Record<string, unknown> = {},
) {
	fingerprints++;
	return {
		status: "firing",
		labels: { alertname: name, severity: "critical", ...labels },
		annotations: { summary: `${name} is up` },
		startsAt: "2026-01-20T12:59:00Z",
		endsAt: "0001-01-01T00:00:00Z",
		generatorURL: "http://prometheus.example/graph",
		fingerprint: `f${fingerprints}`,
		...more,
	};
}

/** The same episode, over. */
export function over(
	firing: ReturnType<typeof alert>,
	endsAt = "2026-01-20T13:00:30Z",
) {
	return { ...firing, status: "resolved", endsAt };
}

export { amBody, project, tenant };
