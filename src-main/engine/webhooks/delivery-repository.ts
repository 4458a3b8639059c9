import { EngineError } from "../errors.ts";
import type { Reads, Writes } from "../store/index.ts";
import type { Outcome } from "./attempt.ts";
import { type DeliveryRow, sql } from "./schema.ts";
import type { Subscription } from "./subscription.ts";

export type NewDelivery = Pick<
	DeliveryRow,
	"id" | "feed_sequence" | "event_type" | "incident_id" | "body" | "created_at"
>;

/** A delivery that waits for its turn. */
export type WaitingDelivery = Pick<DeliveryRow, "key" | "next_attempt_at">;

/** The durable outbox: what was sent, what is to be sent, and what was given up. */
export class DeliveryRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** Adds a delivery that is due at once. Answers null when the entry of the feed is there already. */
	add(
		writes: Writes,
		subscription: Subscription,
		delivery: NewDelivery,
	): number | null {
		const { changes, lastId } = writes.run(
			sql
				.insertInto("webhook_deliveries")
				.values({
					...delivery,
					tenant_id: subscription.tenantKey,
					subscription_key: subscription.key,
					status: "pending",
					failures: 0,
					next_attempt_at: delivery.created_at,
				})
				.onConflict((conflict) =>
					conflict.columns(["subscription_key", "feed_sequence"]).doNothing(),
				),
		);
		return changes === 0 ? null : lastId;
	}

	/** The pending deliveries that are due first. */
	waiting(subscription: Subscription, limit: number): WaitingDelivery[] {
		return this.#reads.all(
			sql
				.selectFrom("webhook_deliveries")
				.select(["key", "next_attempt_at"])
				.where("subscription_key", "=", subscription.key)
				.where("tenant_id", "=", subscription.tenantKey)
				// Said like this, and not by its status, it is read from the index of what is due.
				.where("next_attempt_at", "is not", null)
				.orderBy("next_attempt_at")
				.limit(limit),
		);
	}

	/** Undefined when it went with its subscription. */
	find(tenantKey: number, key: number): DeliveryRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("webhook_deliveries")
				.selectAll()
				.where("key", "=", key)
				.where("tenant_id", "=", tenantKey),
		);
	}

	/** Throws NOT_FOUND for one that is not the tenant's. */
	byId(tenantKey: number, id: string): DeliveryRow {
		const row = this.#reads.get(
			sql
				.selectFrom("webhook_deliveries")
				.selectAll()
				.where("id", "=", id)
				.where("tenant_id", "=", tenantKey),
		);
		if (row === undefined) {
			throw new EngineError("NOT_FOUND", "No such delivery.");
		}
		return row;
	}

	/** Writes an attempt down, and what the delivery is after it. */
	record(
		writes: Writes,
		delivery: DeliveryRow,
		at: number,
		outcome: Outcome,
		after: Pick<DeliveryRow, "status" | "failures" | "next_attempt_at">,
	): void {
		const { changes } = writes.run(
			sql
				.updateTable("webhook_deliveries")
				.set(after)
				.where("key", "=", delivery.key)
				.where("tenant_id", "=", delivery.tenant_id),
		);
		if (changes === 0) return;
		writes.run(
			sql.insertInto("webhook_attempts").values({
				tenant_id: delivery.tenant_id,
				delivery_key: delivery.key,
				at,
				http_status: outcome.httpStatus,
				duration_ms: outcome.durationMs,
				fault: outcome.fault,
				answer: outcome.answer,
			}),
		);
	}

	/** Makes a delivery due at `now`, with all its attempts before it. */
	replay(writes: Writes, delivery: DeliveryRow, now: number): void {
		writes.run(
			sql
				.updateTable("webhook_deliveries")
				.set({ status: "pending", failures: 0, next_attempt_at: now })
				.where("key", "=", delivery.key)
				.where("tenant_id", "=", delivery.tenant_id),
		);
	}

	/** The same for every dead delivery of a subscription, tests aside. Answers how many. */
	replayDead(writes: Writes, subscription: Subscription, now: number): number {
		return writes.run(
			sql
				.updateTable("webhook_deliveries")
				.set({ status: "pending", failures: 0, next_attempt_at: now })
				.where("subscription_key", "=", subscription.key)
				.where("tenant_id", "=", subscription.tenantKey)
				.where("status", "=", "dead")
				.where("feed_sequence", "is not", null),
		).changes;
	}

	/** Makes what waits for a later attempt due at `now`. */
	hasten(writes: Writes, subscription: Subscription, now: number): void {
		writes.run(
			sql
				.updateTable("webhook_deliveries")
				.set({ next_attempt_at: now })
				.where("subscription_key", "=", subscription.key)
				.where("tenant_id", "=", subscription.tenantKey)
				.where("next_attempt_at", ">", now),
		);
	}

	/** Moves every due time back by `millis`, of every tenant: the clock was set back. */
	shiftBack(writes: Writes, millis: number): void {
		writes.run(
			sql
				.updateTable("webhook_deliveries")
				.set((of) => ({
					next_attempt_at: of("next_attempt_at", "-", millis),
				}))
				.where("next_attempt_at", "is not", null),
		);
	}

	/** Makes everything due at `now` that claims to be due after `latest`, of every tenant. */
	recall(writes: Writes, latest: number, now: number): void {
		writes.run(
			sql
				.updateTable("webhook_deliveries")
				.set({ next_attempt_at: now })
				.where("next_attempt_at", ">", latest),
		);
	}

	removeAll(writes: Writes, subscription: Subscription): void {
		const { key, tenantKey } = subscription;
		writes.run(
			sql
				.deleteFrom("webhook_attempts")
				.where("tenant_id", "=", tenantKey)
				.where("delivery_key", "in", (query) =>
					query
						.selectFrom("webhook_deliveries")
						.select("key")
						.where("subscription_key", "=", key),
				),
		);
		writes.run(
			sql
				.deleteFrom("webhook_deliveries")
				.where("subscription_key", "=", key)
				.where("tenant_id", "=", tenantKey),
		);
	}
}
