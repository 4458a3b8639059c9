import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { createORPCClient, isDefinedError, safe } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import type { Member } from "../../src-main/engine/identity/index.ts";
import { serveMessagePort } from "../../src-main/http/index.ts";
import { router } from "../../src-main/http/rpc/index.ts";
import type { Contract, LiveChange } from "../../src-shared/contract/index.ts";
import { testMember } from "../engine/test-member.ts";
import { cookiesOf, openListeners } from "./open-listeners.ts";

// The contract answers alike in-process, over a MessagePort and over a WebSocket.

type Client = ContractRouterClient<Contract>;
type Opened = Awaited<ReturnType<typeof openListeners>>;

/** Makes a client for the local owner, or for a weaker role where the transport can be told. */
const transports: Record<
	string,
	(opened: Opened, principal: () => Member) => Promise<Client>
> = {
	"in-process": async ({ fake }, principal) =>
		createRouterClient(router, {
			context: {
				principal,
				services: fake.services,
				log: { debug() {}, info() {}, warn() {}, error() {} },
			},
		}),
	MessagePort: async ({ fake }, principal) => {
		const { port1, port2 } = new MessageChannel();
		serveMessagePort(port1, principal, {
			services: fake.services,
			log: { debug() {}, info() {}, warn() {}, error() {} },
		});
		port2.start();
		onTestFinished(() => port2.close());
		return createORPCClient(new PortLink({ port: port2 }));
	},
	WebSocket: async (opened) => (await browser(opened)).client,
};

async function browser({ urls, signInUrl }: Opened) {
	const answer = await fetch(signInUrl(), { redirect: "manual" });
	const cookie = cookiesOf(answer);
	const socket = new WebSocket(`${urls.api.replace("http", "ws")}/rpc`, {
		headers: { cookie, origin: urls.api },
	});
	await once(socket, "open");
	onTestFinished(() => socket.close());
	const client: Client = createORPCClient(
		new SocketLink({ websocket: socket as never }),
	);
	return { client, socket, cookie };
}

describe.each(Object.keys(transports))("the contract %s", (name) => {
	async function open() {
		const opened = await openListeners();
		const connect = transports[name];
		if (connect === undefined) throw new Error("a transport of the table");
		const client = await connect(opened, () =>
			opened.identity.localPrincipal(),
		);
		return { ...opened, client };
	}

	test("answers a call", async () => {
		const { client } = await open();
		expect(await client.system.session()).toMatchObject({
			user: { name: "Local owner" },
			role: "owner",
		});
	});

	test("fills in defaults and pages a list", async () => {
		const { client, fake } = await open();
		for (let number = 0; number < 501; number++) fake.open();
		const page = await client.incidents.list({});
		expect(page.items).toHaveLength(500);
		expect(page.items[0]).toEqual(fake.incidents.at(-1));
	});

	test("refuses bad input before any service sees it", async () => {
		const { client } = await open();
		const bad: unknown[] = [
			{ limit: 501 },
			{ limit: Number.NaN },
			{ before: "x" },
			null,
			[],
			"x",
		];
		for (const input of bad) {
			const { error } = await safe(client.incidents.list(input as never));
			expect(error).toMatchObject({ code: "BAD_REQUEST" });
		}
	});

	test("tells refusals by the contract's typed errors", async () => {
		const { client } = await open();
		const missing = await safe(client.incidents.get({ id: "x" }));
		expect(isDefinedError(missing.error) && missing.error.code).toBe(
			"NOT_FOUND",
		);
		const double = await safe(
			client.incidents.create({ title: "t", severity: 1 }),
		);
		expect(double.error).toMatchObject({
			defined: true,
			code: "DUPLICATE",
			message: "There is one.",
			data: { id: "known" },
		});
		const undone = await safe(client.incidents.undo({ undoToken: "x" }));
		expect(undone.error).toMatchObject({ code: "UNAVAILABLE" });
	});

	test("keeps what nobody foresaw to itself", async () => {
		const { client } = await open();
		const { error } = await safe(
			client.incidents.create({ title: "boom", severity: 1 }),
		);
		expect(error).toMatchObject({
			code: "INTERNAL_SERVER_ERROR",
			message: "Internal server error.",
		});
		expect(JSON.stringify(error)).not.toContain("secret of the inside");
	});

	test("makes, lists and revokes keys, and adds people", async () => {
		const { client, identity } = await open();
		const made = await client.keys.create({ name: "k" });
		expect(identity.authenticateApiKey(made.key)).not.toBeNull();
		await client.keys.revoke({ id: made.id });
		expect(await client.keys.list()).toEqual([]);
		const person = { email: "c@example.com", name: "C", password: "password1" };
		await client.users.add(person);
		expect(
			(await client.incidents.owners()).map((owner) => owner.name),
		).toEqual(["C", "Local owner"]);
		const { error } = await safe(client.users.add(person));
		expect(error).toMatchObject({ code: "TAKEN", defined: true });
	});

	test("streams live changes until the reader leaves", async () => {
		const { client, fake } = await open();
		const seen: LiveChange[] = [];
		const changes = await client.live.changes({});
		const reading = (async () => {
			for await (const change of changes) {
				seen.push(change);
				if (seen.length === 2) break;
			}
		})();
		await expect.poll(() => fake.feeds).toBe(1);
		fake.open();
		fake.open({ state: "acknowledged" });
		await reading;
		expect(seen).toMatchObject([
			{ kind: "incidents", items: [{ number: 1 }] },
			{ kind: "incidents", items: [{ number: 2, state: "acknowledged" }] },
		]);
		fake.open();
		await expect.poll(() => fake.feeds).toBe(0);
	});

	test("a call that is given up ends in the engine too", async () => {
		const { client, fake } = await open();
		const stop = new AbortController();
		const assessing = safe(
			client.drift.assess({ modelId: "m" }, { signal: stop.signal }),
		);
		await expect.poll(() => fake.assessing).toBe(1);
		stop.abort();
		expect((await assessing).error).toBeInstanceOf(Error);
		await expect.poll(() => fake.assessing).toBe(0);
		expect(await client.jobs.list()).toEqual([]);
	});
});

