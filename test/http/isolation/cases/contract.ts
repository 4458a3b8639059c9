import { Readable } from "node:stream";
import type { ContractCase, ContractCases } from "../contract-case.ts";
import type { Ids } from "../route-case.ts";
import {
	makeIncident,
	makeJob,
	makeKey,
	makeModel,
	makePerson,
} from "../seed.ts";
import { makeDriftingNamesake } from "../seed-namesakes.ts";
import {
	makeDryRun,
	makeExecution,
	makeLongRun,
	playbookId,
} from "../seed-playbooks.ts";
import { makeDelivery, makeWebhook } from "../seed-webhooks.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";
import { alertRuleCalls } from "./contract-alert-rules.ts";
import { analyticsCalls } from "./contract-analytics.ts";
import { assistantCalls } from "./contract-assistant.ts";
import { hypothesisCalls } from "./contract-hypotheses.ts";
import { projectCalls } from "./contract-projects.ts";
import { silenceCalls } from "./contract-silences.ts";
import { monitoringCalls } from "./monitoring.ts";

/** Nothing is named, and what is told is the same for everybody. */
const namesNothing: readonly ContractCase[] = [{}];

const incident = (tenant: Tenant, world: World) => makeIncident(world, tenant);
const model = (tenant: Tenant, world: World) => makeModel(world, tenant);
const job = (tenant: Tenant, world: World) => makeJob(world, tenant);
const person = (tenant: Tenant, world: World) => makePerson(world, tenant);
const dryRun = (tenant: Tenant, world: World) => makeDryRun(world, tenant);
const carefulDryRun = (tenant: Tenant, world: World) =>
	makeDryRun(world, tenant, { careful: true });
const execution = (tenant: Tenant, world: World) =>
	makeExecution(world, tenant);

/** A file that the tenant's owner has sent. */
async function upload(tenant: Tenant, { engine }: World): Promise<Ids> {
	const { uploadId } = await engine.uploads.receive(
		Readable.from(["score\n0.5\n0.6\n"]),
		`${tenant.word()}.csv`,
		tenant.principals.owner,
	);
	return { uploadId };
}

/** What the tenant's owner did a moment ago, to be undone by them. */
async function undo(tenant: Tenant, world: World): Promise<Ids> {
	const { id } = await makeIncident(world, tenant);
	const { undoToken } = await world.engine.services.incidents.act(
		tenant.principals.owner,
		{ ids: [id], verb: { kind: "severity", severity: 5 } },
	);
	return { undoToken: undoToken ?? "none" };
}

const mapping = {
	model: { constant: "imported" },
	score: "score",
	eventTime: null,
	prediction: null,
	label: null,
	eventId: null,
	entityId: null,
	modelVersion: null,
	features: [],
	dateFormat: null,
};

function ofModel(more: object = {}) {
	return [
		{
			subject: model,
			input: ({ modelId }: Ids) => ({ modelId, ...more }),
		},
	];
}

function ofAction(
	each: Pick<ContractCase, "subject" | "outcome">,
	more: object = {},
): readonly ContractCase[] {
	return [{ ...each, input: ({ actionId }: Ids) => ({ actionId, ...more }) }];
}

