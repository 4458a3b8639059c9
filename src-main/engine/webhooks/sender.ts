import { smallest } from "../../../src-shared/domain/extremes.ts";
import type { Clock, Log, Random } from "../ports.ts";
import type { UnitOfWork, Writes } from "../store/index.ts";
import type { Attempt, Outcome } from "./attempt.ts";
import type { DeliveryRepository } from "./delivery-repository.ts";
import { longestDelay, retryDelay } from "./retry-schedule.ts";
import type { DeliveryRow } from "./schema.ts";
import { signedHeaders } from "./signing.ts";
import type { Subscription } from "./subscription.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { WallClockWatch } from "./wall-clock-watch.ts";

export interface SenderPorts {
	readonly work: UnitOfWork;
	readonly subscriptions: Subscriptions;
	readonly deliveries: DeliveryRepository;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	readonly attempt: (attempt: Attempt) => Promise<Outcome>;
	/** Told, after the commit, whose deliveries changed. */
	readonly changed: (tenantKey: number) => void;
}

interface Ended {
	readonly delivery: DeliveryRow;
	readonly at: number;
	readonly outcome: Outcome;
	readonly settled: () => void;
}

const mostInFlight = 4;
/** At the latest, look whether the wall clock still says what it should. */
const longestSleep = 30_000;
const gatherMillis = 10;
const storeAgainMillis = 1_000;
const longestHold = 60 * 60_000;
const afterFaultMillis = 10_000;

/**
 * Sends what is due: at most four deliveries of a subscription at a time, each
 * subscription by itself, so that a slow receiver holds up nobody else. A delivery is
 * pending in the store until its attempt is written down; whatever happens before that, it
 * is sent again with the same id. Due times are wall-clock times, as they must survive a
 * restart; a clock that was set back takes them along.
 */
export class Sender {
	readonly #ports: SenderPorts;
	readonly #watch: WallClockWatch;
	readonly #inFlight = new Map<number, Set<number>>();
	/** Monotonic time until which a subscription's receiver is not called. */
	readonly #heldUntil = new Map<number, number>();
	readonly #stop = new AbortController();
	readonly #running = new Set<Promise<void>>();
	#ended: Ended[] = [];
	#isStoring = false;
	#timer: NodeJS.Timeout | null = null;
	#isClosed = false;

	constructor(ports: SenderPorts) {
		this.#ports = ports;
		this.#watch = new WallClockWatch(ports.clock);
	}

