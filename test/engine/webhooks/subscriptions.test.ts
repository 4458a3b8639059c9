// An address is checked when it is named and again with every attempt. Nobody reads
// another tenant's webhooks. A secret is shown once and lies nowhere in the clear; where it
// cannot be read any more, nothing is sent until there is a new one.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adminOf, listenForWebhooks, openWebhooks } from "./open-webhooks.ts";

test.each([
	["http://127.0.0.1/hook", "allow private addresses"],
	["http://2130706433/", "this machine"],
	["http://[::ffff:7f00:1]/", "this machine"],
	["http://inside.test/", "allow private addresses"],
	["http://169.254.169.254/latest/", "never"],
	["ftp://example.org/", "Only http and https"],
	["https://user:hunter2@example.org/", "user name"],
	["example.org", "no address"],
])("%s is refused: %s", async (url, words) => {
	const { webhooks, subscribe } = openWebhooks({
		network: { resolve: async () => ["10.0.0.1"] },
	});
	const refused = subscribe(url, { allowPrivateAddress: false });
	await expect(refused).rejects.toMatchObject({
		code: "INVALID",
		message: expect.stringContaining(words),
		data: { field: "url" },
	});
	expect(webhooks.list(adminOf(1))).toEqual([]);
});

test("an allowed private address is taken; the engine's own listeners and metadata are not", async () => {
	const { subscribe, webhooks } = openWebhooks({ ownPorts: [8_000] });
	await subscribe("http://127.0.0.1:9000/");
	for (const url of ["http://127.0.0.1:8000/", "http://169.254.169.254/"]) {
		await expect(subscribe(url)).rejects.toMatchObject({ code: "INVALID" });
	}
	expect(webhooks.list(adminOf(1))).toHaveLength(1);
});

test("while the network is down a name is taken on trust, and checked when it is called", async () => {
	let addresses: readonly string[] = [];
	const receiver = await listenForWebhooks();
	const { subscribe, webhooks, happens, deliveries } = openWebhooks({
		network: { resolve: async () => addresses },
	});
	const { id } = await subscribe(`http://hook.test:${receiver.port}/`, {
		allowPrivateAddress: false,
	});
	addresses = ["127.0.0.1"];
	happens();
	await webhooks.settle();
	expect(receiver.received).toEqual([]);
	expect(deliveries(id)[0]?.attempts[0]).toMatchObject({
		httpStatus: null,
		fault: expect.stringContaining("allow private addresses"),
	});
	// Allowing it is checked too, and lets what waits go.
	await webhooks.update(adminOf(1), id, { allowPrivateAddress: true });
	webhooks.replay(adminOf(1), deliveries(id)[0]?.id ?? "");
	await webhooks.settle();
	expect(receiver.received).toHaveLength(1);
});

test("an address that became private cannot be saved, and what is not named stays", async () => {
	const { subscribe, webhooks } = openWebhooks({
		network: { resolve: async () => ["1.1.1.1"] },
	});
	const { id } = await subscribe("https://hook.test/a", {
		eventTypes: ["incident.resolved"],
		minSeverity: 2,
		modelIds: ["fraud_v1"],
		allowPrivateAddress: false,
	});
	await expect(
		webhooks.update(adminOf(1), id, { url: "http://192.168.0.1/" }),
	).rejects.toMatchObject({ code: "INVALID" });
	expect(
		await webhooks.update(adminOf(1), id, { name: "Renamed" }),
	).toMatchObject({
		name: "Renamed",
		url: "https://hook.test/a",
		eventTypes: ["incident.resolved"],
		minSeverity: 2,
		modelIds: ["fraud_v1"],
		allowPrivateAddress: false,
		isEnabled: true,
	});
	expect(
		await webhooks.update(adminOf(1), id, { minSeverity: null }),
	).toMatchObject({
		minSeverity: null,
		modelIds: ["fraud_v1"],
	});
});

