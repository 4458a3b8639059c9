import { randomUUID } from "node:crypto";
import type { Ids } from "./route-case.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** A model of the registry, known by its UUID and by its name, with a version in staging. */
export async function registerModel(
	world: World,
	tenant: Tenant,
): Promise<{ modelUuid: string; name: string }> {
	const name = tenant.word();
	const made = await ask(world, tenant, "POST", "/api/v1/models", {
		name,
		framework: "pytorch",
		tags: { team: tenant.mark },
	});
	const { model_id: modelUuid } = made as { model_id: string };
	await ask(world, tenant, "PUT", `/api/v1/models/${modelUuid}/stage`, {
		version: "1.0.0",
		target_stage: "staging",
	});
	return { modelUuid, name };
}

/** An open P2 incident of a model that is known only by the UUID that it was opened with. */
export async function openByModel(
	{ engine }: World,
	{ principals, named, word }: Tenant,
	modelUuid: string = randomUUID(),
): Promise<{ id: string; modelUuid: string }> {
	const { id } = engine.incidents.open(principals.owner, {
		title: word(),
		description: "",
		severity: 2,
		severityWord: "P2",
		modelId: engine.models.ensure(principals.owner.tenant, modelUuid),
		source: "api",
		projectId: named,
	});
	return { id, modelUuid };
}

/** The same of a model with a UUID that another may have. */
export async function openNamesake(
	{ modelUuid }: Ids,
	tenant: Tenant,
	world: World,
): Promise<void> {
	await openByModel(world, tenant, String(modelUuid));
}

async function ask(
	{ listeners }: World,
	tenant: Tenant,
	method: string,
	path: string,
	body: unknown,
): Promise<unknown> {
	const answer = await fetch(`${listeners.urls.api}${path}`, {
		method,
		headers: {
			"content-type": "application/json",
			authorization: `Bearer ${tenant.credentials.owner.bearer}`,
		},
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(await answer.text());
	return await answer.json();
}
