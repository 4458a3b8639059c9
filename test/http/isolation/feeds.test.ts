import { once } from "node:events";
import { createRouterClient } from "@orpc/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { router } from "../../../src-main/http/rpc/index.ts";
import type { LiveChange } from "../../../src-shared/contract/index.ts";
import { EventReader } from "../interventions/event-reader.ts";
import { makeIncident, makeModel, makePerson } from "./seed.ts";
import { makeExecution } from "./seed-playbooks.ts";
import type { Tenant } from "./tenant.ts";
import { openWorld, type World } from "./world.ts";

// What happens in one tenant is heard in it, and in no other: on the event stream, on the
// WebSocket of API B and on the war room's own feed. That the stranger heard nothing is
// known from the next thing which they do hear: their own.

/** Does everything to the victim's things that any feed tells of. */
async function makeNoise(world: World, tenant: Tenant): Promise<void> {
	await makeIncident(world, tenant, "acknowledged", "resolved");
	await makeExecution(world, tenant);
	await makeModel(world, tenant);
	await makePerson(world, tenant);
}

/** Hears both tenants until each has heard its own last incident; answers what was heard. */
async function hear<Heard>(
	listen: (
		world: World,
		tenant: Tenant,
	) => Promise<{ heard: Heard[]; says(text: string): boolean }>,
): Promise<{ world: World; strange: Heard[]; own: Heard[]; after: number }> {
	const world = await openWorld();
	const { victim, stranger } = world;
	const [mine, theirs] = [
		await listen(world, victim),
		await listen(world, stranger),
	];
	const after = theirs.heard.length;
	await makeNoise(world, victim);
	const { number } = await makeIncident(world, stranger);
	const { number: last } = await makeIncident(world, victim);
	await expect
		.poll(() => theirs.says(String(number)) && mine.says(String(last)), {
			timeout: 15_000,
		})
		.toBe(true);
	return { world, strange: theirs.heard, own: mine.heard, after };
}

/** Nothing of the victim's is in what was heard, by any id or word. */
function expectNothingOf({ victim, rows }: World, heard: unknown): void {
	const text = JSON.stringify(heard);
	const told = [...rows.ids(victim), victim.mark].filter((each) =>
		text.toLowerCase().includes(each),
	);
	expect(told).toEqual([]);
}

