// Whatever a receiver does, every event reaches it at least once under one id, or is listed
// as dead; nothing is sent again after it was answered with success.
import { expect, test } from "vitest";
import { mulberry32 } from "../../../src-main/engine/drift/statistics/index.ts";
import {
	type Answering,
	adminOf,
	incidentEvent,
	listenForWebhooks,
	openWebhooks,
	type Received,
} from "./open-webhooks.ts";

const events = 300;
const hour = 3_600_000;

test("a receiver with three faults in ten", async () => {
	const next = mulberry32(7);
	const accepted: string[] = [];
	const incidentOf = new Map<string, Set<string>>();
	const answering = (request: Received): ReturnType<Answering> => {
		const { id } = JSON.parse(request.body).data as { id: string };
		incidentOf.set(
			request.id,
			(incidentOf.get(request.id) ?? new Set()).add(id),
		);
		// One event in a hundred is refused for good.
		if (Number(id.split("-")[1]) % 100 === 99) return 400;
		const draw = next();
		if (draw < 0.1) return "reset";
		if (draw < 0.2) return 500;
		if (draw < 0.25) return { status: 429, headers: { "retry-after": "30" } };
		if (draw < 0.3)
			return { status: 200, headers: { "content-length": "9" }, body: "x" };
		accepted.push(request.id);
		return 202;
	};
	const receiver = await listenForWebhooks(answering);
	const { webhooks, store, feed, subscribe, deliveries, clock } =
		openWebhooks();
	const { id } = await subscribe(receiver.url);
	store.work.run((transaction) => {
		for (let event = 0; event < events; event++) {
			feed.append(transaction, 1, incidentEvent({ id: `incident-${event}` }));
		}
	});
	for (let turn = 0; turn < 200; turn++) {
		await webhooks.settle();
		if (webhooks.list(adminOf(1))[0]?.pending === 0) break;
		// Deliveries that are held back by Retry-After need several turns at one time.
		clock.pass(turn % 4 === 3 ? 24 * hour : 60_000);
	}
	const all = (status: "dead" | "delivered" | "pending") =>
		webhooks.deliveries(adminOf(1), {
			subscriptionId: id,
			status,
			before: null,
			limit: 1,
		}).total;
	expect([all("delivered"), all("dead"), all("pending")]).toEqual([
		events - 3,
		3,
		0,
	]);
	expect(incidentOf.size).toBe(events);
	expect(
		[...incidentOf.values()].every((incidents) => incidents.size === 1),
	).toBe(true);
	expect(accepted).toHaveLength(new Set(accepted).size);
	expect(accepted).toHaveLength(events - 3);
	expect(deliveries(id).every(({ attempts }) => attempts.length <= 10)).toBe(
		true,
	);
});