test("a window that speaks nonsense is cut off, and the engine lives on", async () => {
	const { fake, identity } = await openListeners();
	const { port1, port2 } = new MessageChannel();
	serveMessagePort(port1, () => identity.localPrincipal(), {
		services: fake.services,
		log: { debug() {}, info() {}, warn() {}, error() {} },
	});
	const closed = once(port2, "close");
	port2.postMessage({ i: 1 });
	await closed;
});

test("a viewer reads and changes nothing", async () => {
	const opened = await openListeners();
	const { identity, fake } = opened;
	const client = createRouterClient(router, {
		context: {
			principal: () => testMember(identity.localPrincipal().tenant, "viewer"),
			services: fake.services,
			log: { debug() {}, info() {}, warn() {}, error() {} },
		},
	});
	expect(await client.incidents.list({})).toMatchObject({ items: [] });
	const attempts = [
		client.incidents.create({ title: "t", severity: 1 }),
		client.incidents.act({
			ids: ["a"],
			verb: { kind: "severity", severity: 1 },
		}),
		client.incidents.undo({ undoToken: "x" }),
		client.incidents.addNote({ id: "a", text: "t" }),
		client.models.setMonitor({ modelId: "m", settings: {} }),
		client.drift.assess({ modelId: "m" }),
		client.drift.assessHistory({ modelId: "m" }),
		client.imports.inspect({ source: { path: "/x" } }),
		client.imports.start({ source: { path: "/x" } }),
		client.jobs.cancel({ jobId: "j" }),
		client.demo.load(),
		client.keys.create({ name: "k" }),
		client.keys.revoke({ id: "k" }),
		client.users.add({ email: "x@y", name: "X", password: "password1" }),
	];
	for (const attempt of await Promise.allSettled(attempts)) {
		expect(attempt).toMatchObject({
			status: "rejected",
			reason: { code: "FORBIDDEN" },
		});
	}
});

describe("the browser's socket", () => {
	test("closes within two seconds when its session ends, and answers nothing after", async () => {
		const opened = await openListeners();
		const { client, socket, cookie } = await browser(opened);
		const closed = once(socket, "close");
		opened.identity.sessions.end(cookie.split("=")[1] ?? "");
		const { error } = await safe(client.system.session());
		expect(error).toMatchObject({ code: "UNAUTHENTICATED" });
		expect((await closed)[0]).toBe(1008);
	});

	test("is closed on a frame of more than 4 MiB", async () => {
		const { socket } = await browser(await openListeners());
		const closed = once(socket, "close");
		socket.send("x".repeat(4 * 1024 * 1024 + 1));
		expect((await closed)[0]).toBe(1009);
	});

	test.each<[string, string | Buffer]>([
		["empty", ""],
		["no JSON", "{"],
		["null", "null"],
		["no call", '{"p":{"u":"/jobs/list"}}'],
		["no payload", '{"i":"1"}'],
		["another address", '{"i":"1","p":{"u":"http://evil.example/"}}'],
		[
			"a file",
			'{"i":"1","p":{"u":"/jobs/list","h":{"Content-Disposition":"x"}}}',
		],
		["a streamed input", '{"i":"1","t":3,"p":{"e":"message"}}'],
		["binary", Buffer.alloc(3)],
	])("is closed on a frame that is %s", async (_, frame) => {
		const { socket } = await browser(await openListeners());
		const closed = once(socket, "close");
		socket.send(frame);
		expect((await closed)[0]).toBe(1008);
	});

	test("answers a call that does not exist, and one that repeats an id", async () => {
		const { socket, client } = await browser(await openListeners());
		for (const path of ["/nowhere", "/__proto__/x", "/system", "/jobs/list"]) {
			socket.send(JSON.stringify({ i: `id-${path}`, p: { u: path, b: {} } }));
			socket.send(JSON.stringify({ i: `id-${path}`, p: { u: path, b: {} } }));
		}
		socket.send(JSON.stringify({ i: "unknown", t: 4 }));
		expect(await client.jobs.list()).toEqual([]);
	});

	test("says goodbye when the engine stops", async () => {
		const opened = await openListeners();
		const { socket } = await browser(opened);
		const closed = once(socket, "close");
		await opened.close();
		expect((await closed)[0]).toBe(1001);
	});
});
