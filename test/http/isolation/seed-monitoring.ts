import {
	newAlertRule,
	newMaintenanceWindow,
} from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import {
	amAlert,
	amBody,
	newIntegration,
} from "../../engine/monitoring/open-monitoring.ts";
import { inProject, type Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Opened = Pick<World, "engine" | "receiver">;

/** The secrets of integrations, for who made them. */
const secrets = new Map<string, { tenantKey: number; secret: string }>();

/** An integration of the tenant's project, to a server that is no Alertmanager. */
export async function makeIntegration(
	world: Opened,
	tenant: Tenant,
): Promise<{ projectId: string; integrationId: string }> {
	const { integrations } = world.engine.monitoring;
	const by = inProject(tenant, "admin");
	const { projectId } = by;
	const [oldest, ...others] = integrations.list(by);
	// A project has 50 at most.
	if (oldest !== undefined && others.length > 40) {
		integrations.remove(by, oldest.id);
	}
	const { id, webhookSecret } = await integrations.create(by, {
		...newIntegration("alertmanager"),
		name: tenant.word(),
		description: tenant.word(),
		url: `${world.receiver}/${tenant.word()}`,
		username: tenant.word(),
		password: tenant.word(),
	});
	secrets.set(id, { tenantKey: tenant.key, secret: webhookSecret });
	return { projectId, integrationId: id };
}

/** The secret of an integration, if it is the tenant's. */
export function secretOf(
	tenant: Tenant,
	integrationId: unknown,
): string | null {
	const known = secrets.get(String(integrationId));
	return known?.tenantKey === tenant.key ? known.secret : null;
}

/** An alert that an integration of the tenant told of. */
export async function makeAlert(
	world: Opened,
	tenant: Tenant,
): Promise<{ projectId: string; alertId: string }> {
	const { projectId, integrationId } = await makeIntegration(world, tenant);
	const { monitoring } = world.engine;
	await monitoring.door.receive({
		type: "alertmanager",
		integrationId,
		headers: {
			"x-webhook-secret": must(secretOf(tenant, integrationId), "its own"),
		},
		body: Buffer.from(
			JSON.stringify(
				amBody(
					amAlert({
						labels: { alertname: tenant.word(), service: tenant.word() },
						annotations: { summary: tenant.word() },
					}),
				),
			),
		),
	});
	const { items } = monitoring.alerts.list(inProject(tenant, "viewer"), {
		skip: 0,
		limit: 1,
	});
	return { projectId, alertId: must(items[0], "just told of").id };
}

/** A rule of the tenant's project, which takes nothing. */
export function makeRule(world: Opened, tenant: Tenant) {
	const { rules } = world.engine.correlation;
	const by = inProject(tenant, "admin");
	const [oldest, ...others] = rules.list(by);
	// A project has 100 at most.
	if (oldest !== undefined && others.length > 40) {
		rules.remove(by, oldest.id);
	}
	const { id } = rules.create(by, {
		...newAlertRule.parse({ name: tenant.word() }),
		description: tenant.word(),
		matchers: [
			{ on: "label", name: "none", operator: "=", value: tenant.word() },
		],
	});
	return { projectId: by.projectId, thingId: id };
}

/** A mute of the tenant's project, of nothing. */
export function makeMute(world: Opened, tenant: Tenant) {
	const by = inProject(tenant, "engineer");
	const { id } = world.engine.correlation.quiet.addMute(by, {
		matchers: [
			{ on: "label", name: "none", operator: "=", value: tenant.word() },
		],
		reason: tenant.word(),
		endsAt: null,
	});
	return { projectId: by.projectId, thingId: id };
}

/** A maintenance window of the tenant's project, for nothing. */
export function makeWindow(world: Opened, tenant: Tenant) {
	const by = inProject(tenant, "engineer");
	const { id } = world.engine.correlation.quiet.addWindow(
		by,
		newMaintenanceWindow.parse({
			name: tenant.word(),
			description: tenant.word(),
			matchers: [
				{ on: "label", name: "none", operator: "=", value: tenant.word() },
			],
			schedule: { kind: "once", startsAt: 0, endsAt: 4_000_000_000_000 },
		}),
	);
	return { projectId: by.projectId, thingId: id };
}
