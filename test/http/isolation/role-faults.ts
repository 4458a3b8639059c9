import type { Member } from "../../../src-main/engine/identity/index.ts";
import { type RouteRow, routeName } from "../../../src-main/http/index.ts";
import type { RouteProof } from "../../../src-shared/domain/access/route-needs.ts";
import {
	type Role,
	roleAtLeast,
	roles,
} from "../../../src-shared/domain/roles.ts";
import type { ContractCase, ContractCases } from "./contract-case.ts";
import { ask, codeOf } from "./contract-faults.ts";
import { lineOfRoute, needOfCall, roleFor } from "./needs.ts";
import { noIds, type RouteCase, type RouteCases } from "./route-case.ts";
import { credentialOf, type Headers, send, sessionHeaders } from "./send.ts";
import type { Tenant } from "./tenant.ts";
import { changedTables } from "./tenant-rows.ts";
import { quiet, rowsOf, type World } from "./world.ts";

/**
 * What is wrong with who may use the routes, in words. Without a credential, and with one
 * that is over, every route answers 401, but for those that everybody may see; a role that
 * is too weak gets 403 and changes nothing; a strong enough one is not refused.
 */
export async function roleFaults(
	world: World,
	cases: RouteCases,
): Promise<string[]> {
	const faults: string[] = [];
	for (const row of world.listeners.routes) {
		const [each] = cases[routeName(row)] ?? [];
		if (each === undefined || lineOfRoute(routeName(row)).by === "public") {
			continue;
		}
		const found = await caseFaults(world, row, each);
		faults.push(...found.map((fault) => `${routeName(row)}: ${fault}`));
	}
	return faults;
}

async function caseFaults(
	world: World,
	row: RouteRow,
	each: RouteCase,
): Promise<string[]> {
	const { victim } = world;
	const { by, need } = lineOfRoute(routeName(row));
	const needed = roleFor(need, each);
	const faults: string[] = [];
	const request = async () => {
		const ids = (await each.subject?.(victim, world)) ?? noIds;
		const own = (await each.own?.(victim, world)) ?? noIds;
		return each.request?.(ids, own, victim) ?? {};
	};
	const refused = await request();
	const before = rowsOf(world);
	for (const [who, headers] of Object.entries(strangersTo(by, victim))) {
		const { status } = await send(world, row, each, refused, headers);
		if (status !== 401) faults.push(`${who} is answered ${status}`);
	}
	for (const [who, role, credential] of holdersOf(by, each, victim)) {
		if (roleAtLeast(role, needed)) continue;
		const { status } = await send(
			world,
			row,
			each,
			refused,
			await credential(),
		);
		if (status !== 403) faults.push(`${who} is answered ${status}`);
	}
	const changed = changedTables(before, rowsOf(world));
	if (changed.length > 0) {
		faults.push(`somebody who may not changed something: ${changed}`);
	}
	for (const [who, role, credential] of holdersOf(by, each, victim)) {
		if (!roleAtLeast(role, needed)) continue;
		const headers = await credential();
		const { status, text } = await send(
			world,
			row,
			each,
			await request(),
			headers,
		);
		if (status === 401 || status === 403 || status >= 500) {
			faults.push(`${who} is answered ${status}: ${text.slice(0, 200)}`);
		}
	}
	return faults;
}

/** Credentials that prove nothing, by what they are. */
function strangersTo(by: RouteProof, { over, apiKey, credentials }: Tenant) {
	const strangers: Record<string, Headers> = { anonymous: {} };
	const { bearer, session } = credentials.owner;
	switch (by) {
		case "public":
			return {};
		case "bearer":
			strangers["an expired token"] = {
				authorization: `Bearer ${over.bearer}`,
			};
			strangers["an API key"] = { authorization: `Bearer ${apiKey}` };
			strangers["a browser's session"] = { ...sessionHeaders({ session }) };
			return strangers;
		case "key":
			strangers["a revoked key"] = { "x-api-key": over.apiKey };
			strangers["an owner's token"] = { authorization: `Bearer ${bearer}` };
			return strangers;
		case "caller":
			strangers["an expired token"] = {
				authorization: `Bearer ${over.bearer}`,
			};
			strangers["a revoked key"] = { "x-api-key": over.apiKey };
			strangers["a revoked key as bearer"] = {
				authorization: `Bearer ${over.apiKey}`,
			};
			return strangers;
		case "session":
			strangers["an ended session"] = { ...sessionHeaders(over) };
			strangers["an owner's token"] = { authorization: `Bearer ${bearer}` };
			return strangers;
	}
}

/** Everybody who can prove who they are to a case's route, and the role that they act in. */
function holdersOf(
	by: RouteProof,
	each: RouteCase,
	tenant: Tenant,
): [who: string, role: Role, credential: () => Promise<Headers>][] {
	const key: [string, Role, () => Promise<Headers>] = [
		"an API key",
		"engineer",
		async () => ({ "x-api-key": tenant.apiKey }),
	];
	if (by === "key") return [key];
	return [
		...(by === "caller" ? [key] : []),
		...roles.map((role): [string, Role, () => Promise<Headers>] => [
			`the ${role}`,
			role,
			() => credentialOf(by, each, tenant, role),
		]),
	];
}

/** The same for the contract's calls. A program is refused whatever only admins may do, however strong its role. */
export async function contractRoleFaults(
	world: World,
	cases: ContractCases,
): Promise<string[]> {
	const faults: string[] = [];
	for (const [name, [each]] of Object.entries(cases)) {
		if (each === undefined || name === "live.changes") continue;
		const found = await callFaults(world, name, each);
		faults.push(...found.map((fault) => `${name}: ${fault}`));
	}
	return faults;
}

async function callFaults(
	world: World,
	name: string,
	each: ContractCase,
): Promise<string[]> {
	const { victim } = world;
	const needed = roleFor(needOfCall(name), each);
	const faults: string[] = [];
	const input = async () => {
		const ids = (await each.subject?.(victim, world)) ?? noIds;
		const own = (await each.own?.(victim, world)) ?? noIds;
		return each.input?.(ids, own, victim);
	};
	const codeFor = async (principal: Member | null, given: unknown) => {
		const answer = await ask(world, name, principal, given);
		await quiet(world);
		return codeOf(answer);
	};
	const refused = await input();
	await quiet(world);
	const before = rowsOf(world);
	const anonymous = await codeFor(null, refused);
	if (anonymous !== "UNAUTHENTICATED") {
		faults.push(`somebody who is not signed in is answered ${anonymous}`);
	}
	for (const role of roles) {
		if (roleAtLeast(role, needed)) continue;
		const code = await codeFor(victim.principals[role], refused);
		if (code !== "FORBIDDEN") faults.push(`the ${role} is answered ${code}`);
	}
	const changed = changedTables(before, rowsOf(world));
	if (changed.length > 0) {
		faults.push(`somebody who may not changed something: ${changed}`);
	}
	if (each.untried !== undefined) return faults;
	for (const role of roles) {
		if (!roleAtLeast(role, needed)) continue;
		const code = await codeFor(victim.principals[role], await input());
		if (
			["UNAUTHENTICATED", "FORBIDDEN", "INTERNAL_SERVER_ERROR"].includes(code)
		) {
			faults.push(`the ${role} is answered ${code}`);
		}
	}
	return faults;
}
