import { createRouterClient } from "@orpc/server";
import { expect, onTestFinished, test } from "vitest";
import { router } from "../../../src-main/http/rpc/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { EventReader } from "../interventions/event-reader.ts";
import { type Asker, openPlaces, type Places } from "./places.ts";
import { makeIncident } from "./seed.ts";
import { makeExecution } from "./seed-playbooks.ts";
import { inProject, type Tenant } from "./tenant.ts";
import { openWorld, type World } from "./world.ts";

// What happens in a project is heard by who is in it, by the tenant's admins and by its
// programs, and by nobody else of the tenant: on the event stream, also of what was before,
// and on the war room's feed. Who leaves a project hears nothing more of it, at once.

/** What somebody heard, as text. */
type Heard = () => string;

async function stream(
	{ listeners }: World,
	headers: Record<string, string>,
): Promise<Heard> {
	const reader = await EventReader.open(
		`${listeners.urls.api}/api/sse/events`,
		{ "last-event-id": "0", ...headers },
	);
	onTestFinished(() => reader.destroy());
	return () => JSON.stringify(reader.events);
}

async function warRoom({ engine }: World, asker: Asker): Promise<Heard> {
	const { services, log } = engine;
	const client = createRouterClient(router, {
		context: { services, log, principal: () => asker.principal() },
	});
	const stop = new AbortController();
	onTestFinished(() => stop.abort());
	const changes = await client.live.changes(
		{ after: 0 },
		{ signal: stop.signal },
	);
	const heard: unknown[] = [];
	void (async () => {
		for await (const change of changes) heard.push(change);
	})().catch(() => {});
	return () => JSON.stringify(heard);
}

const says = (tenant: Tenant) => expect.stringContaining(`${tenant.mark}-`);

/** Something happens in the one, then in the other; answers how the stream tells of what was executed. */
async function noise(world: World, places: Places): Promise<string> {
	await makeIncident(world, places.hidden, "acknowledged", "resolved");
	const { number } = await makeExecution(world, places.hidden);
	await makeIncident(world, places.other);
	return `"event":"action_executed","data":{"incident_id":${number},`;
}

test("the event stream", async () => {
	const world = await openWorld();
	const places = await openPlaces(world, false);
	const { hidden, other, outsider, lookers } = places;
	const [viewer, admin] = lookers.map(({ held }) => held);
	const before = await makeIncident(world, hidden);
	const bearer = (held: { bearer: string } | undefined) => ({
		authorization: `Bearer ${must(held, "opened").bearer}`,
	});
	const strange = await stream(world, bearer(outsider.held));
	const own = await stream(world, bearer(viewer));
	const whole = [
		await stream(world, bearer(admin)),
		await stream(world, { "x-api-key": hidden.apiKey }),
	];
	const executed = await noise(world, places);
	for (const heard of [strange, ...whole]) {
		await expect.poll(heard, { timeout: 15_000 }).toEqual(says(other));
	}
	expect(strange()).not.toEqual(says(hidden));
	expect(strange()).not.toContain(`"id":${before.number},`);
	expect(strange()).not.toContain(executed);
	for (const heard of [own, ...whole]) {
		await expect.poll(heard).toEqual(says(hidden));
		await expect.poll(heard).toContain(executed);
	}
	expect(own()).not.toEqual(says(other));
}, 60_000);

test("the war room's feed", async () => {
	const world = await openWorld();
	const places = await openPlaces(world, false);
	const { hidden, other, outsider, lookers } = places;
	const before = await makeIncident(world, hidden);
	const strange = await warRoom(world, outsider);
	const [own, whole] = await Promise.all(
		lookers.map((looker) => warRoom(world, looker)),
	);
	await noise(world, places);
	for (const heard of [strange, must(whole, "opened")]) {
		await expect.poll(heard, { timeout: 15_000 }).toEqual(says(other));
	}
	const told = world.rows.idsOfProject(hidden);
	expect(told).toContain(before.id);
	expect(told.filter((id) => strange().includes(id))).toEqual([]);
	expect(strange()).not.toEqual(says(hidden));
	for (const heard of [own, whole]) {
		await expect.poll(must(heard, "opened")).toEqual(says(hidden));
		await expect.poll(must(heard, "opened")).toContain('"actionIds"');
	}
	expect(must(own, "opened")()).not.toEqual(says(other));
}, 60_000);

test("who leaves a project hears nothing more of it", async () => {
	const world = await openWorld();
	const { hidden, lookers } = await openPlaces(world, false);
	const viewer = must(lookers[0], "opened");
	const heard = [
		await stream(world, { cookie: `tocsin_session=${viewer.held.session}` }),
		await warRoom(world, viewer),
	];
	const seen = await makeIncident(world, hidden);
	for (const each of heard) {
		await expect.poll(each, { timeout: 15_000 }).toContain(`${seen.number}`);
	}
	world.engine.identity.projects.removeMember(
		inProject(hidden, "owner"),
		must(viewer.principal().personId, "a person"),
	);
	const unseen = await makeIncident(world, hidden);
	const last = await makeIncident(world, world.victim);
	const titled = (number: number) => {
		const { title } = world.engine.incidents.entryByNumber(
			hidden.principals.owner.sight,
			number,
		);
		return `"${title}"`;
	};
	for (const each of heard) {
		await expect.poll(each, { timeout: 15_000 }).toContain(titled(last.number));
		expect(each()).toContain(titled(seen.number));
		expect(each()).not.toContain(titled(unseen.number));
	}
}, 60_000);
