// Every event reaches every subscription that asks for it, with a constant id over all
// attempts; only 2xx is success; a receiver that is slow, rude or gone harms no other.
import { expect, test } from "vitest";
import {
	type Answering,
	adminOf,
	isSignedWith,
	listenForWebhooks,
	openWebhooks,
	signatures,
} from "./open-webhooks.ts";

const day = 86_400_000;

test("an event is delivered once, and the receiver sees who calls", async () => {
	const receiver = await listenForWebhooks();
	const { webhooks, happens, subscribe, deliveries, published, clock } =
		openWebhooks();
	const { id, secret } = await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	await webhooks.settle();
	expect(receiver.received).toHaveLength(1);
	const [request] = receiver.received;
	expect(request?.headers).toMatchObject({
		"content-type": "application/json",
		"user-agent": "Tocsin-Webhooks/test",
		"webhook-timestamp": String(Math.floor(clock.now() / 1_000)),
	});
	expect(request?.id).toMatch(/^msg_[\w-]{36}$/);
	expect(request && isSignedWith(secret, request)).toBe(true);
	const [delivery] = deliveries(id);
	expect(delivery).toMatchObject({
		id: request?.id,
		subscriptionId: id,
		eventType: "incident.created",
		incidentId: "incident-1",
		status: "delivered",
		nextAttemptAt: null,
		body: request?.body,
		attempts: [{ httpStatus: 200, fault: null, answer: null }],
	});
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({
		lastDeliveredAt: clock.now(),
		pending: 0,
		dead: 0,
	});
	await expect.poll(() => published).toContain(1);
});

test("a receiver that fails gets ten attempts over three days, with one id, and then it is dead", async () => {
	const receiver = await listenForWebhooks(() => 500);
	const { webhooks, happens, subscribe, deliveries, clock } = openWebhooks();
	const { secret } = await subscribe(receiver.url);
	happens();
	const startedAt = clock.now();
	const attempts: number[] = [];
	for (let turn = 0; turn < 20; turn++) {
		const before = receiver.received.length;
		await webhooks.settle();
		if (receiver.received.length > before) {
			attempts.push(clock.now() - startedAt);
		}
		const next = deliveries()[0]?.nextAttemptAt ?? null;
		if (next === null) break;
		// A moment too early nothing is sent.
		clock.pass(next - clock.now() - 1);
		await webhooks.settle();
		expect(receiver.received).toHaveLength(attempts.length);
		clock.pass(1);
	}
	const proposed = [
		0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105,
	];
	expect(attempts).toHaveLength(10);
	for (const [index, at] of attempts.entries()) {
		const expected = (proposed[index] ?? 0) * 1_000;
		expect(at).toBeGreaterThanOrEqual(expected * 0.9);
		expect(at).toBeLessThanOrEqual(expected * 1.1);
	}
	expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
	expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	const stamps = receiver.received.map(
		({ headers }) => headers["webhook-timestamp"],
	);
	expect(new Set(stamps).size).toBe(10);
	expect(
		receiver.received.every((request) => isSignedWith(secret, request)),
	).toBe(true);
	const [dead] = deliveries();
	expect(dead).toMatchObject({ status: "dead", nextAttemptAt: null });
	expect(dead?.attempts).toHaveLength(10);
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({ pending: 0, dead: 1 });

	// Replayed, it keeps its id and gets its attempts anew.
	receiver.answerWith(() => 204);
	expect(webhooks.replay(adminOf(1), dead?.id ?? "")).toMatchObject({
		id: dead?.id,
		status: "pending",
	});
	await webhooks.settle();
	expect(receiver.received.at(-1)?.id).toBe(dead?.id);
	expect(deliveries()[0]).toMatchObject({ status: "delivered" });
	expect(deliveries()[0]?.attempts).toHaveLength(11);
});

test.each<[string, ReturnType<Answering>, string]>([
	[
		"a redirect",
		{ status: 302, headers: { location: "http://127.0.0.1:1/" } },
		"redirect",
	],
	["a client error", { status: 404, body: "no such hook" }, "404"],
	["a server error", 503, "503"],
	["a broken connection", "reset", "broke the connection off"],
])("%s is a failure that is tried again", async (_what, answer, fault) => {
	const receiver = await listenForWebhooks(() => answer);
	const { webhooks, happens, subscribe, deliveries } = openWebhooks();
	await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	const [delivery] = deliveries();
	expect(delivery?.status).toBe("pending");
	expect(delivery?.attempts).toHaveLength(1);
	expect(delivery?.attempts[0]?.fault).toContain(fault);
	expect(receiver.received).toHaveLength(1);
});

test("the start of an answer is kept, without control characters", async () => {
	const receiver = await listenForWebhooks(() => ({
		status: 400,
		body: `\u001b]8;;http://evil.test\u0007<img src=x>\n${"a".repeat(100_000)}`,
	}));
	const { webhooks, happens, subscribe, deliveries } = openWebhooks();
	await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	const answer = deliveries()[0]?.attempts[0]?.answer ?? "";
	expect(answer).toHaveLength(500);
	expect(answer.startsWith("]8;;http://evil.test<img src=x>\naaa")).toBe(true);
});

test("410 turns a subscription off with a reason; turned on, it sends what waited", async () => {
	const receiver = await listenForWebhooks(() => 410);
	const { webhooks, happens, subscribe, deliveries } = openWebhooks();
	const { id } = await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({
		isEnabled: false,
		disabledReason: expect.stringContaining("410"),
		pending: 1,
	});
	// What happens while it is off is not sent later.
	happens({ change: "resolved" });
	await webhooks.settle();
	receiver.answerWith(() => 200);
	const on = await webhooks.update(adminOf(1), id, { isEnabled: true });
	expect(on).toMatchObject({ isEnabled: true, disabledReason: null });
	await webhooks.settle();
	expect(
		deliveries().map(({ status, eventType }) => [status, eventType]),
	).toEqual([["delivered", "incident.created"]]);
	expect(receiver.received).toHaveLength(2);
});