describe("a stranger hears nothing", () => {
	test("on the event stream, by token and by key, also of what was before", async () => {
		const { world, strange, own } = await hear(async (world, tenant) => {
			const { api } = world.listeners.urls;
			const reader = await EventReader.open(`${api}/api/sse/events`, {
				authorization: `Bearer ${tenant.credentials.viewer.bearer}`,
				"last-event-id": "0",
			});
			const byKey = await EventReader.open(`${api}/api/sse/events`, {
				"x-api-key": tenant.apiKey,
			});
			onTestFinished(() => {
				reader.destroy();
				byKey.destroy();
			});
			const heard = [reader.events, byKey.events];
			const says = (number: string) =>
				heard.every((events) =>
					events.some(
						({ event, data }) =>
							event === "incident_created" && String(data.id) === number,
					),
				);
			return { heard, says };
		});
		expectNothingOf(world, strange);
		const numbers = strange
			.flat()
			.filter(({ event }) => /^(incident|action)_/.test(event))
			.map(({ data }) => Number(data.incident_id ?? data.id));
		// The victim has more incidents than that from the start.
		expect(Math.max(...numbers)).toBeLessThan(12);
		expect(strange[1]?.map(({ event }) => event)).toEqual([
			"connected",
			"incident_created",
		]);
		expect(own.flat().map(({ event }) => event)).toContain("action_executed");
	});

	test("on API B's socket", async () => {
		const { world, strange, own } = await hear(async (world, tenant) => {
			const socket = new WebSocket(world.listeners.urls.events);
			onTestFinished(() => socket.terminate());
			await once(socket, "open");
			const heard: { type: string; data?: object }[] = [];
			socket.on("message", (data) => heard.push(JSON.parse(String(data))));
			const send = (message: object) => socket.send(JSON.stringify(message));
			send({
				type: "connect",
				token: tenant.credentials.viewer.bearer,
				tenantId: tenant.id,
			});
			await expect.poll(() => heard.length).toBe(1);
			send({ type: "subscribe", channels: ["incidents", "alerts"] });
			await expect.poll(() => heard.length).toBe(2);
			const says = () => {
				const created = heard.filter(({ type }) => type === "incident.created");
				return created.length >= (tenant === world.victim ? 3 : 1);
			};
			return { heard, says };
		});
		expectNothingOf(world, strange);
		expect(
			strange.filter(({ type }) => type.startsWith("incident.")),
		).toHaveLength(1);
		expect(own.length).toBeGreaterThan(3);
	});

	test("and a socket of API B is not opened into another's tenant", async () => {
		const world = await openWorld();
		const socket = new WebSocket(world.listeners.urls.events);
		onTestFinished(() => socket.terminate());
		await once(socket, "open");
		const closed = once(socket, "close");
		socket.send(
			JSON.stringify({
				type: "connect",
				token: world.stranger.credentials.owner.bearer,
				tenantId: world.victim.id,
			}),
		);
		expect([1008, 4403]).toContain((await closed)[0]);
	});

	test("on the war room's feed, also of what was before", async () => {
		const { world, strange, own } = await hear(async ({ engine }, tenant) => {
			const client = createRouterClient(router, {
				context: {
					services: engine.services,
					log: engine.log,
					principal: () => tenant.principals.viewer,
				},
			});
			const stop = new AbortController();
			onTestFinished(() => stop.abort());
			const changes = await client.live.changes(
				{ after: 0 },
				{ signal: stop.signal },
			);
			const heard: LiveChange[] = [];
			void (async () => {
				for await (const change of changes) heard.push(change);
			})().catch(() => {});
			const says = (number: string) =>
				heard.some(
					(change) =>
						change.kind === "incidents" &&
						change.items.some((item) => String(item.number) === number),
				);
			return { heard, says };
		});
		expectNothingOf(world, strange);
		const kinds = (heard: LiveChange[]) =>
			new Set(heard.map(({ kind }) => kind));
		expect([...kinds(strange)]).toEqual(
			expect.not.arrayContaining(["models", "actions", "members"]),
		);
		expect([...kinds(own)]).toEqual(
			expect.arrayContaining(["incidents", "models", "actions", "members"]),
		);
	});
});

test("a stream and a socket of somebody who is turned off end within two seconds", async () => {
	const world = await openWorld();
	const { victim, engine, listeners } = world;
	const { bearer, session } = victim.credentials.viewer;
	const reader = await EventReader.open(
		`${listeners.urls.api}/api/sse/events`,
		{
			authorization: `Bearer ${bearer}`,
		},
	);
	const events = new WebSocket(listeners.urls.events);
	const warRoom = new WebSocket(
		`${listeners.urls.api.replace("http", "ws")}/rpc`,
		{
			headers: {
				cookie: `tocsin_session=${session}`,
				origin: listeners.urls.api,
			},
		},
	);
	await Promise.all([once(events, "open"), once(warRoom, "open")]);
	events.send(
		JSON.stringify({ type: "connect", token: bearer, tenantId: victim.id }),
	);
	await once(events, "message");
	const closed = [once(events, "close"), once(warRoom, "close")];
	const start = performance.now();
	engine.identity.members.setActive(
		victim.principals.owner,
		victim.principals.viewer.actor.id ?? "",
		false,
	);
	expect((await Promise.all(closed)).map(([code]) => code)).toEqual([
		1008, 1008,
	]);
	await expect.poll(() => reader.isOver).toBe(true);
	// Two seconds, and some for a busy machine.
	expect(performance.now() - start).toBeLessThan(4_000);
});