	/** Takes up what a stopped engine left behind. */
	start(): void {
		const now = this.#ports.clock.now();
		this.#ports.work.run(({ writes }) =>
			this.#ports.deliveries.recall(writes, now + longestDelay, now),
		);
		this.wake();
	}

	/** Starts whatever is due now and can be started, and sleeps until the next is. */
	wake(): void {
		if (this.#isClosed) return;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		let wait = afterFaultMillis;
		try {
			wait = this.#startAllDue();
		} catch (error) {
			this.#ports.log.error({ error }, "webhooks wait for the store");
		}
		if (wait === Number.POSITIVE_INFINITY) return;
		this.#timer = setTimeout(() => this.wake(), Math.min(wait, longestSleep));
		this.#timer.unref();
	}

	/** Sends one delivery now, beside whatever else is sent; resolves when its attempt is written down. */
	async sendNow(subscription: Subscription, key: number): Promise<void> {
		await this.#begin(subscription, key);
	}

	/** Resolves when nothing is being sent. */
	async idle(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(this.#running);
	}

	/** Stops what is being sent; it stays due. */
	async close(): Promise<void> {
		this.#isClosed = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#stop.abort();
		await this.idle();
	}

	/** Answers the milliseconds until something else is due; Infinity when an end or a new delivery will tell. */
	#startAllDue(): number {
		const { deliveries, work, subscriptions } = this.#ports;
		const millis = this.#watch.setBack();
		if (millis > 0)
			work.run(({ writes }) => deliveries.shiftBack(writes, millis));
		const waits = subscriptions
			.all()
			.filter(({ isEnabled, isLocked }) => isEnabled && !isLocked)
			.map((subscription) => this.#startDue(subscription));
		return smallest(waits);
	}

	/** The same for one subscription. */
	#startDue(subscription: Subscription): number {
		const { clock, deliveries } = this.#ports;
		const busy = this.#busy(subscription.key);
		if (busy.size >= mostInFlight) return Number.POSITIVE_INFINITY;
		const held =
			(this.#heldUntil.get(subscription.key) ?? 0) - clock.monotonic();
		if (held > 0) return held;
		const now = clock.now();
		const waiting = deliveries
			.waiting(subscription, busy.size + mostInFlight)
			.filter(({ key }) => !busy.has(key));
		for (const { key, next_attempt_at } of waiting) {
			if (busy.size >= mostInFlight) return Number.POSITIVE_INFINITY;
			const wait = (next_attempt_at ?? now) - now;
			if (wait > 0) return wait;
			void this.#begin(subscription, key);
		}
		return Number.POSITIVE_INFINITY;
	}

	#busy(subscriptionKey: number): Set<number> {
		const known = this.#inFlight.get(subscriptionKey);
		if (known !== undefined) return known;
		const busy = new Set<number>();
		this.#inFlight.set(subscriptionKey, busy);
		return busy;
	}

	#begin(subscription: Subscription, key: number): Promise<void> {
		const busy = this.#busy(subscription.key);
		busy.add(key);
		const sent = this.#send(subscription, key)
			.catch((error: unknown) => {
				this.#ports.log.error({ error }, "a webhook could not be sent");
				this.#holdFor(subscription.key, afterFaultMillis);
			})
			.finally(() => {
				busy.delete(key);
				this.#running.delete(sent);
				this.wake();
			});
		this.#running.add(sent);
		return sent;
	}

	async #send(subscription: Subscription, key: number): Promise<void> {
		const { clock, subscriptions, deliveries, attempt } = this.#ports;
		const delivery = deliveries.find(subscription.tenantKey, key);
		const at = clock.now();
		const secrets = subscriptions.secrets(subscription, at);
		if (delivery === undefined || secrets.length === 0) return;
		const outcome = await attempt({
			url: subscription.url,
			allowPrivate: subscription.allowPrivateAddress,
			headers: signedHeaders(delivery.id, at, delivery.body, secrets),
			body: delivery.body,
			now: at,
			signal: this.#stop.signal,
		});
		if (outcome.kind === "stopped") return;
		// One that asks for patience is not called with its other deliveries either.
		const { retryAfterMillis } = outcome;
		if (retryAfterMillis !== null) {
			this.#holdFor(subscription.key, Math.min(retryAfterMillis, longestHold));
		}
		await new Promise<void>((settled) => {
			this.#ended.push({ delivery, at, outcome, settled });
			this.#storeSoon(gatherMillis);
		});
	}

	#holdFor(subscriptionKey: number, millis: number): void {
		const until = this.#ports.clock.monotonic() + millis;
		this.#heldUntil.set(subscriptionKey, until);
	}

	/** Attempts that end within a moment share a transaction, and its flush of the disk. */
	#storeSoon(millis: number): void {
		if (this.#isStoring) return;
		this.#isStoring = true;
		setTimeout(() => {
			this.#isStoring = false;
			this.#store();
		}, millis);
	}

	#store(): void {
		const ended = this.#ended;
		const { work, log, changed } = this.#ports;
		try {
			work.run(({ writes }) => {
				for (const one of ended) this.#record(writes, one);
			});
		} catch (error) {
			// Kept, and not sent again meanwhile: a full disk must not flood a receiver.
			log.error({ error }, "attempts of webhooks could not be stored");
			if (!this.#isClosed) {
				this.#storeSoon(storeAgainMillis);
				return;
			}
		}
		this.#ended = this.#ended.slice(ended.length);
		for (const { settled } of ended) settled();
		const tenants = new Set(ended.map(({ delivery }) => delivery.tenant_id));
		for (const tenantKey of tenants) changed(tenantKey);
	}

	#record(writes: Writes, { delivery, at, outcome }: Ended): void {
		const { subscriptions, deliveries } = this.#ports;
		const subscription = subscriptions.byKey(delivery.subscription_key);
		if (subscription === undefined) return;
		deliveries.record(
			writes,
			delivery,
			at,
			outcome,
			this.#after(delivery, outcome),
		);
		if (outcome.kind === "delivered") {
			subscriptions.setDelivered(subscription, this.#ports.clock.now());
		}
		if (outcome.kind === "gone") {
			subscriptions.set(subscription, {
				...subscription,
				isEnabled: false,
				disabledReason: "The receiver answered 410: it wants no more.",
			});
		}
	}

	#after(
		delivery: DeliveryRow,
		outcome: Outcome,
	): Pick<DeliveryRow, "status" | "failures" | "next_attempt_at"> {
		if (outcome.kind === "delivered") {
			return {
				status: "delivered",
				failures: delivery.failures,
				next_attempt_at: null,
			};
		}
		const { clock, random } = this.#ports;
		const failures = delivery.failures + 1;
		// A person waits for the outcome of a test; sending it again later helps nobody.
		const delay =
			delivery.event_type === "webhook.test"
				? null
				: retryDelay(failures, draw(random), outcome.retryAfterMillis);
		return delay === null
			? { status: "dead", failures, next_attempt_at: null }
			: {
					status: "pending",
					failures,
					next_attempt_at: clock.now() + delay,
				};
	}
}

/** In [0, 1). */
function draw(random: Random): number {
	return Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32;
}