test("Retry-After is honoured, also for the other deliveries, within bounds", async () => {
	const receiver = await listenForWebhooks(() => ({
		status: 429,
		headers: { "retry-after": "1200" },
	}));
	const { webhooks, happens, subscribe, deliveries, clock } = openWebhooks();
	await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	expect(deliveries()[0]?.nextAttemptAt).toBe(clock.now() + 1_200_000);
	happens({ change: "note" });
	await webhooks.settle();
	clock.pass(1_199_000);
	await webhooks.settle();
	expect(receiver.received).toHaveLength(1);
	receiver.answerWith(() => 200);
	clock.pass(1_000);
	await webhooks.settle();
	expect(receiver.received).toHaveLength(3);

	receiver.answerWith(() => ({
		status: 503,
		headers: { "retry-after": "999999999" },
	}));
	happens({ change: "edited" });
	await webhooks.settle();
	expect(deliveries()[0]?.nextAttemptAt).toBe(clock.now() + day);
});

test("four deliveries at a time, and a receiver that hangs delays no other", async () => {
	const hanging = await listenForWebhooks(() => "hang");
	const quick = await listenForWebhooks();
	const { webhooks, happens, subscribe, deliveries } = openWebhooks();
	const slow = await subscribe(hanging.url);
	const fast = await subscribe(quick.url);
	for (let event = 0; event < 30; event++) happens({ id: `incident-${event}` });
	await expect.poll(() => quick.received.length).toBe(30);
	expect(hanging.received).toHaveLength(4);
	expect(hanging.most()).toBe(4);
	expect(quick.most()).toBeLessThanOrEqual(4);
	await expect.poll(() => webhooks.list(adminOf(1))[1]?.pending).toBe(0);
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({
		id: slow.id,
		pending: 30,
	});
	expect(deliveries(fast.id)).toHaveLength(30);
	hanging.answerWith(() => 200);
	hanging.breakOff();
	await expect.poll(() => hanging.received.length).toBe(30);
});

test("after a rotation the old secret signs beside the new one for 24 hours", async () => {
	const receiver = await listenForWebhooks();
	const { webhooks, happens, subscribe, clock } = openWebhooks();
	const first = await subscribe(receiver.url);
	const second = webhooks.rotateSecret(adminOf(1), first.id);
	expect(second.secret).not.toBe(first.secret);
	expect(second.oldSecretUntil).toBe(clock.now() + day);
	const signedBy = async () => {
		happens({ change: "note" });
		await webhooks.settle();
		const request = receiver.received.at(-1);
		if (request === undefined) throw new Error("nothing arrived");
		return {
			signatures: signatures(request).length,
			byOld: isSignedWith(first.secret, request),
			byNew: isSignedWith(second.secret, request),
		};
	};
	expect(await signedBy()).toEqual({ signatures: 2, byOld: true, byNew: true });
	clock.pass(day - 1);
	expect(await signedBy()).toEqual({ signatures: 2, byOld: true, byNew: true });
	clock.pass(1);
	expect(await signedBy()).toEqual({
		signatures: 1,
		byOld: false,
		byNew: true,
	});
	expect(webhooks.list(adminOf(1))[0]?.oldSecretUntil).toBeNull();
});

test("a test is sent once, also while the webhook is off, and answers how it went", async () => {
	const receiver = await listenForWebhooks(() => ({
		status: 418,
		body: "short",
	}));
	const { webhooks, subscribe, clock } = openWebhooks();
	const { id, secret } = await subscribe(receiver.url);
	await webhooks.update(adminOf(1), id, { isEnabled: false });
	const delivery = await webhooks.test(adminOf(1), id);
	expect(delivery).toMatchObject({
		eventType: "webhook.test",
		status: "dead",
		attempts: [{ httpStatus: 418, answer: "short" }],
	});
	expect(JSON.parse(delivery.body)).toMatchObject({
		type: "webhook.test",
		data: { webhook_id: id, webhook_name: "Receiver" },
	});
	const [request] = receiver.received;
	expect(request && isSignedWith(secret, request)).toBe(true);
	clock.pass(day);
	await webhooks.settle();
	expect(receiver.received).toHaveLength(1);
	// A failed test is nobody's loss.
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({ pending: 0, dead: 0 });
	expect(webhooks.replayAll(adminOf(1), id)).toBe(0);
});

test("every dead delivery can be replayed at once", async () => {
	const receiver = await listenForWebhooks(() => 500);
	const { webhooks, happens, subscribe, deliveries, clock } = openWebhooks();
	const { id } = await subscribe(receiver.url);
	for (let event = 0; event < 5; event++) happens({ id: `incident-${event}` });
	for (let attempt = 0; attempt < 10; attempt++) {
		await webhooks.settle();
		clock.pass(30 * 3_600_000);
	}
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({ pending: 0, dead: 5 });
	receiver.answerWith(() => 200);
	expect(webhooks.replayAll(adminOf(1), id)).toBe(5);
	await webhooks.settle();
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({ pending: 0, dead: 0 });
	expect(deliveries().every(({ status }) => status === "delivered")).toBe(true);
	expect(new Set(receiver.received.map((request) => request.id)).size).toBe(5);
});
