import type { IncidentState } from "../../../../src-shared/domain/lifecycle.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { roles } from "../../../../src-shared/domain/roles.ts";
import { pathTo } from "../../../engine/incidents/incidents-bench.ts";
import { type OpenCopilot, password, type Sent } from "../open-copilot.ts";

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
	const by = founder.holder.principal;
	const { id } = engine.incidents.open(by, {
		title: word(),
		description: "",
		severity: 3,
		modelId: null,
		source: "api",
		projectId,
	});
	for (const to of pathTo[state]) {
		engine.incidents.actOn(by, id, { kind: "move", to });
	}
	return id;
}

/** A project in which the person of each role has that role. */
export function projectOfAll({ engine, founder, people }: OpenCopilot): string {
	const { projects } = engine.identity;
	const by = founder.holder.principal;
	const { id } = projects.create(by, { name: word() });
	for (const role of roles) {
		if (role === "owner") continue;
		projects.addMember(by, id, { email: people[role].email, role });
	}
	return id;
}

/** A person of the tenant; in its first project as an engineer. */
export async function somebody({ engine, founder }: OpenCopilot) {
	const email = `${word()}@example.com`;
	const { id } = await engine.identity.addUser(founder.holder.principal, {
		email,
		name: word(),
		password,
		role: "engineer",
	});
	return { id, email };
}

/** A request that would do something, were it allowed. */
export async function validRequest(
	copilot: OpenCopilot,
	operation: string,
): Promise<Sent> {
	const { founder } = copilot;
	const firstId = founder.projectId;
	switch (operation) {
		case "POST /auth/register":
			return { json: registration() };
		case "POST /auth/login":
			return { json: { email: founder.email, password } };
		case "POST /auth/switch-project":
			return { query: `?project_id=${firstId}` };
		case "POST /projects":
			return { json: { name: word() } };
		case "GET /projects/{id}":
		case "GET /projects/{id}/members":
			return { ids: [projectOfAll(copilot)] };
		case "PATCH /projects/{id}":
			return { ids: [projectOfAll(copilot)], json: { name: word() } };
		case "DELETE /projects/{id}":
			return { ids: [projectOfAll(copilot)] };
		case "POST /projects/{id}/members": {
			const { email } = await somebody(copilot);
			return {
				ids: [projectOfAll(copilot)],
				json: { user_email: email, role: "viewer" },
			};
		}
		case "PATCH /projects/{id}/members/{user_id}": {
			const { id } = await somebody(copilot);
			return { ids: [firstId, id], json: { role: "viewer" } };
		}
		case "DELETE /projects/{id}/members/{user_id}":
			return { ids: [firstId, (await somebody(copilot)).id] };
		case "POST /incidents":
			return { json: { title: word(), severity: "high" } };
		case "GET /incidents/{id}":
		case "GET /incidents/{id}/activities":
			return { ids: [incidentIn(copilot)] };
		case "PATCH /incidents/{id}/state":
			return { ids: [incidentIn(copilot)], json: { state: "acknowledged" } };
		case "PATCH /incidents/{id}/severity":
			return { ids: [incidentIn(copilot)], json: { severity: "low" } };
		case "POST /incidents/{id}/comments":
			return { ids: [incidentIn(copilot)], json: { content: "Looking." } };
		default:
			return {};
	}
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
	if (operation.includes("/incidents/{id}")) return "incident";
	return operation.includes("/projects/{id}") ? "project" : null;
}
