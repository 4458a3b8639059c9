import type { Clock, Log } from "../ports.ts";
import type { UnitOfWork } from "../store/index.ts";
import { type DeliveryRow, sql } from "./schema.ts";
import type { Subscription } from "./subscription.ts";

const dayMillis = 86_400_000;
const periodMillis = 10 * 60_000;
const batch = 500;

/** What is kept of each subscription; what is pending is kept whatever comes. */
const kept: readonly {
	readonly status: DeliveryRow["status"];
	readonly days: number;
	readonly count: number;
}[] = [
	{ status: "delivered", days: 30, count: 10_000 },
	{ status: "dead", days: 90, count: 50_000 },
];

/** Drops old deliveries in small transactions, so that no writer waits for long. */
export class DeliveryRetention {
	readonly #work: UnitOfWork;
	readonly #subscriptions: () => readonly Subscription[];
	readonly #clock: Clock;
	readonly #log: Log;
	#timer: NodeJS.Timeout | null = null;

	constructor(ports: {
		work: UnitOfWork;
		subscriptions: () => readonly Subscription[];
		clock: Clock;
		log: Log;
	}) {
		this.#work = ports.work;
		this.#subscriptions = ports.subscriptions;
		this.#clock = ports.clock;
		this.#log = ports.log;
	}

	start(): void {
		this.#timer = setInterval(() => {
			this.trim().catch((error: unknown) =>
				this.#log.error({ error }, "old deliveries could not be dropped"),
			);
		}, periodMillis);
		this.#timer.unref();
	}

	close(): void {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** Answers how many deliveries were dropped. */
	async trim(): Promise<number> {
		let dropped = 0;
		for (const subscription of this.#subscriptions()) {
			for (const { status, days, count } of kept) {
				const oldest = this.#clock.now() - days * dayMillis;
				for (;;) {
					const keys = this.#beyond(subscription, status, oldest, count);
					if (keys.length === 0) break;
					this.#drop(subscription.tenantKey, keys);
					dropped += keys.length;
					await new Promise((resolve) => setImmediate(resolve));
				}
			}
		}
		return dropped;
	}

	#beyond(
		{ key, tenantKey }: Subscription,
		status: DeliveryRow["status"],
		oldest: number,
		count: number,
	): number[] {
		const inState = sql
			.selectFrom("webhook_deliveries")
			.select("key")
			.where("subscription_key", "=", key)
			.where("tenant_id", "=", tenantKey)
			.where("status", "=", status);
		const { reads } = this.#work;
		const newestDropped = reads.get(
			inState.orderBy("key", "desc").offset(count).limit(1),
		);
		const rows = reads.all(
			inState
				.where((of) =>
					of.or([
						of("created_at", "<", oldest),
						of("key", "<=", newestDropped?.key ?? 0),
					]),
				)
				.orderBy("key")
				.limit(batch),
		);
		return rows.map((row) => row.key);
	}

	#drop(tenantKey: number, keys: readonly number[]): void {
		this.#work.run(({ writes }) => {
			writes.run(
				sql
					.deleteFrom("webhook_attempts")
					.where("tenant_id", "=", tenantKey)
					.where("delivery_key", "in", keys),
			);
			writes.run(
				sql
					.deleteFrom("webhook_deliveries")
					.where("tenant_id", "=", tenantKey)
					.where("key", "in", keys),
			);
		});
	}
}
