import type { ContractCases } from "../contract-case.ts";
import { makeIncident } from "../seed.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

/** A model server of the tenant, which nobody has agreed to. Nothing listens there. */
function server(tenant: Tenant) {
	return {
		kind: "ollama" as const,
		baseUrl: "http://127.0.0.1:9",
		model: tenant.word(),
		isLocal: true,
		isEnabled: true,
		timeoutSeconds: 1,
		maxInputTokens: 8_000,
		maxOutputTokens: 1_000,
	};
}

function prepared(tenant: Tenant, { engine }: World) {
	const { owner } = tenant.principals;
	engine.assistant.setServer(owner, server(tenant));
	engine.assistant.setPolicy(owner, {
		fields: ["incident_title"],
		labels: [tenant.word()],
	});
	return {};
}

async function incident(tenant: Tenant, world: World) {
	prepared(tenant, world);
	return makeIncident(world, tenant);
}

/** The model server of a tenant, and what may be sent to it. */
export const assistantCalls: ContractCases = {
	"assistant.settings": [{ subject: prepared }],
	"assistant.setServer": [
		{
			subject: prepared,
			input: (_ids, _own, sender) => server(sender),
		},
	],
	"assistant.setPolicy": [
		{
			subject: prepared,
			input: () => ({ fields: ["times"], labels: [] }),
		},
	],
	"assistant.preview": [
		{
			subject: incident,
			own: prepared,
			input: ({ id }) => ({ incidentId: id }),
		},
	],
	"assistant.confirm": [
		{
			subject: incident,
			own: prepared,
			input: ({ id }) => ({ incidentId: id, hash: "0".repeat(64) }),
			outcome: "CONFLICT",
		},
	],
	"assistant.consult": [
		{
			subject: incident,
			own: prepared,
			input: ({ id }) => ({ incidentId: id }),
			outcome: "CONFLICT",
		},
	],
	"assistant.removeServer": [{ subject: prepared }],
};
