import { type RouteRow, routeName } from "../../../src-main/http/index.ts";
import { lineOfRoute, roleFor } from "./needs.ts";
import {
	type Ids,
	nameIds,
	noIds,
	type RouteCase,
	type RouteCases,
	unknownIds,
} from "./route-case.ts";
import { type Answer, credentialOf, send, spelled } from "./send.ts";
import type { Tenant } from "./tenant.ts";
import { changedTables } from "./tenant-rows.ts";
import { quiet, rowsOf, type World } from "./world.ts";

/**
 * What is wrong with how routes keep two tenants apart, in words; nothing when all is well.
 * For each case the stranger first asks for what nobody ever had, then, with the same
 * right, for what the victim has: both answers are the same but for ids and times, nothing
 * of the victim is in them, and no row of the victim's changed. Then the victim asks.
 */
export async function* isolationFaults(
	world: World,
	cases: RouteCases,
	started: (name: string) => void = () => {},
): AsyncGenerator<string> {
	yield* routesWithout(world.listeners.routes, cases);
	for (const row of world.listeners.routes) {
		for (const each of cases[routeName(row)] ?? []) {
			const name = `${routeName(row)}${each.name === undefined ? "" : ` (${each.name})`}`;
			started(routeName(row));
			const found = await caseFaults(world, row, each);
			yield* found.map((fault) => `${name}: ${fault}`);
		}
	}
}

/** All of them. */
export async function listed(faults: AsyncIterable<string>): Promise<string[]> {
	const all: string[] = [];
	for await (const fault of faults) all.push(fault);
	return all;
}

/** Routes that no case tries, and cases of no route. */
function routesWithout(
	routes: readonly RouteRow[],
	cases: RouteCases,
): string[] {
	const names = new Set(routes.map(routeName));
	return [
		...[...names]
			.filter((name) => (cases[name] ?? []).length === 0)
			.map((name) => `${name}: no case tries this route`),
		...Object.keys(cases)
			.filter((name) => !names.has(name))
			.map((name) => `${name}: there is no such route`),
	];
}

async function caseFaults(
	world: World,
	row: RouteRow,
	each: RouteCase,
): Promise<string[]> {
	const { victim, stranger } = world;
	const { by, need } = lineOfRoute(routeName(row));
	const role = roleFor(need, each);
	const faults: string[] = [];
	const attempt = async (sender: Tenant, ids: Ids): Promise<Answer> => {
		const own = (await each.own?.(sender, world)) ?? noIds;
		await each.first?.(ids, sender, world);
		const request = each.request?.(ids, own, sender) ?? {};
		const answer = await send(
			world,
			row,
			each,
			request,
			await credentialOf(by, each, sender, "owner"),
		);
		await quiet(world);
		if (!namesAny(request, ids) && answer.status !== each.status) {
			faults.push(
				`the stranger, who names nothing, is answered ${answer.status}: ${answer.text.slice(0, 300)}`,
			);
		}
		return { ...answer, text: withoutOwn(answer.text, own) };
	};
	const wanted = (await each.subject?.(victim, world)) ?? noIds;
	const never = unknownIds(wanted);
	const control = await attempt(stranger, never);
	// What a list would show now, it did not a moment ago.
	await each.subject?.(victim, world);
	await quiet(world);
	const before = rowsOf(world);
	for (const value of Object.values(wanted)) world.guessed.add(String(value));
	const foreign = await attempt(stranger, wanted);
	const changed = changedTables(before, rowsOf(world));
	if (changed.length > 0) {
		faults.push(`the stranger changed the victim's rows: ${changed}`);
	}
	const [asked, expected] = [spelled(foreign, wanted), spelled(control, never)];
	if (asked !== expected) {
		faults.push(
			`the stranger is told\n\t${asked}\nbut of nothing\n\t${expected}`,
		);
	}
	const said = `${foreign.text} ${JSON.stringify(foreign.headers)}`;
	faults.push(...tellTales(world, said));
	const own = (await each.own?.(victim, world)) ?? noIds;
	const answer = await send(
		world,
		row,
		each,
		each.request?.(wanted, own, victim) ?? {},
		await credentialOf(by, each, victim, role),
	);
	if (answer.status !== each.status) {
		faults.push(
			`its own ${role} is answered ${answer.status} instead of ${each.status}: ${answer.text.slice(0, 300)}`,
		);
	}
	return faults;
}

/** Whether a request says any of the ids; one that does not must be answered like anybody's. */
export function namesAny(request: unknown, ids: Ids): boolean {
	const said = JSON.stringify(request ?? null);
	return Object.values(ids).some((id) => said.includes(JSON.stringify(id)));
}

/** What of the victim is in what the stranger is told, beside what the stranger said first. */
export function tellTales(
	{ victim, rows, guessed }: World,
	said: string,
): string[] {
	let rest = said;
	// A number may be a part of a word: the words go first.
	const longestFirst = [...guessed].toSorted((a, b) => b.length - a.length);
	for (const value of longestFirst) rest = rest.replaceAll(value, "");
	const told = [...rows.ids(victim)].filter((id) => rest.includes(id));
	if (rest.toLowerCase().includes(victim.mark)) told.push(victim.mark);
	return told.map((each) => `the stranger reads the victim's ${each}`);
}

/** The text without what the sender made for this request, which differs from one to the next. */
export function withoutOwn(text: string, own: Ids): string {
	return nameIds(text, own, "own ");
}
