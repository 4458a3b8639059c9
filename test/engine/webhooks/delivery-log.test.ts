// The log is read page by page, newest first, without gaps or repeats; what is old is
// dropped, what is pending never.
import { expect, test } from "vitest";
import { adminOf, listenForWebhooks, openWebhooks } from "./open-webhooks.ts";

const day = 86_400_000;

test("pages, filters and totals", async () => {
	const good = await listenForWebhooks();
	const bad = await listenForWebhooks(() => 500);
	const { webhooks, happens, subscribe } = openWebhooks();
	const delivered = await subscribe(good.url);
	const waiting = await subscribe(bad.url);
	for (let event = 0; event < 25; event++) happens({ id: `incident-${event}` });
	await webhooks.settle();
	await webhooks.settle();
	const read = (filter: object) => {
		const ids: string[] = [];
		let before: { createdAt: number; id: string } | null = null;
		for (;;) {
			const page = webhooks.deliveries(adminOf(1), {
				...filter,
				before,
				limit: 7,
			});
			const last = page.items.at(-1);
			ids.push(...page.items.map(({ id }) => id));
			if (last === undefined) return { ids, total: page.total };
			before = { createdAt: last.createdAt, id: last.id };
		}
	};
	const all = read({});
	expect(all.total).toBe(50);
	expect(new Set(all.ids).size).toBe(50);
	expect(read({ status: "delivered" }).total).toBe(25);
	expect(read({ status: "dead" })).toEqual({ ids: [], total: 0 });
	expect(
		read({ subscriptionId: waiting.id, status: "pending" }).ids,
	).toHaveLength(25);
	expect(read({ subscriptionId: delivered.id, status: "pending" }).total).toBe(
		0,
	);
	const own = read({ subscriptionId: delivered.id }).ids;
	expect(own).toEqual(all.ids.filter((id) => own.includes(id)));
});

test("delivered ones are kept for 30 days and up to 10,000 a webhook, dead ones for 90 days", async () => {
	const receiver = await listenForWebhooks();
	const { webhooks, happens, subscribe, store, clock } = openWebhooks();
	const { id } = await subscribe(receiver.url);
	happens();
	await webhooks.settle();
	const count = (status: string) =>
		webhooks.deliveries(adminOf(1), {
			subscriptionId: id,
			status: status as "dead",
			before: null,
			limit: 1,
		}).total;
	const copy = store.connection.prepare(
		`INSERT INTO webhook_deliveries (tenant_id, subscription_key, id, event_type, status, body, failures, next_attempt_at, created_at)
			VALUES (1, 1, ?, 'incident.created', ?, '{}', 0, ?, ?)`,
	);
	const add = (status: string, age: number, times: number) =>
		store.connection.transaction(() => {
			for (let index = 0; index < times; index++) {
				const due = status === "pending" ? clock.now() + day : null;
				copy.run(
					`${status}-${age}-${index}`,
					status,
					due,
					clock.now() - age * day,
				);
			}
		})();
	add("delivered", 31, 700);
	add("delivered", 29, 10_200);
	add("dead", 91, 3);
	add("dead", 89, 4);
	add("pending", 400, 5);
	expect(await webhooks.trim()).toBe(700 + 201 + 3);
	expect([count("delivered"), count("dead"), count("pending")]).toEqual([
		10_000, 4, 5,
	]);
	expect(await webhooks.trim()).toBe(0);
	expect(store.connection.pragma("foreign_key_check")).toEqual([]);
});
