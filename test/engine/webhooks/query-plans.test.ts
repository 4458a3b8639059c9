// However many deliveries a tenant has, what is due, what is shown and what is counted is
// read from an index in its order: nothing is sorted, no table is read through.
import { expect, onTestFinished, test, vi } from "vitest";
import { Reads } from "../../../src-main/engine/store/reads.ts";
import { Writes } from "../../../src-main/engine/store/writes.ts";
import { adminOf, listenForWebhooks, openWebhooks } from "./open-webhooks.ts";

test("reads of deliveries", async () => {
	const receiver = await listenForWebhooks(() => 500);
	const { webhooks, store, happens, subscribe } = openWebhooks();
	const { id } = await subscribe(receiver.url);
	const asked = [
		vi.spyOn(Reads.prototype, "get"),
		vi.spyOn(Reads.prototype, "all"),
		vi.spyOn(Writes.prototype, "run"),
	];
	onTestFinished(() => void vi.restoreAllMocks());
	happens();
	await webhooks.settle();
	webhooks.list(adminOf(1));
	const read = (query: object) =>
		webhooks.deliveries(adminOf(1), { before: null, limit: 10, ...query });
	const [first] = read({ subscriptionId: id }).items;
	if (first === undefined) throw new Error("nothing was made");
	const before = { id: first.id, createdAt: first.createdAt };
	read({ subscriptionId: id, before });
	read({ subscriptionId: id, status: "pending", before });
	read({ status: "pending" });
	webhooks.replay(adminOf(1), first.id);
	webhooks.replayAll(adminOf(1), id);
	await webhooks.trim();

	const plans = asked
		.flatMap(({ mock }) => mock.calls.map(([query]) => query.compile()))
		.filter(({ sql }) =>
			/(from|update) "webhook_(deliveries|attempts)"/.test(sql),
		)
		.flatMap(({ sql, parameters }) =>
			store.connection
				.prepare(`EXPLAIN QUERY PLAN ${sql}`)
				.all(...parameters)
				.map((step) => ({
					sql,
					detail: String(Reflect.get(step as object, "detail")),
				})),
		);
	expect(plans.length).toBeGreaterThan(10);
	for (const { sql, detail } of plans) {
		expect(detail, sql).not.toMatch(/^SCAN|TEMP B-TREE/);
		if (sql.includes("count(")) expect(detail, sql).toMatch(/COVERING INDEX/);
	}
});
