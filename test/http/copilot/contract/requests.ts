import type { IncidentState } from "../../../../src-shared/domain/lifecycle.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { roles } from "../../../../src-shared/domain/roles.ts";
import { pathTo } from "../../../engine/incidents/incidents-bench.ts";
import { type OpenCopilot, password } from "../open-copilot.ts";

let count = 0;

/** A word that nothing else has. */
export function word(): string {
	return `word-${++count}`;
}

/** An incident of the tenant's first project, walked to a state of the engine's own. */
export function incidentIn(
	{ engine, founder }: OpenCopilot,
	state: IncidentState = "detected",
	projectId: string | null = null,
): string {
	const by = founder.holder.principal.needs("owner");
	const { id } = engine.incidents.open(by.needs("engineer"), {
		title: word(),
		description: "",
		severity: 3,
		modelId: null,
		source: "api",
		projectId,
	});
	for (const to of pathTo[state]) {
		engine.incidents.actOn(by.needs("engineer"), id, { kind: "move", to });
	}
	return id;
}

/** A project in which the person of each role has that role. */
export function projectOfAll({ engine, founder, people }: OpenCopilot): string {
	const { projects } = engine.identity;
	const by = founder.holder.principal.needs("owner");
	const { id } = projects.create(by, { name: word() });
	for (const role of roles) {
		if (role === "owner") continue;
		projects.addMember(by.in(id).governs("owner"), {
			email: people[role].email,
			role,
		});
	}
	return id;
}

/** A person of the tenant; in its first project as an engineer. */
export async function somebody({ engine, founder }: OpenCopilot) {
	const email = `${word()}@example.com`;
	const { id } = await engine.identity.addUser(
		founder.holder.principal.needs("admin"),
		{
			email,
			name: word(),
			password,
			role: "engineer",
		},
	);
	return { id, email };
}

/** What is thought of an incident for a change shortly before it: the ids of both. Null is the first project. */
export async function hypothesisIn(
	{ engine, founder }: OpenCopilot,
	projectId: string | null = null,
): Promise<[string, string]> {
	const by = founder.holder.principal.needs("owner");
	const service = word();
	engine.insight.recordChange(by.tenant, {
		kind: "deployment",
		projectId,
		service,
		summary: `${service} v2.4.5`,
	});
	const { id } = engine.incidents.open(by.needs("engineer"), {
		title: `${service} times out`,
		description: "",
		severity: 3,
		modelId: null,
		source: "api",
		projectId,
		serviceName: service,
	});
	const { items } = await engine.insight.generate(by.needs("engineer"), id);
	return [id, must(items[0], "a deployment is a cause").id];
}

export function registration() {
	return {
		email: `${word()}@new.example`,
		password,
		full_name: "Somebody New",
		tenant_name: must(word(), "a word"),
	};
}

/** Whether an operation is one of an incident or of a project by its id. */
export function kindOf(operation: string): "incident" | "project" | null {
	if (/\/(incidents|incident-metrics)\/\{id\}/.test(operation)) {
		return "incident";
	}
	return operation.includes("/projects/{id}") ? "project" : null;
}
