import { roleFor } from "./needs.ts";
import {
	type Asker,
	member,
	openPlaces,
	type Places,
	setActive,
} from "./places.ts";
import { type Ids, noIds } from "./route-case.ts";
import type { Tenant } from "./tenant.ts";
import { changedTables } from "./tenant-rows.ts";
import type { Asked, Attempt, Trial } from "./trials.ts";
import { quiet, type World } from "./world.ts";

/** A model server is asked by engineers; what would be sent to it is only read. */
const readsOnly = /^assistant\.preview/;
/** Whoever did something takes it back while they still may. */
const takesBack = /^alerts\.undo|^alertRules\.undoPlace/;
/** A project that nobody else is in is made for them. */
const listsProjects = /^projects\.list|^B GET \/api\/v1\/projects$/;
/** What names no project is opened in the tenant's first: nothing in another is the same. */
const opensInFirst = /^incidents\.create|^POST \/api\/v1\/incidents \(/;

/**
 * What is wrong with how projects of one tenant are kept apart, in words. For each trial,
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
		const tried = new TriedPlace(world, places, trial);
		await tried.byOutsider();
		const isOpenedElsewhere = opensInFirst.test(trial.name) && !isFirstHidden;
		if (!isOpenedElsewhere) {
			const asked = await tried.made(places.hidden);
			await tried.byLookers(asked);
			if (!isFirstHidden) await tried.switchedOff(asked);
			await tried.byMember();
		}
		faults.push(...tried.faults.map((fault) => `${trial.name}: ${fault}`));
	}
	return faults;
}

/** One trial, and what was found of it. */
class TriedPlace {
	readonly faults: string[] = [];
	readonly #world: World;
	readonly #places: Places;
	readonly #trial: Trial;

	constructor(world: World, places: Places, trial: Trial) {
		this.#world = world;
		this.#places = places;
		this.#trial = trial;
	}

	/** Something in the hidden project, and what a sender needs beside it. */
	async made(sender: Tenant): Promise<Asked> {
		const { subject, own } = this.#trial.each;
		const ids = (await subject?.(this.#places.hidden, this.#world)) ?? noIds;
		const beside = (await own?.(sender, this.#world)) ?? noIds;
		await quiet(this.#world);
		return { ids, own: beside, sender };
	}

	async byOutsider(): Promise<void> {
		const { hidden, other, outsider } = this.#places;
		const { need, each } = this.#trial;
		const before = this.#world.rows.ofProject(hidden);
		const asked = await this.made(other);
		const made = changedTables(before, this.#world.rows.ofProject(hidden));
		if (
			!listsProjects.test(this.#trial.name) &&
			made.length === 0 &&
			need.of === "tenant" &&
			each.subject !== undefined
		) {
			this.faults.push("what it is about is in no project");
		}
		const { text } = await this.#harmless(outsider, asked);
		for (const tale of this.#tales(asked.ids, text)) {
			this.faults.push(
				`${outsider.who} reads ${tale} in ${text.slice(0, 300)}`,
			);
		}
	}

	async byLookers(asked: Asked): Promise<void> {
		if (!this.#isChange) return;
		for (const looker of this.#places.lookers) {
			if (!this.#trial.namesIt && !looker.isMember) continue;
			const answer = await this.#harmless(looker, asked);
			if (!this.#isRefused(answer, this.#trial.forbidden)) {
				this.#found(looker, answer);
			}
		}
	}

	async switchedOff(asked: Asked): Promise<void> {
		const { hidden } = this.#places;
		const { need, outcome, conflict, takesKey } = this.#trial;
		if (need.of === "project" && need.changes === "itself") return;
		setActive(this.#world, hidden, false);
		const askers = takesKey
			? [this.#member, "program" as const]
			: [this.#member];
		for (const asker of askers) {
			const answer = this.#isChange
				? await this.#harmless(asker, asked)
				: await this.#attempt(asker, asked);
			const isWell = this.#isChange
				? this.#isRefused(answer, conflict)
				: answer.outcome === outcome;
			if (!isWell) this.#found(asker, answer, "switched off, ");
		}
		setActive(this.#world, hidden, true);
	}

	async byMember(): Promise<void> {
		const { hidden } = this.#places;
		const answer = await this.#attempt(this.#member, await this.made(hidden));
		if (answer.outcome !== this.#trial.outcome)
			this.#found(this.#member, answer);
		// What was tried may have been to switch it off.
		setActive(this.#world, hidden, true);
	}

	get #member(): Asker {
		const { need, each } = this.#trial;
		return member(this.#places.hidden, roleFor(need, each));
	}

	get #isChange(): boolean {
		const { name, need } = this.#trial;
		if (readsOnly.test(name)) return false;
		return need.role !== "viewer" || takesBack.test(name);
	}

	/** Of many at once each is refused by itself; what is no project's own may be refused alike to all. */
	#isRefused({ outcome, text }: Attempt, refusal: string): boolean {
		const { need, outcome: usual } = this.#trial;
		const isEach = /"changed":\[\]/.test(text) && /"refused":\[\{/.test(text);
		const isUsual = outcome === usual && !["ok", "200", "201"].includes(usual);
		return (
			[refusal, "GONE"].includes(outcome) ||
			isEach ||
			(need.of === "tenant" && isUsual)
		);
	}

	async #attempt(asker: Asker | "program", asked: Asked): Promise<Attempt> {
		const answer = await this.#trial.attempt(asker, asked);
		await quiet(this.#world);
		return answer;
	}

	/** The same, where nothing in the hidden project may change, whatever is answered. */
	async #harmless(asker: Asker | "program", asked: Asked): Promise<Attempt> {
		const { hidden } = this.#places;
		const { rows } = this.#world;
		const before = rows.ofProject(hidden);
		const answer = await this.#attempt(asker, asked);
		const changed = changedTables(before, rows.ofProject(hidden));
		if (changed.length > 0) {
			this.faults.push(`${nameOf(asker)} changed ${changed}`);
		}
		return answer;
	}

	/** What of the hidden project is in an answer, beside what was asked for. */
	#tales(asked: Ids, said: string): string[] {
		const { hidden } = this.#places;
		const rest = Object.values(asked)
			.map(String)
			.toSorted((one, another) => another.length - one.length)
			.reduce((text, id) => text.replaceAll(id, ""), said);
		const ids = this.#world.rows.idsOfProject(hidden);
		const told = ids.filter((id) => rest.includes(id));
		if (rest.includes(`${hidden.mark}-`)) told.push(hidden.mark);
		return told;
	}

	#found(
		asker: Asker | "program",
		{ outcome, text }: Attempt,
		when = "",
	): void {
		const said = `${outcome}: ${text.slice(0, 300)}`;
		this.faults.push(`${when}${nameOf(asker)} is answered ${said}`);
	}
}

function nameOf(asker: Asker | "program"): string {
	return asker === "program" ? "a program" : asker.who;
}
