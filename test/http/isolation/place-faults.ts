import { type RouteRow, routeName } from "../../../src-main/http/index.ts";
import type { Need } from "../../../src-shared/domain/access/need.ts";
import type { ContractCase, ContractCases } from "./contract-case.ts";
import { ask, codeOf, contractCalls } from "./contract-faults.ts";
import { lineOfRoute, needOfCall, roleFor } from "./needs.ts";
import {
	type Asker,
	member,
	openPlaces,
	type Places,
	setActive,
} from "./places.ts";
import {
	type Ids,
	noIds,
	type RouteCase,
	type RouteCases,
} from "./route-case.ts";
import { type Headers, proofOf, send } from "./send.ts";
import type { Tenant } from "./tenant.ts";
import { changedTables } from "./tenant-rows.ts";
import { quiet, type World } from "./world.ts";

/** A case of a call or of a route, tried within one tenant. */
interface Trial {
	readonly name: string;
	readonly need: Need;
	readonly each: Pick<ContractCase, "acting" | "own" | "subject">;
	/** What who may is answered. */
	readonly outcome: string;
	/** What a project that is switched off answers to a change. */
	readonly conflict: string;
	readonly forbidden: string;
	/** A program of the tenant may ask, too. */
	readonly takesKey: boolean;
	attempt(asker: Asker | "program", asked: Asked): Promise<Attempt>;
}

interface Asked {
	readonly ids: Ids;
	readonly own: Ids;
	readonly sender: Tenant;
}

interface Attempt {
	readonly outcome: string;
	readonly text: string;
}

