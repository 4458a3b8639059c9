import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { IncidentState } from "../../../../src-shared/domain/lifecycle.ts";
import { pathTo } from "../../../engine/incidents/incidents-bench.ts";
import type { OpenPlatform, Person } from "../open-platform.ts";
import { objectOf, perform } from "./operations.ts";

/** A body that opens an incident of a model of its own. */
export function newIncident(
	changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
	return {
		title: "Drift detected",
		severity: "P2",
		model_id: randomUUID(),
		...changes,
	};
}

/** Opens one over the API; answers it. */
export async function opened(
	by: Person,
	changes: Readonly<Record<string, unknown>> = {},
): Promise<{ id: string; model_id: string } & Record<string, unknown>> {
	const answer = await perform(by.call, "create", {
		json: newIncident(changes),
	});
	expect(answer.status, JSON.stringify(answer.body)).toBe(201);
	return answer.body as { id: string; model_id: string };
}

/** Opens one and walks it to a state of the engine's own. */
export async function openedIn(
	platform: OpenPlatform,
	state: IncidentState,
	changes: Readonly<Record<string, unknown>> = {},
) {
	const { owner, engine } = platform;
	const incident = await opened(owner, changes);
	for (const to of pathTo[state]) {
		engine.incidents.actOn(owner.principal.needs("engineer"), incident.id, {
			kind: "move",
			to,
		});
	}
	return incident;
}

/** What must not change when a request is refused: the incident, its timeline, and how many there are. */
export async function stateOf(by: Person, id: string): Promise<unknown> {
	const { body } = await perform(by.call, "one", { id });
	const all = await perform(by.call, "list", { query: "?page_size=1" });
	return { body, total: objectOf(all).total };
}

/** The fields that a refusal names. */
export function fieldsNamed(answer: { readonly body: unknown }): string[] {
	const { errors } = answer.body as { errors?: { field: string }[] };
	return (errors ?? []).map(({ field }) => field);
}
