import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { makeIncident } from "./seed.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Ports = Pick<World, "engine">;

export const playbookId = "touch_nothing";

/** A playbook of this machine that waits and says a version; with `careful` it needs an approval. */
const playbook = `
id: ${playbookId}
name: Touch nothing
description: Waits
parameters:
  type: object
  properties:
    seconds: { type: integer, minimum: 0, maximum: 60, default: 0 }
    careful: { type: boolean, default: false }
risk: { level: low }
approval: params.careful
steps:
  - id: pause
    title: Wait
    wait: { seconds: "params.seconds" }
  - id: run
    title: Say the version
    command: { program: ${JSON.stringify(process.execPath)}, args: ["--version"] }
rollback:
  - id: back
    title: Wait again
    wait: { seconds: 0 }
`;

/** Puts the playbook into a data folder that no engine has opened yet. */
export function writePlaybook(dataDirectory: string): void {
	const folder = join(dataDirectory, "playbooks");
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	writeFileSync(join(folder, "touch-nothing.yaml"), playbook, { mode: 0o600 });
}

/** A dry run by the tenant's engineer on an incident of its own. */
export async function makeDryRun(
	world: Ports,
	tenant: Tenant,
	params: { seconds?: number; careful?: boolean } = {},
): Promise<Ids> {
	const incident = await makeIncident(world, tenant);
	const action = await world.engine.services.playbooks.dryRun(
		tenant.principals.engineer,
		{ incidentId: incident.id, playbookId, params },
	);
	return idsOf(action);
}

/** An execution that has ended. */
export async function makeExecution(
	world: Ports,
	tenant: Tenant,
): Promise<Ids> {
	const begun = await makeRun(world, tenant, 0);
	const { services } = world.engine;
	for (;;) {
		const { status } = await services.playbooks.action(
			tenant.principals.engineer,
			{ actionId: begun.actionId },
		);
		if (status !== "running") return begun;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** An execution that goes on for a minute, beside at most one other: the machine runs few at once. */
export async function makeLongRun(world: Ports, tenant: Tenant): Promise<Ids> {
	const { playbooks } = world.engine.services;
	const { engineer } = tenant.principals;
	const { items } = await playbooks.actions(engineer, {
		kinds: ["execution"],
		awaitingMe: false,
		before: null,
		limit: 50,
	});
	const running = items.filter(({ status }) => status === "running");
	for (const { id } of running.slice(1)) {
		await playbooks.cancel(engineer, { actionId: id });
	}
	return await makeRun(world, tenant, 60);
}

async function makeRun(
	world: Ports,
	tenant: Tenant,
	seconds: number,
): Promise<Ids> {
	const { actionId: dryRunId } = await makeDryRun(world, tenant, { seconds });
	return idsOf(
		await world.engine.services.playbooks.execute(tenant.principals.engineer, {
			dryRunId,
		}),
	);
}

type Ids = ReturnType<typeof idsOf>;

function idsOf({ id, number, incidentId, incidentNumber }: PlaybookAction) {
	return {
		actionId: id,
		actionNumber: number,
		incidentId,
		number: incidentNumber,
	};
}
