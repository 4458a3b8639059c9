import { type RouteRow, routeName } from "../../../src-main/http/index.ts";
import type { Need } from "../../../src-shared/domain/access/need.ts";
import type { ContractCase, ContractCases } from "./contract-case.ts";
import { ask, codeOf, contractCalls } from "./contract-faults.ts";
import { lineOfRoute, needOfCall } from "./needs.ts";
import type { Asker } from "./places.ts";
import type { Ids, RouteCase, RouteCases } from "./route-case.ts";
import { type Headers, proofOf, send } from "./send.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** A case of a call or of a route, tried within one tenant. */
export interface Trial {
	readonly name: string;
	readonly need: Need;
	readonly each: Pick<ContractCase, "acting" | "own" | "subject">;
	/** What who may is answered. */
	readonly outcome: string;
	/** What a project that is switched off answers to a change. */
	readonly conflict: string;
	readonly forbidden: string;
	/** What is asked for is in the request; else it is in the project of the token. */
	readonly namesIt: boolean;
	/** A program of the tenant may ask, too. */
	readonly takesKey: boolean;
	attempt(asker: Asker | "program", asked: Asked): Promise<Attempt>;
}

export interface Asked {
	readonly ids: Ids;
	readonly own: Ids;
	readonly sender: Tenant;
}

export interface Attempt {
	readonly outcome: string;
	readonly text: string;
}

/** What is asked for within a tenant alone and of no project: by how its name begins, and why. */
export const ofNoProject: readonly (readonly [RegExp, string])[] = [
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
	[/^projects\.create/, "short names are of the tenant"],
	[/another's (person|address)/, "people are of the tenant"],
	[/\(of a model whose namesake drifts/, "models are of the tenant"],
	[/\(the first\)/, "it stays active"],
	[
		/^POST \/api\/incidents\b(?!\/)/,
		"what names no project is opened in the first",
	],
	[/switch-project/, "of whoever asks"],
];

/** The contract's calls on what is in a project. */
export function contractTrials(world: World, cases: ContractCases): Trial[] {
	return contractCalls
		.flatMap((name) =>
			(cases[name] ?? [])
				.filter((each) => isTried(needOfCall(name), each))
				.filter((each) => each.untried === undefined)
				.map((each) => contractTrial(world, name, each)),
		)
		.filter(({ name }) => isOfProject(name));
}

function contractTrial(world: World, name: string, each: ContractCase): Trial {
	return {
		name: each.name === undefined ? name : `${name} (${each.name})`,
		need: needOfCall(name),
		each,
		outcome: each.outcome ?? "ok",
		conflict: "CONFLICT",
		forbidden: "FORBIDDEN",
		namesIt: true,
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
		.flatMap((row) => {
			const name = routeName(row);
			const { by, need } = lineOfRoute(name);
			if (by === "public" || by === "key" || need === null) return [];
			return (cases[name] ?? [])
				.filter((each) => isTried(need, each))
				.map((each): Trial => routeTrial(world, row, each, by, need));
		})
		.filter(({ name }) => isOfProject(name));
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
		namesIt: each.subject !== undefined || row.url.includes(":project_id"),
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
