import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import type { Need } from "../../../src-shared/domain/access/need.ts";
import {
	type RouteNeed,
	routeNeeds,
} from "../../../src-shared/domain/access/route-needs.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";

const calls: Readonly<Record<string, Readonly<Record<string, Need>>>> =
	callNeeds;

/** The lines of the contract's calls, as `group.call`. */
export const callLines: ReadonlyMap<string, Need> = new Map(
	Object.entries(calls).flatMap(([group, lines]) =>
		Object.entries(lines).map(([call, need]) => [`${group}.${call}`, need]),
	),
);

/** What the table says of a call. */
export function needOfCall(name: string): Need {
	return must(callLines.get(name), `${name} has its line`);
}

/** What the table says of a route. */
export function lineOfRoute(name: string): RouteNeed {
	return must(routeNeeds[name], `${name} has its line`);
}

/** The weakest role that may what a case tries. */
export function roleFor(
	need: Need | null,
	{ acting }: { readonly acting?: Role },
): Role {
	return acting ?? need?.role ?? "viewer";
}
