import {
	checkPredictionEvent,
	faultMessage,
} from "../../../src-main/engine/predictions/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Opened = Pick<World, "engine" | "listeners">;

const hour = 3_600_000;

/** Fills a tenant with one of everything, so that a filter that is missing somewhere has something to show. */
export async function seed(
	world: Opened,
	tenant: Tenant,
	{ incidents }: { incidents: number },
): Promise<void> {
	const { services } = world.engine;
	const { owner } = tenant.principals;
	for (let count = 0; count < incidents; count++) {
		const { id } = await services.incidents.create(owner, {
			title: tenant.word(),
			description: tenant.word(),
			severity: 3,
			modelId: null,
		});
		await services.incidents.addNote(owner, { id, text: tenant.word() });
	}
	await makeModel(world, tenant);
	await sendEvent(world, tenant, namesake);
	await makeJob(world, tenant);
	await services.settings.set(owner, { fourEyes: "on" });
}

/** A model with events, a monitor and one drift result that opened an incident. */
export async function makeModel(
	{ engine, listeners }: Opened,
	tenant: Tenant,
	modelId = tenant.word(),
): Promise<{ modelId: string; driftId: string; eventId: string }> {
	const eventId = tenant.word();
	const now = engine.clock.now();
	const rows = Array.from({ length: 120 }, (_, row) => {
		const isNew = row % 2 === 0;
		return {
			model_id: modelId,
			event_id: row === 0 ? eventId : `${modelId}-${row}`,
			entity_id: `${modelId}-entity`,
			score: isNew ? 0.9 : 0.1 + (row % 10) / 100,
			event_time: new Date(
				now - (isNew ? 2 * hour : 80 * hour) - row * 1_000,
			).toISOString(),
			features: { amount: row, country: tenant.mark },
		};
	});
	const answer = await fetch(`${listeners.urls.api}/v1/events/predictions`, {
		method: "POST",
		headers: { "content-type": "application/json", "x-api-key": tenant.apiKey },
		body: JSON.stringify(rows),
	});
	if (!answer.ok) throw new Error(await answer.text());
	const { owner } = tenant.principals;
	const { services } = engine;
	await services.models.setMonitor(owner, {
		modelId,
		settings: { minSamples: 20, currentDays: 1, baselineDays: 7 },
	});
	const { driftId } = await services.drift.assess(owner, { modelId });
	return { modelId, driftId, eventId };
}

/** Sends one event of a model, which makes the model where the tenant has none of that name. */
export async function sendEvent(
	{ engine }: Pick<World, "engine">,
	tenant: Tenant,
	modelId: string,
): Promise<void> {
	const checked = checkPredictionEvent({ model_id: modelId, score: 0.5 });
	if (!checked.ok) throw new Error(faultMessage(checked.faults));
	await engine.predictions.ingest(tenant.key, checked.value);
}

/** The name of a model that each tenant has one of. */
const namesake = "the same name";

/** Changes the monitor of the tenant's model whose name another tenant's model has, too. */
export async function changeNamesake(
	{ engine }: Pick<World, "engine">,
	tenant: Tenant,
): Promise<void> {
	const { owner } = tenant.principals;
	const { services } = engine;
	const { monitor } = await services.models.get(owner, { modelId: namesake });
	await services.models.setMonitor(owner, {
		modelId: namesake,
		settings: { numBins: monitor.numBins + 1 },
	});
}

/** A job that has ended. */
export async function makeJob(
	{ engine }: Pick<World, "engine">,
	tenant: Tenant,
): Promise<{ jobId: string }> {
	const jobId = engine.jobs.start(tenant.key, {
		kind: "assess",
		title: tenant.word(),
		work: async () => {},
	});
	await engine.jobs.finished(tenant.key, jobId);
	return { jobId };
}

/** An incident that went as far as `states` say. */
export async function makeIncident(
	{ engine }: Pick<World, "engine">,
	tenant: Tenant,
	...states: ("acknowledged" | "mitigated" | "resolved")[]
): Promise<{ id: string; number: number }> {
	const { incidents } = engine;
	const { owner } = tenant.principals;
	const { id, number } = incidents.open(owner, {
		title: tenant.word(),
		description: tenant.word(),
		severity: 2,
		modelId: null,
		projectId: tenant.named,
	});
	for (const to of states) incidents.actOn(owner, id, { kind: "move", to });
	return { id, number };
}

/** A key of the tenant's owner. */
export function makeKey(
	{ engine }: Pick<World, "engine">,
	tenant: Tenant,
): { keyId: string } {
	const { id } = engine.identity.apiKeys.create(
		tenant.principals.owner,
		tenant.word(),
	);
	return { keyId: id };
}

/** A person who can be changed without anyone missing them. */
export async function makePerson(
	{ engine }: Pick<World, "engine">,
	tenant: Tenant,
): Promise<{ userId: string; email: string }> {
	const email = `${tenant.word()}@${tenant.mark}.example`;
	const { id } = await engine.identity.addUser(tenant.principals.owner, {
		email,
		name: tenant.word(),
		password: "a password of some length",
		role: "viewer",
	});
	return { userId: must(id, "just added"), email };
}
