import type { WebhookDelivery } from "../../../src-shared/contract/index.ts";
import type { Reads } from "../store/index.ts";
import { type AttemptRow, type DeliveryRow, sql } from "./schema.ts";
import type { Subscription } from "./subscription.ts";

export interface DeliveryFilter {
	readonly subscription: Subscription | null;
	readonly status: DeliveryRow["status"] | null;
}

export interface PageStart {
	readonly createdAt: number;
	readonly id: string;
}

/** What the settings show of deliveries. Every read is of one tenant. */
export class DeliveryLog {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** Newest first, after the row that `before` names. */
	page(
		tenantKey: number,
		filter: DeliveryFilter,
		before: PageStart | null,
		limit: number,
	): DeliveryRow[] {
		let query = this.#filtered(tenantKey, filter)
			.selectAll()
			.orderBy("key", "desc")
			.limit(limit);
		if (before !== null) {
			query = query.where("key", "<", this.#keyOf(tenantKey, before));
		}
		return this.#reads.all(query);
	}

	count(tenantKey: number, filter: DeliveryFilter): number {
		const row = this.#reads.get(
			this.#filtered(tenantKey, filter).select((of) =>
				of.fn.countAll<number>().as("count"),
			),
		);
		return row?.count ?? 0;
	}

	/** Deliveries of a subscription in a state; tests do not count. */
	countOf(
		{ key, tenantKey }: Subscription,
		status: DeliveryRow["status"],
	): number {
		const row = this.#reads.get(
			sql
				.selectFrom("webhook_deliveries")
				.select((of) => of.fn.countAll<number>().as("count"))
				.where("subscription_key", "=", key)
				.where("tenant_id", "=", tenantKey)
				.where("status", "=", status)
				.where("feed_sequence", "is not", null),
		);
		return row?.count ?? 0;
	}

	/** In the contract's shape. `subscriptionId` answers the public id of a subscription's key. */
	views(
		rows: readonly DeliveryRow[],
		subscriptionId: (key: number) => string,
	): WebhookDelivery[] {
		const attempts = Map.groupBy(
			this.#attemptsOf(rows),
			(attempt) => attempt.delivery_key,
		);
		return rows.map((row) => ({
			id: row.id,
			subscriptionId: subscriptionId(row.subscription_key),
			eventType: row.event_type,
			incidentId: row.incident_id,
			status: row.status,
			attempts: (attempts.get(row.key) ?? []).map((attempt) => ({
				at: attempt.at,
				httpStatus: attempt.http_status,
				durationMs: attempt.duration_ms,
				fault: attempt.fault,
				answer: attempt.answer,
			})),
			nextAttemptAt: row.next_attempt_at,
			createdAt: row.created_at,
			body: row.body,
		}));
	}

	#attemptsOf(rows: readonly DeliveryRow[]): AttemptRow[] {
		const [first] = rows;
		if (first === undefined) return [];
		return this.#reads.all(
			sql
				.selectFrom("webhook_attempts")
				.selectAll()
				.where("tenant_id", "=", first.tenant_id)
				.where(
					"delivery_key",
					"in",
					rows.map(({ key }) => key),
				)
				.orderBy("key"),
		);
	}

	#filtered(tenantKey: number, { subscription, status }: DeliveryFilter) {
		let query = sql
			.selectFrom("webhook_deliveries")
			.where("tenant_id", "=", tenantKey);
		if (subscription !== null) {
			query = query.where("subscription_key", "=", subscription.key);
		}
		if (status !== null) query = query.where("status", "=", status);
		return query;
	}

	/** The place of a row in the log; where it is gone by now, that of the next newer one. */
	#keyOf(tenantKey: number, { createdAt, id }: PageStart): number {
		const own = this.#reads.get(
			sql
				.selectFrom("webhook_deliveries")
				.select("key")
				.where("tenant_id", "=", tenantKey)
				.where("id", "=", id),
		);
		if (own !== undefined) return own.key;
		const newer = this.#reads.get(
			sql
				.selectFrom("webhook_deliveries")
				.select((of) => of.fn.min("key").as("key"))
				.where("tenant_id", "=", tenantKey)
				.where("created_at", ">=", createdAt),
		);
		return newer?.key ?? Number.MAX_SAFE_INTEGER;
	}
}
