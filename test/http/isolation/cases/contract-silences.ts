import { EngineError } from "../../../../src-main/engine/errors.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import type { ContractCases } from "../contract-case.ts";
import type { Ids } from "../route-case.ts";
import { makeIncident } from "../seed.ts";
import { makeIntegration } from "../seed-monitoring.ts";
import { ownProject } from "../seed-projects.ts";
import { inProject, type Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const matchers = [
	{ name: "alertname", operator: "=" as const, value: "HighErrorRate" },
];
const endsAt = Date.UTC(2100, 0, 1);

/** An incident, and an integration at whose address no Alertmanager answers. */
async function target(tenant: Tenant, world: World) {
	const { id } = await makeIncident(world, tenant);
	return { ...(await makeIntegration(world, tenant)), incidentId: id };
}

/** A silence of which nobody knows whether it came about. */
async function silence(tenant: Tenant, world: World): Promise<Ids> {
	const made = await target(tenant, world);
	const { silences } = world.engine.monitoring;
	await silences
		.create(inProject(tenant, "owner"), {
			incidentId: made.incidentId,
			integrationId: made.integrationId,
			matchers,
			endsAt,
			comment: tenant.word(),
		})
		.catch((error: unknown) => {
			if (!(error instanceof EngineError)) throw error;
		});
	const { items } = await silences.list(
		inProject(tenant, "viewer"),
		made.incidentId,
	);
	return { ...made, silenceId: must(items[0], "it was written down").id };
}

/** Silences at the source. What somebody may is told by their role in the project. */
export const silenceCalls: ContractCases = {
	"silences.preview": [
		{
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
			subject: target,
			own: ownProject,
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
			subject: silence,
			input: ({ projectId, incidentId }) => ({ projectId, incidentId }),
		},
		{
			name: "of another's incident in one's own project",
			subject: silence,
			own: ownProject,
			input: ({ incidentId }, { projectId }) => ({ projectId, incidentId }),
		},
	],
	"silences.expire": [
		{
			subject: silence,
			input: ({ projectId, silenceId }) => ({ projectId, id: silenceId }),
			outcome: "CONFLICT",
		},
		{
			name: "of one's own project",
			subject: silence,
			own: ownProject,
			input: ({ silenceId }, { projectId }) => ({ projectId, id: silenceId }),
			outcome: "CONFLICT",
		},
	],
};
