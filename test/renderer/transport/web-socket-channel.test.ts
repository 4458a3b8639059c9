// Whatever happens to the socket, every call on it settles, and giving up a call on a dead one is
// no fault of its own: nothing is rejected that nobody waits for.
import type { AddressInfo } from "node:net";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { RPCHandler } from "@orpc/server/ws";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type WebSocket as ServerSocket, WebSocketServer } from "ws";
import type { Channel } from "../../../src-renderer/transport/channel.ts";
import { connect } from "../../../src-renderer/transport/web-socket-channel.ts";
import type { Contract } from "../../../src-shared/contract/index.ts";
import { FakeEngine } from "../fake-engine.ts";
import { until } from "../settle.ts";

let server: WebSocketServer;
let served: ServerSocket[] = [];
let channel: Channel;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(async () => {
	unhandled.length = 0;
	served = [];
	process.on("unhandledRejection", note);
	process.on("uncaughtException", note);
	const handler = new RPCHandler(new FakeEngine().router);
	server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
	server.on("connection", (socket) => {
		served.push(socket);
		void handler.upgrade(socket);
	});
	await new Promise((resolve) => server.once("listening", resolve));
	const { port } = server.address() as AddressInfo;
	channel = await connect(
		`ws://127.0.0.1:${port}/rpc`,
		new AbortController().signal,
	);
});
afterEach(async () => {
	channel.close();
	for (const socket of served) socket.terminate();
	await new Promise((resolve) => server.close(resolve));
	process.off("unhandledRejection", note);
	process.off("uncaughtException", note);
});

function client(): ContractRouterClient<Contract> {
	return createORPCClient(channel.link);
}

/** Follows the changes as a window does, until the feed ends. */
async function follow(signal: AbortSignal): Promise<{ over: Promise<void> }> {
	const changes = await client().live.changes({ after: null }, { signal });
	return {
		over: (async () => {
			try {
				for await (const _ of changes);
			} catch {
				// A lost channel ends every feed.
			}
		})(),
	};
}

/** Node tells of a rejection that nobody handles once the microtasks are through. */
async function turnOver(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
	await new Promise((resolve) => setImmediate(resolve));
}

test("a feed given up because the engine was killed says nothing to a dead socket", async () => {
	const giveUp = new AbortController();
	const { over } = await follow(giveUp.signal);
	void channel.closed.then(() => giveUp.abort());
	served[0]?.terminate();
	await over;
	await turnOver();
	expect(unhandled).toEqual([]);
});

test("a feed given up while its own channel closes ends quietly", async () => {
	const giveUp = new AbortController();
	const { over } = await follow(giveUp.signal);
	channel.close();
	giveUp.abort();
	await over;
	await turnOver();
	expect(unhandled).toEqual([]);
});

test("a call on a dead socket is refused, and one under way is too", async () => {
	// An engine that hears nothing more.
	served[0]?.removeAllListeners("message");
	const waiting = client().system.status();
	served[0]?.terminate();
	await expect(waiting).rejects.toThrow();
	await channel.closed;
	await expect(client().system.status()).rejects.toThrow(/not open|closed/);
});

test("a feed given up while the engine is there is given up there, too", async () => {
	const giveUp = new AbortController();
	const frames: string[] = [];
	served[0]?.on("message", (data) => frames.push(String(data)));
	const { over } = await follow(giveUp.signal);
	giveUp.abort();
	await over;
	await until("the engine is told", () =>
		frames.some((frame) => JSON.parse(frame).t === 4),
	);
	expect(unhandled).toEqual([]);
});