test("tenants see and get only what is theirs", async () => {
	const [own, other] = [await listenForWebhooks(), await listenForWebhooks()];
	const { subscribe, webhooks, happens, deliveries } = openWebhooks();
	const mine = await subscribe(own.url);
	const theirs = await subscribe(other.url, {}, 2);
	happens({ title: "of the first" }, 1);
	happens({ title: "of the second" }, 2);
	await webhooks.settle();
	expect(own.received.map(({ body }) => JSON.parse(body).data.title)).toEqual([
		"of the first",
	]);
	expect(other.received.map(({ body }) => JSON.parse(body).data.title)).toEqual(
		["of the second"],
	);
	expect(webhooks.list(adminOf(1)).map(({ id }) => id)).toEqual([mine.id]);
	expect(deliveries().map(({ subscriptionId }) => subscriptionId)).toEqual([
		mine.id,
	]);
	const [delivery] = deliveries(theirs.id, 2);
	const foreign: (() => unknown)[] = [
		() => webhooks.update(adminOf(1), theirs.id, { name: "Mine now" }),
		() => webhooks.test(adminOf(1), theirs.id),
		async () => webhooks.remove(adminOf(1), theirs.id),
		async () => webhooks.rotateSecret(adminOf(1), theirs.id),
		async () => webhooks.replayAll(adminOf(1), theirs.id),
		async () => webhooks.replay(adminOf(1), delivery?.id ?? ""),
		async () => deliveries(theirs.id, 1),
	];
	for (const attempt of foreign) {
		await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
	}
	expect(webhooks.list(adminOf(2))).toMatchObject([
		{ id: theirs.id, name: "Receiver" },
	]);
	expect(other.received).toHaveLength(1);
});

test("there are at most fifty", async () => {
	const { subscribe } = openWebhooks();
	for (let index = 0; index < 50; index++) {
		await subscribe(`http://127.0.0.1:9000/${index}`);
	}
	await expect(subscribe("http://127.0.0.1:9000/")).rejects.toMatchObject({
		code: "CONFLICT",
	});
	await subscribe("http://127.0.0.1:9000/", {}, 2);
});

test("removing a webhook removes its deliveries, also while one is being sent", async () => {
	const receiver = await listenForWebhooks(() => "hang");
	const { subscribe, webhooks, happens, deliveries, store } = openWebhooks();
	const { id } = await subscribe(receiver.url);
	happens();
	await expect.poll(() => receiver.received.length).toBe(1);
	webhooks.remove(adminOf(1), id);
	receiver.breakOff();
	await webhooks.settle();
	expect(webhooks.list(adminOf(1))).toEqual([]);
	expect(deliveries()).toEqual([]);
	for (const table of ["webhook_deliveries", "webhook_attempts"]) {
		const left = store.connection.prepare(`SELECT count(*) FROM ${table}`);
		expect(left.pluck().get()).toBe(0);
	}
	expect(store.connection.pragma("foreign_key_check")).toEqual([]);
});

test("a secret is in the answer that made it, and nowhere else", async () => {
	const receiver = await listenForWebhooks(() => 500);
	const { subscribe, webhooks, happens, deliveries, folder, logged, store } =
		openWebhooks();
	const { id, secret } = await subscribe(receiver.url);
	const rotated = webhooks.rotateSecret(adminOf(1), id);
	happens();
	await webhooks.settle();
	await webhooks.test(adminOf(1), id);
	const answers = JSON.stringify([
		webhooks.list(adminOf(1)),
		await webhooks.update(adminOf(1), id, { name: "Renamed" }),
		deliveries(),
		logged,
	]);
	store.connection.pragma("wal_checkpoint(TRUNCATE)");
	const files = readdirSync(folder).map((name) =>
		readFileSync(join(folder, name), "latin1"),
	);
	expect(files.length).toBeGreaterThan(1);
	for (const text of [secret, rotated.secret]) {
		const bytes = Buffer.from(text.slice(6), "base64");
		for (const place of [answers, ...files]) {
			expect(place).not.toContain(text.slice(6));
			expect(place).not.toContain(bytes.toString("latin1"));
			expect(place).not.toContain(bytes.toString("hex"));
		}
	}
});

test("without the key a webhook is locked and keeps what waits; a new secret unlocks it", async () => {
	const receiver = await listenForWebhooks();
	const first = openWebhooks();
	const { id, secret } = await first.subscribe(receiver.url);
	await first.close();
	rmSync(join(first.folder, "secret-keys.json"));
	const { webhooks, happens, clock } = openWebhooks({ folder: first.folder });
	happens();
	await webhooks.settle();
	expect(receiver.received).toEqual([]);
	expect(webhooks.list(adminOf(1))[0]).toMatchObject({
		isLocked: true,
		pending: 1,
	});
	await expect(webhooks.test(adminOf(1), id)).rejects.toMatchObject({
		code: "CONFLICT",
	});
	const rotated = webhooks.rotateSecret(adminOf(1), id);
	expect(rotated).toMatchObject({ isLocked: false, oldSecretUntil: null });
	expect(rotated.secret).not.toBe(secret);
	clock.pass(1_000);
	await webhooks.settle();
	expect(receiver.received).toHaveLength(1);
});
