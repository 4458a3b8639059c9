import { EngineError } from "../../../../src-main/engine/errors.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import type { ContractCases } from "../contract-case.ts";
import type { Ids } from "../route-case.ts";
import { makeIncident } from "../seed.ts";
import { makeIntegration } from "../seed-monitoring.ts";
import { firstProject } from "../seed-projects.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const matchers = [
	{ name: "alertname", operator: "=" as const, value: "HighErrorRate" },
];
const endsAt = Date.UTC(2100, 0, 1);
const project = (tenant: Tenant, world: World) => firstProject(world, tenant);

/** An incident, and an integration at whose address no Alertmanager answers. */
async function target(tenant: Tenant, world: World): Promise<Ids> {
	const { id } = await makeIncident(world, tenant);
	return { ...(await makeIntegration(world, tenant)), incidentId: id };
}

/** A silence of which nobody knows whether it came about. */
async function silence(tenant: Tenant, world: World): Promise<Ids> {
	const { projectId, integrationId, incidentId } = await target(tenant, world);
	const { silences } = world.engine.monitoring;
	const ids = {
		projectId: String(projectId),
		integrationId: String(integrationId),
		incidentId: String(incidentId),
	};
	await silences
		.create(tenant.principals.owner, ids.projectId, {
			...ids,
			matchers,
			endsAt,
			comment: tenant.word(),
		})
		.catch((error: unknown) => {
			if (!(error instanceof EngineError)) throw error;
		});
	const { items } = await silences.list(
		tenant.key,
		ids.projectId,
		ids.incidentId,
	);
	return { ...ids, silenceId: must(items[0], "it was written down").id };
}

/** Silences at the source. What somebody may is told by their role in the project. */
export const silenceCalls: ContractCases = {
	"silences.preview": [
		{
			needs: "engineer",
			subject: target,
			input: ({ projectId, incidentId, integrationId }) => ({
				projectId,
				incidentId,
				integrationId,
				matchers,
			}),
			outcome: "UNAVAILABLE",
		},
		{
			name: "of another's incident in one's own project",
			needs: "engineer",
			subject: target,
			own: project,
			input: ({ incidentId, integrationId }, { projectId }) => ({
				projectId,
				incidentId,
				integrationId,
				matchers,
			}),
			outcome: "UNAVAILABLE",
		},
	],
	"silences.create": [
		{
			needs: "engineer",
			subject: target,
			input: ({ projectId, incidentId, integrationId }, _own, sender) => ({
				projectId,
				incidentId,
				integrationId,
				matchers,
				endsAt,
				comment: sender.word(),
			}),
			outcome: "UNAVAILABLE",
		},
		{
			name: "at another's integration, of one's own incident",
			needs: "engineer",
			subject: target,
			own: target,
			input: ({ integrationId }, { projectId, incidentId }, sender) => ({
				projectId,
				incidentId,
				integrationId,
				matchers,
				endsAt,
				comment: sender.word(),
			}),
			outcome: "UNAVAILABLE",
		},
	],
	"silences.list": [
		{
			needs: "viewer",
			subject: silence,
			input: ({ projectId, incidentId }) => ({ projectId, incidentId }),
		},
		{
			name: "of another's incident in one's own project",
			needs: "viewer",
			subject: silence,
			own: project,
			input: ({ incidentId }, { projectId }) => ({ projectId, incidentId }),
		},
	],
	"silences.expire": [
		{
			needs: "engineer",
			subject: silence,
			input: ({ projectId, silenceId }) => ({ projectId, id: silenceId }),
			outcome: "CONFLICT",
		},
		{
			name: "of one's own project",
			needs: "engineer",
			subject: silence,
			own: project,
			input: ({ silenceId }, { projectId }) => ({ projectId, id: silenceId }),
			outcome: "CONFLICT",
		},
	],
};
