// A stop at any moment neither loses nor doubles a delivery row; due times survive it, and
// a wall clock that is set back or ahead neither holds deliveries up nor uses them up.
import { expect, test } from "vitest";
import {
	adminOf,
	handClock,
	incidentEvent,
	listenForWebhooks,
	openWebhooks,
} from "./open-webhooks.ts";

const hour = 3_600_000;

test("what happened while nobody followed the feed is delivered after a restart", async () => {
	const receiver = await listenForWebhooks();
	const first = openWebhooks();
	const { id } = await first.subscribe(receiver.url);
	await first.webhooks.close();
	first.store.work.run(() => {
		for (let event = 0; event < 600; event++) {
			first.happens({ id: `incident-${event}` });
		}
	});
	await first.close();
	const { webhooks } = openWebhooks({ folder: first.folder });
	await expect
		.poll(() => receiver.received.length, { timeout: 20_000 })
		.toBe(600);
	await webhooks.settle();
	expect(new Set(receiver.received.map((request) => request.id)).size).toBe(
		600,
	);
	expect(
		webhooks.deliveries(adminOf(1), {
			subscriptionId: id,
			before: null,
			limit: 1,
		}).total,
	).toBe(600);
});

test("what was being sent when the engine stopped is sent again, with the same id", async () => {
	const receiver = await listenForWebhooks(() => "hang");
	const first = openWebhooks();
	await first.subscribe(receiver.url);
	first.happens();
	await expect.poll(() => receiver.received.length).toBe(1);
	await first.close();
	receiver.answerWith(() => 200);
	const { webhooks, deliveries } = openWebhooks({ folder: first.folder });
	await webhooks.settle();
	const [before, after] = receiver.received;
	expect(after?.id).toBe(before?.id);
	expect(after?.body).toBe(before?.body);
	// Our own stop is no failure of the receiver.
	expect(deliveries()).toMatchObject([
		{ status: "delivered", attempts: [{ httpStatus: 200 }] },
	]);
});

test("an entry that is read twice makes one delivery", async () => {
	const receiver = await listenForWebhooks();
	const first = openWebhooks();
	await first.subscribe(receiver.url);
	first.happens();
	await first.webhooks.settle();
	// As if the step of the cursor had been lost.
	first.store.connection.exec("UPDATE webhook_cursor SET sequence = 0");
	await first.close();
	const { webhooks, deliveries } = openWebhooks({ folder: first.folder });
	await webhooks.settle();
	expect(deliveries()).toHaveLength(1);
	expect(receiver.received).toHaveLength(1);
});

test("the cursor and its deliveries move together or not at all", async () => {
	const receiver = await listenForWebhooks();
	const { webhooks, store, happens, subscribe, deliveries, logged } =
		openWebhooks();
	await subscribe(receiver.url);
	store.connection.exec(
		"CREATE TRIGGER full BEFORE UPDATE ON webhook_cursor BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
	);
	happens();
	await expect.poll(() => logged.length).toBeGreaterThan(0);
	expect(deliveries()).toEqual([]);
	store.connection.exec("DROP TRIGGER full");
	await webhooks.settle();
	expect(receiver.received).toHaveLength(1);
});

test("an attempt that cannot be written down is not sent again meanwhile", async () => {
	const receiver = await listenForWebhooks();
	const { store, happens, subscribe, deliveries, logged } = openWebhooks();
	await subscribe(receiver.url);
	store.connection.exec(
		"CREATE TRIGGER full BEFORE INSERT ON webhook_attempts BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
	);
	happens();
	await expect.poll(() => logged.length).toBeGreaterThan(0);
	expect(deliveries()).toMatchObject([{ status: "pending" }]);
	store.connection.exec("DROP TRIGGER full");
	await expect
		.poll(() => deliveries()[0]?.status, { timeout: 5_000 })
		.toBe("delivered");
	expect(receiver.received).toHaveLength(1);
});

test("a subscription is told of nothing that happened before it, or while it was off", async () => {
	const receiver = await listenForWebhooks();
	const { webhooks, happens, subscribe, store, feed } = openWebhooks();
	happens({ title: "before" });
	const { id } = await subscribe(receiver.url);
	happens({ title: "first" });
	await webhooks.settle();
	await webhooks.update(adminOf(1), id, { isEnabled: false });
	happens({ title: "while off" });
	await webhooks.update(adminOf(1), id, { isEnabled: true });
	store.work.run((transaction) =>
		feed.append(transaction, 1, incidentEvent({ title: "second" })),
	);
	await webhooks.settle();
	expect(
		receiver.received.map(({ body }) => JSON.parse(body).data.title),
	).toEqual(["first", "second"]);
});

test("a clock set back takes due times along, and one set ahead uses up one attempt at most", async () => {
	const receiver = await listenForWebhooks(() => 500);
	const { webhooks, happens, subscribe, deliveries, clock } = openWebhooks();
	await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	clock.pass(6_000);
	await webhooks.settle();
	expect(receiver.received).toHaveLength(2);

	clock.jump(-hour);
	await webhooks.settle();
	const wait = (deliveries()[0]?.nextAttemptAt ?? 0) - clock.now();
	expect(wait).toBeGreaterThan(260_000);
	expect(wait).toBeLessThan(340_000);
	clock.pass(wait);
	await webhooks.settle();
	expect(receiver.received).toHaveLength(3);

	for (const jump of [24 * hour, -24 * hour]) {
		clock.jump(jump);
		await webhooks.settle();
		await webhooks.settle();
	}
	expect(receiver.received.length).toBeLessThanOrEqual(4);
	const left = (deliveries()[0]?.nextAttemptAt ?? 0) - clock.now();
	expect(left).toBeGreaterThan(0);
	expect(left).toBeLessThan(3 * hour);
});

test("due times written by a clock that was far ahead do not hold deliveries up after a restart", async () => {
	const receiver = await listenForWebhooks(() => 500);
	const ahead = handClock(Date.now() + 365 * 24 * hour);
	const first = openWebhooks({ clock: ahead });
	await first.subscribe(receiver.url);
	first.happens();
	await first.webhooks.settle();
	await first.close();
	receiver.answerWith(() => 200);
	const { webhooks, deliveries } = openWebhooks({ folder: first.folder });
	await webhooks.settle();
	expect(deliveries()).toMatchObject([{ status: "delivered" }]);
});
