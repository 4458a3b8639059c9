import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { makeIncident } from "./seed.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Ports = Pick<World, "engine">;

const day = 86_400;

export const playbookId = "touch_nothing";

/** A playbook of this machine that waits and says a version; with `careful` it needs an approval. */
const playbook = `
id: ${playbookId}
name: Touch nothing
description: Waits
parameters:
  type: object
  properties:
    seconds: { type: integer, minimum: 0, maximum: ${day}, default: 0 }
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
	await until(world, tenant, begun, ({ status }) => status !== "running");
	return begun;
}

/** An execution that goes on for a day, beside at most one other: the machine runs few at once. Nothing of either changes by itself. */
export async function makeLongRun(world: Ports, tenant: Tenant): Promise<Ids> {
	const { playbooks } = world.engine.services;
	const { engineer } = tenant.principals;
	const { items } = await playbooks.actions(engineer, {
		kinds: ["execution", "rollback"],
		awaitingMe: false,
		before: null,
		limit: 50,
	});
	const ended = ({ status }: PlaybookAction) => status !== "running";
	const long: string[] = [];
	for (const action of items) {
		if (ended(action)) continue;
		if (action.params.seconds === day) long.push(action.id);
		else await until(world, tenant, { actionId: action.id }, ended);
	}
	for (const actionId of long.slice(1)) {
		await playbooks.cancel(engineer, { actionId });
		await until(world, tenant, { actionId }, ended);
	}
	const begun = await makeRun(world, tenant, day);
	await until(world, tenant, begun, ({ steps }) =>
		steps.some(({ id, status }) => id === "pause" && status === "running"),
	);
	return begun;
}

async function until(
	{ engine }: Ports,
	tenant: Tenant,
	{ actionId }: Pick<Ids, "actionId">,
	is: (action: PlaybookAction) => boolean,
): Promise<void> {
	const ask = () =>
		engine.services.playbooks.action(tenant.principals.engineer, { actionId });
	while (!is(await ask())) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
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
