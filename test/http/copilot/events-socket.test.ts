// API B's WebSocket tells a signed-in person what happens in their own project, in the frames
// of the document, each with a `seq` to resume from, and nobody else. A reader that takes
// little is told less often, never wrongly.
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { Member } from "../../../src-main/engine/identity/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { alice, bob } from "../../engine/identity/open-identity.ts";
import { openListeners } from "../open-listeners.ts";
import { connectAs, dial, eventsOf, idsOf } from "./event-lines.ts";

const timestamp = "2026-01-20T12:00:00.000Z";

async function open() {
	const opened = await openListeners();
	const { identity, engine } = opened;
	const signUp = async (person: typeof alice) => {
		const { accessToken } = await identity.register(person, 900);
		return must(await identity.authenticateAccessToken(accessToken), "fresh");
	};
	const holder = await signUp(alice);
	const incident = (by: Member, projectId: string | null = null) =>
		engine.incidents.open(by.needs("engineer"), {
			title: "High error rate",
			description: "",
			severity: 3,
			modelId: null,
			projectId,
			source: "api",
		});
	const token = async () =>
		opened.identity.projectTokens.issueForSocket(holder);
	const connected = (
		given: { token?: string; lastSeq?: number; holder?: typeof holder } = {},
	) =>
		connectAs(opened.urls.events, opened.engine, given.holder ?? holder, given);
	return {
		...opened,
		holder,
		signUp,
		incident,
		token,
		dial: () => dial(opened.urls.events),
		connected,
		events: eventsOf,
	};
}