/** What is asked for within a tenant alone and of no project: by how its name begins, and why. */
const ofNoProject: readonly (readonly [RegExp, string])[] = [
	[/^(models|drift|imports|jobs|demo)\./, "models are of the tenant"],
	[/^(system|users|settings)\.|^incidents\.owners/, "people are of the tenant"],
	[/^keys\./, "programs are of the tenant"],
	[/^webhooks\./, "webhooks are of the tenant"],
	[/^analytics\.(prices|setPrice|removePrice)/, "prices are of the tenant"],
	[/^assistant\.(settings|set|remove)/, "the model server is of the tenant"],
	[/^playbooks\.(catalogue|reload)/, "playbooks are of the machine"],
	[/ \/api\/v1\/(models|api-keys)/, "models and keys are of the tenant"],
	[/ \/api\/v1\/auth\/(logout|me|ws-token)/, "of whoever asks"],
	[/ \/api\/sse\//, "the tests of feeds listen to it"],
	[/ \/ui\//, "of whoever asks"],
];

/**
 * What is wrong with how projects of one tenant are kept apart, in words. For each case
 * whose things are in a project: somebody of the tenant who is not in it is shown nothing
 * of it and changes nothing in it; who may only look changes nothing either; while it is
 * switched off it can be read, and every change is refused as a conflict and changes
 * nothing; and who is in it with the role that is needed may.
 */
export async function placeFaults(
	world: World,
	trials: readonly Trial[],
	isFirstHidden: boolean,
): Promise<string[]> {
	const places = await openPlaces(world, isFirstHidden);
	const faults: string[] = [];
	for (const trial of trials) {
		const found = await trialFaults(world, places, trial, isFirstHidden);
		faults.push(...found.map((fault) => `${trial.name}: ${fault}`));
	}
	return faults;
}

async function trialFaults(
	world: World,
	places: Places,
	trial: Trial,
	isFirstHidden: boolean,
): Promise<string[]> {
	const { hidden, other, outsider, lookers } = places;
	const { need, each, outcome, conflict, forbidden } = trial;
	const faults: string[] = [];
	/** Something in the hidden project, and what a sender needs beside it. */
	const made = async (sender: Tenant): Promise<Asked> => {
		const ids = (await each.subject?.(hidden, world)) ?? noIds;
		const own = (await each.own?.(sender, world)) ?? noIds;
		await quiet(world);
		return { ids, own, sender };
	};
	const attempt = async (asker: Asker | "program", asked: Asked) => {
		const answer = await trial.attempt(asker, asked);
		await quiet(world);
		return answer;
	};
	/** The same, where nothing in the hidden project may change, whatever is answered. */
	const harmless: typeof attempt = async (asker, asked) => {
		const before = world.rows.ofProject(hidden);
		const answer = await attempt(asker, asked);
		const changed = changedTables(before, world.rows.ofProject(hidden));
		if (changed.length > 0) faults.push(`${nameOf(asker)} changed ${changed}`);
		return answer;
	};
	const isChange = need.role !== "viewer";

	const strange = await made(other);
	const told = await harmless(outsider, strange);
	for (const tale of tales(world, hidden, strange.ids, told.text)) {
		faults.push(`${outsider.who} reads ${tale} in ${told.text.slice(0, 300)}`);
	}
	const role = roleFor(need, each);
	const asked = await made(hidden);
	for (const looker of isChange ? lookers : []) {
		const answer = await harmless(looker, asked);
		if (answer.outcome !== forbidden && !isRefused(answer)) {
			faults.push(`${looker.who} is answered ${shown(answer)}`);
		}
	}
	if (!isFirstHidden && !(need.of === "project" && need.changes === "itself")) {
		setActive(world, hidden, false);
		for (const asker of [
			member(hidden, role),
			...(trial.takesKey ? ["program" as const] : []),
		]) {
			const answer = await (isChange ? harmless : attempt)(asker, asked);
			const isWell = isChange
				? answer.outcome === conflict || isRefused(answer)
				: answer.outcome === outcome;
			if (!isWell) {
				faults.push(
					`switched off, ${nameOf(asker)} is answered ${shown(answer)}`,
				);
			}
		}
		setActive(world, hidden, true);
	}
	const answer = await attempt(member(hidden, role), await made(hidden));
	if (answer.outcome !== outcome) {
		faults.push(`the ${role} of it is answered ${shown(answer)}`);
	}
	return faults;
}

function nameOf(asker: Asker | "program"): string {
	return asker === "program" ? "a program" : asker.who;
}

/** Of many at once, each is refused by itself. */
function isRefused({ text }: Attempt): boolean {
	return /"changed":\[\]/.test(text) && /"refused":\[\{/.test(text);
}

function shown({ outcome, text }: Attempt): string {
	return `${outcome}: ${text.slice(0, 300)}`;
}

/** What of the hidden project is in an answer, beside what was asked for. */
function tales(
	{ rows }: World,
	hidden: Tenant,
	asked: Ids,
	said: string,
): string[] {
	const rest = Object.values(asked)
		.map(String)
		.toSorted((one, another) => another.length - one.length)
		.reduce((text, id) => text.replaceAll(id, ""), said);
	const told = rows.idsOfProject(hidden).filter((id) => rest.includes(id));
	if (rest.includes(`${hidden.mark}-`)) told.push(hidden.mark);
	return told;
}

/** The contract's calls on what is in a project. */
export function contractTrials(world: World, cases: ContractCases): Trial[] {
	return contractCalls
		.filter((name) => isOfProject(name))
		.flatMap((name) =>
			(cases[name] ?? [])
				.filter((each) => isTried(needOfCall(name), each))
				.filter((each) => each.untried === undefined)
				.map((each) => contractTrial(world, name, each)),
		);
}

function contractTrial(world: World, name: string, each: ContractCase): Trial {
	return {
		name: each.name === undefined ? name : `${name} (${each.name})`,
		need: needOfCall(name),
		each,
		outcome: each.outcome ?? "ok",
		conflict: "CONFLICT",
		forbidden: "FORBIDDEN",
		takesKey: false,
		attempt: async (asker, { ids, own, sender }) => {
			if (asker === "program") throw new Error("no program calls");
			const input = each.input?.(ids, own, sender);
			const text = await ask(world, name, asker.principal(), input);
			return { outcome: codeOf(text), text };
		},
	};
}

/** The routes on what is in a project. API C is for programs, which are in all of them. */
export function routeTrials(world: World, cases: RouteCases): Trial[] {
	return world.listeners.routes
		.filter((row) => isOfProject(routeName(row)))
		.flatMap((row) => {
			const name = routeName(row);
			const { by, need } = lineOfRoute(name);
			if (by === "public" || by === "key" || need === null) return [];
			return (cases[name] ?? [])
				.filter((each) => isTried(need, each))
				.map((each): Trial => routeTrial(world, row, each, by, need));
		});
}

function routeTrial(
	world: World,
	row: RouteRow,
	each: RouteCase,
	by: "bearer" | "caller" | "session",
	need: Need,
): Trial {
	const name = routeName(row);
	return {
		name: each.name === undefined ? name : `${name} (${each.name})`,
		need,
		each,
		outcome: String(each.status),
		conflict: "409",
		forbidden: "403",
		takesKey: by === "caller" && need.role !== "admin",
		attempt: async (asker, { ids, own, sender }) => {
			const credential: Headers =
				asker === "program"
					? { "x-api-key": sender.apiKey }
					: proofOf(by, asker.held);
			const request = each.request?.(ids, own, sender) ?? {};
			const { status, text } = await send(
				world,
				row,
				each,
				request,
				credential,
			);
			return { outcome: String(status), text };
		},
	};
}

function isOfProject(name: string): boolean {
	return !ofNoProject.some(([pattern]) => pattern.test(name));
}

/** A namesake within a tenant is the thing itself. */
function isTried(
	need: Need,
	{ subject, first }: Pick<ContractCase, "subject" | "first">,
): boolean {
	return (
		(subject !== undefined || need.of === "project") && first === undefined
	);
}
