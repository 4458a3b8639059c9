import { afterAll, beforeAll } from "vitest";
import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import type { Member } from "../../../../src-main/engine/identity/index.ts";
import type { IncidentState } from "../../../../src-shared/domain/lifecycle.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { pathTo } from "../../../engine/incidents/incidents-bench.ts";
import {
	alice,
	bob,
	type OpenInterventions,
	openInterventions,
	type Person,
} from "../open-interventions.ts";
import { testPlaybooks } from "../test-playbooks.ts";
import { perform } from "./operations.ts";

/** API E over the test playbooks, with an owner of one tenant and of another. */
export interface SharedInterventions {
	readonly opened: OpenInterventions;
	readonly files: ReturnType<typeof testPlaybooks>;
	readonly owner: Person;
	readonly stranger: Person;
}

type OnEnd = (end: () => void | Promise<void>) => void;

/** `onEnd` says when to close it; when the test is over, if absent. */
export async function openForContract(
	rateLimitScale = 0,
	onEnd?: OnEnd,
): Promise<SharedInterventions> {
	const files = testPlaybooks(onEnd);
	const opened = await openInterventions({
		playbooks: files.files,
		config: { rateLimitScale },
		...(onEnd === undefined ? {} : { onEnd }),
	});
	return {
		opened,
		files,
		owner: await opened.signUp(alice),
		stranger: await opened.signUp(bob),
	};
}

/** One for all tests of a file; it is there once the tests run. */
export function sharedInterventions(): () => SharedInterventions {
	let shared: SharedInterventions | undefined;
	const ends: (() => void | Promise<void>)[] = [];
	beforeAll(async () => {
		shared = await openForContract(0, (end) => ends.unshift(end));
	});
	afterAll(async () => {
		for (const end of ends) await end();
	});
	return () => must(shared, "opened before all tests");
}

/** A body that opens an incident. */
export function newIncident(
	changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
	return {
		kind: "invariant",
		key: "INV_data_freshness_inbox",
		severity: "sev2",
		summary: "Data freshness violation for inbox.triage",
		...changes,
	};
}

/** Opens one over the API; answers its number. */
export async function opened(
	{ opened, owner }: SharedInterventions,
	changes: Readonly<Record<string, unknown>> = {},
	by: Person = owner,
): Promise<number> {
	const { body } = await perform(opened, "create", {
		json: newIncident(changes),
		headers: by.authorized,
	});
	return (body as { id: number }).id;
}

/** Opens one and walks it to a state of the engine's own. */
export async function openedIn(
	shared: SharedInterventions,
	state: IncidentState,
): Promise<number> {
	const number = await opened(shared);
	const { engine } = shared.opened;
	const { principal } = shared.owner;
	for (const to of pathTo[state]) {
		engine.incidents.actOn(
			principal.needs("engineer"),
			idOf(shared, principal, number),
			{
				kind: "move",
				to,
			},
		);
	}
	return number;
}

/** What must not change when a request is refused: the incident and its timeline. */
export function stateOf(shared: SharedInterventions, number: number): unknown {
	const { engine } = shared.opened;
	const { principal } = shared.owner;
	const id = idOf(shared, principal, number);
	return {
		entry: engine.incidents.entry(principal.sight, id),
		timeline: engine.incidents.timeline(principal.sight, id),
		actions: engine.playbooks.actions(principal, { incidentId: id }).total,
	};
}

function idOf(
	{ opened: { engine } }: SharedInterventions,
	{ tenant }: Member,
	number: number,
): string {
	return engine.incidents.entryByNumber(Sight.ofTenant(tenant.key), number).id;
}