test("connect, subscribe, then the document's frames, until unsubscribed", async () => {
	const { connected, holder, incident, engine, events } = await open();
	const { frames, send } = await connected();
	expect(frames).toEqual([
		{
			type: "connected",
			user_id: holder.account.id,
			tenant_id: holder.principal.tenant.id,
			project_id: holder.projectId,
			timestamp,
			seq: expect.any(Number),
		},
	]);
	send({ type: "ping" });
	send({ type: "subscribe", channels: ["incidents", "hypotheses", "alerts"] });
	await expect
		.poll(() => frames.slice(1).map(({ type }) => type))
		.toEqual(["pong", "subscribed"]);
	expect(frames[2]).toMatchObject({
		channels: ["incidents", "hypotheses", "alerts"],
	});
	const made = incident(holder.principal);
	const move = { kind: "move", to: "investigating" } as const;
	engine.incidents.actOn(holder.principal.needs("engineer"), made.id, move);
	engine.incidents.actOn(holder.principal.needs("engineer"), made.id, {
		kind: "move",
		to: "closed",
	});
	await expect.poll(() => events(frames)).toHaveLength(3);
	const seqs = events(frames).map(({ seq }) => seq ?? 0);
	expect(seqs).toEqual([...seqs].sort((one, other) => one - other));
	expect(new Set(seqs).size).toBe(3);
	expect(events(frames).map(({ seq: _, ...frame }) => frame)).toEqual([
		{
			type: "incident.created",
			data: {
				id: made.id,
				title: "High error rate",
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
		{
			type: "incident.updated",
			data: { id: made.id, state: "resolved" },
			timestamp,
		},
	]);
	send({ type: "unsubscribe", channels: ["incidents"] });
	await expect.poll(() => frames.at(-1)?.type).toBe("unsubscribed");
	incident(holder.principal);
	send({ type: "ping" });
	await expect.poll(() => frames.at(-1)?.type).toBe("pong");
	expect(events(frames)).toHaveLength(3);
});

test("alerts and hypotheses, in the document's frames, each on its own channel", async () => {
	const { connected, holder, engine, incident, events } = await open();
	const { key } = holder.principal.tenant;
	const { id } = incident(holder.principal);
	const all = await connected();
	all.send({ type: "subscribe", channels: ["hypotheses", "alerts"] });
	const some = await connected();
	some.send({ type: "subscribe", channels: ["alerts"] });
	for (const { frames } of [all, some]) {
		await expect.poll(() => frames.at(-1)?.type).toBe("subscribed");
	}
	const append = engine.feed.append.bind(engine.feed);
	vi.spyOn(engine.feed, "append").mockImplementationOnce(
		(transaction, tenant, event) => {
			append(transaction, tenant, event);
			append(transaction, key, {
				type: "hypothesis.generated",
				incidentId: id,
				data: {
					count: 3,
					top: { claim: "Recent deployment issue", confidence: 0.85 },
					projectId: holder.projectId,
				},
			});
			append(transaction, key, {
				type: "alert.fired",
				incidentId: null,
				data: {
					alertId: "a",
					name: "HighErrorRate",
					severity: 1,
					service: "api-gateway",
					description: "Error rate > 5%",
					projectId: null,
				},
			});
		},
	);
	incident(holder.principal);
	await expect.poll(() => events(all.frames)).toHaveLength(2);
	await expect.poll(() => events(some.frames)).toHaveLength(1);
	const seq = expect.any(Number);
	const fired = {
		type: "alert.fired",
		data: {
			alertname: "HighErrorRate",
			severity: "critical",
			service: "api-gateway",
			description: "Error rate > 5%",
		},
		timestamp,
		seq,
	};
	expect(events(all.frames)).toEqual([
		{
			type: "hypothesis.generated",
			incidentId: id,
			data: {
				count: 3,
				top_hypothesis: {
					claim: "Recent deployment issue",
					confidence_score: 0.85,
				},
			},
			timestamp,
			seq,
		},
		fired,
	]);
	expect(events(some.frames)).toEqual([fired]);
});

test("a socket resumes after the last frame it has, without a gap or a copy", async () => {
	const { connected, holder, incident, events } = await open();
	const first = await connected();
	first.send({ type: "subscribe", channels: ["incidents"] });
	await expect.poll(() => first.frames.at(-1)?.type).toBe("subscribed");
	const before = incident(holder.principal).id;
	await expect.poll(() => events(first.frames)).toHaveLength(1);
	const lastSeq = must(first.frames.at(-1)?.seq, "every frame has one");
	first.socket.terminate();
	const missed = [incident(holder.principal).id, incident(holder.principal).id];
	const second = await connected({ lastSeq });
	expect(second.frames[0]?.seq).toBe(lastSeq);
	second.send({ type: "subscribe", channels: ["incidents"] });
	await expect.poll(() => events(second.frames)).toHaveLength(2);
	const later = incident(holder.principal).id;
	await expect.poll(() => events(second.frames)).toHaveLength(3);
	const ids = events(second.frames).map(
		({ data }) => (data as { id: string }).id,
	);
	expect(ids).toEqual([...missed, later]);
	expect(ids).not.toContain(before);
});

test("what is too old to resume from, or was never given, is told with resync", async () => {
	const { connected } = await open();
	const line = await connected({ lastSeq: 987_654 });
	await expect.poll(() => line.frames[1]?.type).toBe("resync");
	expect(line.frames[1]?.seq).toBe(line.frames[0]?.seq);
});

test("a person is told of their own project alone", async () => {
	const { connected, holder, incident, identity, signUp } = await open();
	const other = identity.projects.create(holder.principal.needs("owner"), {
		name: "Other",
	});
	const { accessToken } = await identity.projectTokens.switchTo(
		holder,
		other.id,
		900,
	);
	const bobs = await signUp(bob);
	const first = await connected();
	const second = await connected({ token: accessToken });
	const foreign = await connected({ holder: bobs });
	for (const line of [first, second, foreign]) {
		line.send({ type: "subscribe", channels: ["incidents"] });
		await expect.poll(() => line.frames.at(-1)?.type).toBe("subscribed");
	}
	const named = incident(holder.principal, holder.projectId).id;
	const unnamed = incident(holder.principal).id;
	const others = incident(holder.principal, other.id).id;
	const bobsOwn = incident(bobs.principal).id;
	await expect.poll(() => idsOf(first)).toEqual([named, unnamed]);
	await expect.poll(() => idsOf(second)).toEqual([others]);
	await expect.poll(() => idsOf(foreign)).toEqual([bobsOwn]);
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
	const { dial } = await open();
	const { frames, socket } = await dial();
	socket.send(frame === undefined ? "{" : JSON.stringify(frame));
	await expect.poll(() => frames).toMatchObject([{ type: "error", message }]);
});

test("a wrong token and another tenant's are 1008", async () => {
	const { dial, token, holder, signUp } = await open();
	const { tenant } = (await signUp(bob)).principal;
	for (const connect of [
		{ token: "x.y.z", tenantId: holder.principal.tenant.id },
		{ token: "wt_unknown", tenantId: holder.principal.tenant.id },
		{ token: await token(), tenantId: tenant.id },
	]) {
		const { socket, send, frames } = await dial();
		const closed = once(socket, "close");
		send({ type: "connect", ...connect });
		expect((await closed)[0]).toBe(1008);
		expect(frames).toMatchObject([{ type: "error" }]);
	}
});

test("a socket's token is good once, for a minute", async () => {
	const { connected, dial, token, holder, ports } = await open();
	let now = 1_000;
	vi.spyOn(ports.clock, "monotonic").mockImplementation(() => now);
	const spent = await token();
	await connected({ token: spent });
	const old = await token();
	now += 60_001;
	for (const each of [spent, old]) {
		const { socket, send } = await dial();
		const closed = once(socket, "close");
		send({
			type: "connect",
			token: each,
			tenantId: holder.principal.tenant.id,
		});
		expect((await closed)[0]).toBe(1008);
	}
});

test("who signs out, is turned off or leaves the project is closed within two seconds", async () => {
	const { identity, connected, holder, signUp: _ } = await open();
	const people = await Promise.all(
		["Off", "Out"].map(async (name) => {
			const email = `${name}@example.com`;
			const password = "a long enough password";
			const { id } = await identity.addUser(holder.principal.needs("admin"), {
				email,
				name,
				password,
				role: "engineer",
			});
			const { accessToken } = await identity.login(email, password, 900);
			return { id, line: await connected({ token: accessToken }) };
		}),
	);
	const own = await connected();
	const [off, out] = people;
	const closings = [own, off?.line, out?.line].map((line) =>
		once(must(line, "made").socket, "close"),
	);
	const since = performance.now();
	identity.members.setActive(
		holder.principal.needs("admin"),
		must(off, "made").id,
		false,
	);
	identity.projects.removeMember(
		holder.inProject.governs("owner"),
		must(out, "made").id,
	);
	identity.logout(holder);
	const codes = (await Promise.all(closings)).map(([code]) => code);
	expect(codes).toEqual([1008, 1008, 1008]);
	expect(performance.now() - since).toBeLessThan(2_000);
});

test("a page of another origin is not let in", async () => {
	const { urls } = await open();
	const socket = new WebSocket(urls.events, { origin: "http://evil.example" });
	const [error] = await once(socket, "error");
	expect(String(error)).toMatch(/403/);
});

test("who does not connect within ten seconds is sent away", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const { dial } = await open();
	const { socket } = await dial();
	const closed = once(socket, "close");
	await vi.advanceTimersByTimeAsync(10_001);
	expect((await closed)[0]).toBe(1008);
});

test("a flood is 1008, a frame over 64 KiB 1009", async () => {
	const { dial, ports } = await open();
	const flooding = await dial();
	vi.spyOn(ports.clock, "monotonic").mockReturnValue(1_000);
	const closed = once(flooding.socket, "close");
	for (let frame = 0; frame < 60; frame++) flooding.send({ type: "ping" });
	expect((await closed)[0]).toBe(1008);
	const large = await dial();
	const tooLarge = once(large.socket, "close");
	large.send({ type: "x".repeat(65 * 1024) });
	expect((await tooLarge)[0]).toBe(1009);
});