/** Incidents, models, drift, imports and jobs. */
const monitored: ContractCases = {
	"incidents.list": [{ subject: incident, input: () => ({}) }],
	"incidents.get": [{ subject: incident, input: ({ id }) => ({ id }) }],
	"incidents.create": [
		{
			name: "of a model that has an open incident elsewhere",
			subject: async (tenant, world) => {
				const { modelId } = await makeModel(world, tenant);
				world.engine.incidents.open(tenant.principals.owner, {
					title: tenant.word(),
					description: "",
					severity: 2,
					modelId,
					projectId: tenant.named,
				});
				return { modelId };
			},
			input: ({ modelId }, _own, sender) => ({
				title: sender.word(),
				severity: 2,
				modelId,
			}),
			outcome: "DUPLICATE",
		},
	],
	"incidents.act": [
		{
			subject: incident,
			input: ({ id }) => ({
				ids: [id],
				verb: { kind: "move", to: "resolved" },
			}),
		},
		{
			name: "for another's person",
			subject: person,
			own: incident,
			input: ({ userId }, { id }) => ({
				ids: [id],
				verb: { kind: "assign", ownerId: userId },
			}),
		},
	],
	"incidents.undo": [
		{
			subject: undo,
			input: ({ undoToken }) => ({ undoToken }),
			outcome: "GONE",
		},
		{
			name: "by whoever did it",
			acting: "owner",
			subject: undo,
			input: ({ undoToken }) => ({ undoToken }),
		},
	],
	"incidents.addNote": [
		{
			subject: incident,
			input: ({ id }) => ({ id, text: "I was here" }),
		},
	],
	"incidents.owners": [{ subject: person }],
	"incidents.verify": [{ subject: incident, input: ({ id }) => ({ id }) }],
	"models.list": [{ subject: model }],
	"models.get": ofModel(),
	"models.setMonitor": ofModel({ settings: { num_bins: 7 } }),
	"models.performance": ofModel({ bucket: "day" }),
	"drift.history": ofModel(),
	"drift.evidence": [
		{
			subject: model,
			input: ({ driftId }) => ({ driftId }),
		},
		{
			name: "of a model whose namesake drifts elsewhere, too",
			subject: async (tenant, world) => {
				await makeDriftingNamesake(world, tenant);
				return {};
			},
			own: (tenant, world) => makeDriftingNamesake(world, tenant),
			input: (_, { driftId }) => ({ driftId }),
		},
	],
	"drift.assess": ofModel(),
	"drift.assessHistory": ofModel(),
	"imports.inspect": [
		{
			subject: upload,
			input: ({ uploadId }) => ({ source: { uploadId } }),
			// An upload is of the person who sent it: the owner.
			outcome: "UNREADABLE",
		},
	],
	"imports.start": [
		{
			subject: upload,
			input: ({ uploadId }) => ({ source: { uploadId }, mapping }),
			outcome: "UNREADABLE",
		},
	],
	"jobs.list": [{ subject: job }],
	"jobs.get": [{ subject: job, input: ({ jobId }) => ({ jobId }) }],
	"jobs.cancel": [{ subject: job, input: ({ jobId }) => ({ jobId }) }],
	"demo.load": [
		{
			untried: "It names nothing, and fills the caller's tenant for seconds.",
		},
	],
};

/** Keys, people and rules. */
const tenancy: ContractCases = {
	"system.session": namesNothing,
	"system.status": [{ subject: incident }],
	"keys.list": [{ subject: (tenant, world) => makeKey(world, tenant) }],
	"keys.create": [
		{
			input: (_ids, _own, sender) => ({ name: sender.word() }),
		},
	],
	"keys.revoke": [
		{
			acting: "admin",
			subject: (tenant, world) => makeKey(world, tenant),
			input: ({ keyId }) => ({ id: keyId }),
		},
	],
	// An address signs in to one tenant, so that one which is taken is taken for all.
	"users.add": [
		{
			input: (_ids, _own, sender) => ({
				email: `${sender.word()}@new.example`,
				name: sender.word(),
				password: "a password of some length",
				role: "viewer",
			}),
		},
	],
	"users.list": [{ subject: person }],
	"users.setRole": [
		{
			subject: person,
			input: ({ userId }) => ({ id: userId, role: "engineer" }),
		},
	],
	"users.setActive": [
		{
			subject: person,
			input: ({ userId }) => ({ id: userId, isActive: false }),
		},
	],
	"users.setPassword": [
		{
			acting: "admin",
			subject: person,
			input: ({ userId }) => ({ id: userId, password: "another password" }),
		},
	],
	"settings.get": [
		{
			subject: async (tenant, world) => {
				const { userId } = await makePerson(world, tenant);
				world.engine.identity.members.setRole(
					tenant.principals.owner,
					userId,
					"admin",
				);
				return {};
			},
		},
	],
	"settings.set": [{ input: () => ({ fourEyes: "on" }) }],
	"settings.limits": namesNothing,
};

