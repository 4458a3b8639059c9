import { createRouterClient } from "@orpc/server";
import { EngineError } from "../../../src-main/engine/errors.ts";
import type { Member } from "../../../src-main/engine/identity/index.ts";
import { router } from "../../../src-main/http/rpc/index.ts";
import { contract } from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { ContractCase, ContractCases } from "./contract-case.ts";
import { namesAny, tellTales, withoutOwn } from "./isolation-faults.ts";
import { callLines, needOfCall, roleFor } from "./needs.ts";
import { type Ids, noIds, normal, unknownIds } from "./route-case.ts";
import type { Tenant } from "./tenant.ts";
import { changedTables } from "./tenant-rows.ts";
import { quiet, rowsOf, type World } from "./world.ts";

type Call = (input: unknown) => Promise<unknown>;

/** Every call of the contract, as `group.call`. */
export const contractCalls: readonly string[] = Object.entries(
	contract,
).flatMap(([group, calls]) =>
	Object.keys(calls).map((call) => `${group}.${call}`),
);

/** Calls that have no line or no case, and lines and cases of no call. */
export function callsWithout(cases: ContractCases): string[] {
	return [
		...contractCalls
			.filter((name) => !callLines.has(name))
			.map((name) => `${name}: this call has no line`),
		...[...callLines.keys()]
			.filter((name) => !contractCalls.includes(name))
			.map((name) => `${name}: a line of no call`),
		...contractCalls
			.filter((name) => (cases[name] ?? []).length === 0)
			.map((name) => `${name}: no case tries this call`),
		...Object.keys(cases)
			.filter((name) => !contractCalls.includes(name))
			.map((name) => `${name}: there is no such call`),
	];
}

/** What is wrong with how the contract's calls keep two tenants apart; as for routes. */
export async function* contractFaults(
	world: World,
	cases: ContractCases,
	started: (name: string) => void = () => {},
): AsyncGenerator<string> {
	yield* callsWithout(cases);
	for (const name of contractCalls) {
		for (const each of cases[name] ?? []) {
			if (each.untried !== undefined) continue;
			started(name);
			const found = await caseFaults(world, name, each);
			const what = each.name === undefined ? name : `${name} (${each.name})`;
			yield* found.map((fault) => `${what}: ${fault}`);
		}
	}
}

async function caseFaults(
	world: World,
	name: string,
	each: ContractCase,
): Promise<string[]> {
	const { victim, stranger } = world;
	const faults: string[] = [];
	const attempt = async (sender: Tenant, ids: Ids) => {
		const own = (await each.own?.(sender, world)) ?? noIds;
		await each.first?.(ids, sender, world);
		const input = each.input?.(ids, own, sender);
		const answer = await ask(world, name, sender.principals.owner, input);
		await quiet(world);
		if (!namesAny(input, ids) && codeOf(answer) !== (each.outcome ?? "ok")) {
			faults.push(
				`the stranger, who names nothing, is answered ${answer.slice(0, 300)}`,
			);
		}
		return withoutOwn(answer, own);
	};
	const wanted = (await each.subject?.(victim, world)) ?? noIds;
	const never = unknownIds(wanted);
	const control = normal(await attempt(stranger, never), never);
	await each.subject?.(victim, world);
	await quiet(world);
	const before = rowsOf(world);
	for (const value of Object.values(wanted)) world.guessed.add(String(value));
	const told = await attempt(stranger, wanted);
	const changed = changedTables(before, rowsOf(world));
	if (changed.length > 0) {
		faults.push(`the stranger changed the victim's rows: ${changed}`);
	}
	if (normal(told, wanted) !== control) {
		faults.push(
			`the stranger is told\n\t${normal(told, wanted)}\nbut of nothing\n\t${control}`,
		);
	}
	faults.push(...tellTales(world, told));
	const own = (await each.own?.(victim, world)) ?? noIds;
	const role = roleFor(needOfCall(name), each);
	const answer = await ask(
		world,
		name,
		victim.principals[role],
		each.input?.(wanted, own, victim),
	);
	await quiet(world);
	if (codeOf(answer) !== (each.outcome ?? "ok")) {
		faults.push(
			`its own ${role} is answered ${answer.slice(0, 300)} instead of ${each.outcome ?? "ok"}`,
		);
	}
	return faults;
}

/** What a call answers: `{"value"}`, or `{"code", "message", "data"}` of a refusal. */
export async function ask(
	world: World,
	name: string,
	principal: Member | null,
	input: unknown,
): Promise<string> {
	try {
		const value = await callOf(world, name, principal)(input);
		return JSON.stringify({ value });
	} catch (error) {
		const { code, message, data } = error as Record<string, unknown>;
		return JSON.stringify({ code, message, data });
	}
}

/** "ok", or the code of a refusal. */
export function codeOf(answer: string): string {
	return (JSON.parse(answer) as { code?: string }).code ?? "ok";
}

function callOf(
	{ engine }: World,
	name: string,
	principal: Member | null,
): Call {
	const client = createRouterClient(router, {
		context: {
			services: engine.services,
			log: engine.log,
			principal: () => {
				if (principal !== null) return principal;
				throw new EngineError("UNAUTHENTICATED");
			},
		},
	});
	const [group = "", call = ""] = name.split(".");
	const calls = client as unknown as Record<string, Record<string, Call>>;
	return must(calls[group]?.[call], `${name} is of the contract`);
}
