import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { alice, bob } from "../engine/identity/open-identity.ts";
import { summary } from "./fake-services.ts";
import { openListeners } from "./open-listeners.ts";

// API B's WebSocket tells a signed-in person of their own tenant's incidents, and nobody else.

async function open() {
	const opened = await openListeners();
	const { accessToken, account } = await opened.identity.register(alice, 900);
	const socket = new WebSocket(opened.urls.events);
	onTestFinished(() => socket.close());
	const frames: Record<string, unknown>[] = [];
	socket.on("message", (data) => frames.push(JSON.parse(String(data))));
	await once(socket, "open");
	const send = (frame: unknown) => socket.send(JSON.stringify(frame));
	const connect = {
		type: "connect",
		token: accessToken,
		tenantId: account.tenant.id,
	};
	return { ...opened, socket, frames, send, connect, accessToken };
}

test("connect, subscribe, then created and updated incidents", async () => {
	const { fake, frames, send, connect } = await open();
	fake.open();
	send(connect);
	send({ type: "ping" });
	await expect
		.poll(() => frames.map((frame) => frame.type).sort())
		.toEqual(["connected", "pong"]);
	send({ type: "subscribe", channels: ["incidents", "hypotheses", "alerts"] });
	await expect.poll(() => fake.feeds).toBe(1);
	const known = summary(1, { state: "closed", version: 2 });
	fake.tell(known);
	const made = fake.open({ severity: 3 });
	fake.tell({ ...made, state: "investigating" });
	await expect.poll(() => frames).toHaveLength(6);
	const timestamp = "2026-01-20T12:00:00.000Z";
	expect(frames.slice(2)).toEqual([
		{
			type: "subscribed",
			channels: ["incidents", "hypotheses", "alerts"],
			timestamp,
		},
		{
			type: "incident.updated",
			data: { id: known.id, state: "resolved" },
			timestamp,
		},
		{
			type: "incident.created",
			data: {
				id: made.id,
				title: made.title,
				severity: "medium",
				state: "detected",
			},
			timestamp,
		},
		{
			type: "incident.updated",
			data: { id: made.id, state: "investigating" },
			timestamp,
		},
	]);
	send({ type: "unsubscribe", channels: ["incidents"] });
	await expect.poll(() => fake.feeds).toBe(0);
});

test.each<[string, unknown, string]>([
	["no JSON", undefined, "unknown message"],
	["an unknown type", { type: "drop" }, "unknown message"],
	[
		"an unknown channel",
		{ type: "subscribe", channels: ["secrets"] },
		"channels: only incidents, hypotheses, alerts",
	],
	[
		"subscribing first",
		{ type: "subscribe", channels: ["incidents"] },
		"connect first",
	],
])("%s is answered with an error frame", async (_, frame, message) => {
	const { frames, send, fake } = await open();
	send(frame ?? "{");
	await expect.poll(() => frames).toMatchObject([{ type: "error", message }]);
	expect(fake.feeds).toBe(0);
});

test("a wrong token is 1008, another tenant's 4403", async () => {
	const first = await open();
	const closed = once(first.socket, "close");
	first.send({ ...first.connect, token: "x.y.z" });
	expect((await closed)[0]).toBe(1008);
	const second = await open();
	const { account } = await second.identity.register(bob, 900);
	const foreign = once(second.socket, "close");
	second.send({ ...second.connect, tenantId: account.tenant.id });
	expect((await foreign)[0]).toBe(4403);
});

test("a token that is signed out closes its socket", async () => {
	const { identity, send, connect, socket, frames, accessToken } = await open();
	send(connect);
	await expect.poll(() => frames).toHaveLength(1);
	const closed = once(socket, "close");
	const holder = await identity.authenticateAccessToken(accessToken);
	if (holder !== null) identity.logout(holder);
	expect((await closed)[0]).toBe(1008);
});

test("who does not connect within ten seconds is sent away", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const { socket } = await open();
	const closed = once(socket, "close");
	await vi.advanceTimersByTimeAsync(10_001);
	expect((await closed)[0]).toBe(1008);
});

test("a flood is 1008, a frame over 64 KiB 1009", async () => {
	const flooding = await open();
	vi.spyOn(flooding.ports.clock, "monotonic").mockReturnValue(1_000);
	const closed = once(flooding.socket, "close");
	for (let frame = 0; frame < 60; frame++) flooding.send({ type: "ping" });
	expect((await closed)[0]).toBe(1008);
	const large = await open();
	const tooLarge = once(large.socket, "close");
	large.send({ type: "x".repeat(65 * 1024) });
	expect((await tooLarge)[0]).toBe(1009);
});