/** Playbooks, which are of the machine, and their actions, which are of a tenant. */
const actions: ContractCases = {
	// Says how long it took before, in this tenant.
	"playbooks.catalogue": [{ subject: execution }],
	"playbooks.reload": [{}],
	"playbooks.forIncident": [
		{
			subject: incident,
			input: ({ id }) => ({ incidentId: id }),
		},
	],
	"playbooks.dryRun": [
		{
			subject: incident,
			input: ({ id }) => ({ incidentId: id, playbookId, params: {} }),
		},
	],
	"playbooks.requestApproval": ofAction({
		subject: carefulDryRun,
	}),
	"playbooks.approve": ofAction({ subject: carefulDryRun }),
	"playbooks.decline": ofAction(
		{
			subject: async (tenant, world) => {
				const asked = await makeDryRun(world, tenant, { careful: true });
				await world.engine.services.playbooks.requestApproval(
					tenant.principals.engineer,
					asked,
				);
				return asked;
			},
		},
		{ reason: "no" },
	),
	"playbooks.execute": [
		{
			subject: dryRun,
			input: ({ actionId }) => ({ dryRunId: actionId }),
		},
	],
	"playbooks.cancel": ofAction({
		subject: (tenant, world) => makeLongRun(world, tenant),
	}),
	"playbooks.rollback": ofAction({ subject: execution }),
	// Nothing is left unknown while the engine lives.
	"playbooks.settle": ofAction(
		{ subject: execution, outcome: "CONFLICT" },
		{ outcome: "failed", note: "I looked" },
	),
	"playbooks.endProcess": ofAction({
		subject: execution,
		outcome: "CONFLICT",
	}),
	"playbooks.action": ofAction({ subject: execution }),
	"playbooks.actions": [
		{ name: "all", subject: execution, input: () => ({}) },
		{
			name: "of a kind",
			subject: execution,
			input: () => ({ kinds: ["execution"] }),
		},
		{
			name: "of an incident",
			subject: execution,
			input: ({ incidentId }) => ({ incidentId }),
		},
		{
			name: "that wait for me",
			subject: carefulDryRun,
			input: () => ({ awaitingMe: true }),
		},
	],
	"playbooks.output": ofAction({ subject: execution }),
};

const webhook = (tenant: Tenant, world: World) => makeWebhook(world, tenant);
const delivery = (tenant: Tenant, world: World) => makeDelivery(world, tenant);

function ofWebhook(more: object = {}): readonly ContractCase[] {
	return [
		{
			subject: webhook,
			input: ({ webhookId }) => ({ id: webhookId, ...more }),
		},
	];
}

/** Webhooks, which are an admin's even to read. */
const webhooks: ContractCases = {
	"webhooks.list": [{ subject: webhook }],
	"webhooks.create": [
		{
			input: (_ids, _own, sender) => ({
				name: sender.word(),
				url: `https://${sender.mark}.example/`,
				// Nothing is told to it: what does not arrive is sent again, at any time.
				modelIds: [sender.word()],
			}),
		},
	],
	"webhooks.update": ofWebhook({ isEnabled: false }),
	"webhooks.remove": ofWebhook(),
	"webhooks.rotateSecret": ofWebhook(),
	"webhooks.test": ofWebhook(),
	"webhooks.deliveries": [
		{ name: "all", subject: delivery, input: () => ({}) },
		{
			name: "of one webhook",
			subject: delivery,
			input: ({ webhookId }) => ({ subscriptionId: webhookId }),
		},
	],
	"webhooks.replay": [
		{
			subject: delivery,
			input: ({ deliveryId }) => ({ id: deliveryId }),
		},
	],
	"webhooks.replayAll": ofWebhook(),
};

/** A case or more for every call of the contract. */
export const contractCases: ContractCases = {
	...monitored,
	...tenancy,
	...actions,
	...webhooks,
	...projectCalls,
	...hypothesisCalls,
	...silenceCalls,
	...analyticsCalls,
	...assistantCalls,
	...alertRuleCalls,
	...monitoringCalls,
	"live.changes": [
		{
			untried: "It goes on; the tests of feeds listen to it.",
		},
	],
};
