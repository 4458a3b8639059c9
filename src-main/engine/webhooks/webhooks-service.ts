import type {
	WebhookDelivery,
	WebhookSubscription,
	WebhookTopic,
} from "../../../src-shared/contract/index.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../errors.ts";
import type { EventFeed } from "../feed/index.ts";
import type { Member } from "../identity/access/index.ts";
import { CoalescedChanges } from "../live/index.ts";
import { type Outbound, OutboundError } from "../outbound/index.ts";
import type { Clock, Log, Random } from "../ports.ts";
import type { Vault } from "../secrets/index.ts";
import type { CommandStore, Writes } from "../store/index.ts";
import { attemptDelivery } from "./attempt.ts";
import { DeliveryLog, type PageStart } from "./delivery-log.ts";
import { DeliveryRepository } from "./delivery-repository.ts";
import type { IncidentFacts } from "./event-match.ts";
import { FeedCursor } from "./feed-cursor.ts";
import { FeedFollower } from "./feed-follower.ts";
import { testBody } from "./payload.ts";
import { DeliveryRetention } from "./retention.ts";
import type { DeliveryRow } from "./schema.ts";
import { Sender } from "./sender.ts";
import { makeSecret } from "./signing.ts";
import type { Subscription } from "./subscription.ts";
import { type SubscriptionFields, Subscriptions } from "./subscriptions.ts";

export interface WebhooksPorts {
	readonly store: CommandStore;
	readonly feed: EventFeed;
	readonly outbound: Outbound;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	/** For the receivers to see. */
	readonly version: string;
	/** Tells live windows of a tenant that webhooks changed. */
	readonly publish: (tenantKey: number) => void;
	/** The facts of an incident as it is now; throws NOT_FOUND when it is not there. */
	readonly incidentFacts: (
		tenantKey: number,
		incidentId: string,
	) => IncidentFacts;
}

export interface NewWebhook {
	readonly name: string;
	readonly url: string;
	readonly eventTypes: readonly WebhookTopic[];
	readonly minSeverity: Severity | null;
	readonly modelIds: readonly string[];
	readonly allowPrivateAddress: boolean;
}

export type WebhookChange = {
	readonly [Field in keyof NewWebhook]?: NewWebhook[Field] | undefined;
} & { readonly isEnabled?: boolean | undefined };

const mostPerTenant = 50;
const oldSecretMillis = 24 * 60 * 60_000;

/**
 * Tells other systems what happens to incidents and actions: every event of the durable
 * feed is delivered at least once to each subscription that asks for it, with a constant
 * id, or is listed as dead. Every method is of one tenant; what is another's is NOT_FOUND.
 */
export class WebhooksService {
	readonly #ports: WebhooksPorts;
	readonly #subscriptions: Subscriptions;
	readonly #deliveries: DeliveryRepository;
	readonly #deliveryLog: DeliveryLog;
	readonly #cursor: FeedCursor;
	readonly #follower: FeedFollower;
	readonly #sender: Sender;
	readonly #retention: DeliveryRetention;
	readonly #changes: CoalescedChanges;

	constructor(ports: WebhooksPorts) {
		this.#ports = ports;
		const { store, clock, random, log, outbound, version } = ports;
		const { work } = store;
		this.#changes = new CoalescedChanges(ports.publish);
		this.#subscriptions = new Subscriptions(work, ports.vault);
		this.#deliveries = new DeliveryRepository(work.reads);
		this.#deliveryLog = new DeliveryLog(store.reads);
		this.#cursor = new FeedCursor({
			...ports,
			work,
			subscriptions: this.#subscriptions,
			deliveries: this.#deliveries,
			now: () => clock.now(),
			incidentFacts: (tenantKey, id) => {
				try {
					return ports.incidentFacts(tenantKey, id);
				} catch (error) {
					if (error instanceof EngineError && error.code === "NOT_FOUND") {
						return null;
					}
					throw error;
				}
			},
		});
		this.#follower = new FeedFollower({
			feed: ports.feed,
			cursor: this.#cursor,
			log,
			made: (tenants) => {
				for (const tenantKey of tenants) this.#changes.add(tenantKey);
				this.#sender.wake();
			},
		});
		this.#sender = new Sender({
			work,
			subscriptions: this.#subscriptions,
			deliveries: this.#deliveries,
			clock,
			random,
			log,
			attempt: (attempt) =>
				attemptDelivery(outbound, () => clock.monotonic(), {
					...attempt,
					headers: {
						...attempt.headers,
						"user-agent": `Tocsin-Webhooks/${version}`,
					},
				}),
			changed: (tenantKey) => this.#changes.add(tenantKey),
		});
		this.#retention = new DeliveryRetention({
			work,
			subscriptions: () => this.#subscriptions.all(),
			clock,
			log,
		});
	}

	/** Takes up what a stopped engine left, and follows the feed from there. */
	start(): void {
		if (this.#ports.store.readOnly) return;
		this.#follower.start();
		this.#retention.start();
		this.#sender.start();
	}

	/** Stops what is being sent; it is sent again after the next start. */
	async close(): Promise<void> {
		this.#follower.close();
		this.#retention.close();
		await this.#sender.close();
		this.#changes.close();
	}

	list({ tenant: { key: tenantKey } }: Member<"admin">): WebhookSubscription[] {
		return this.#subscriptions
			.list(tenantKey)
			.map((subscription) => this.#view(subscription));
	}

	/** Throws INVALID for an address that may not be called, CONFLICT when there are 50. */
	async create(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		input: NewWebhook,
	): Promise<WebhookSubscription & { secret: string }> {
		await this.#checkAddress(input);
		const { clock, random } = this.#ports;
		const secret = makeSecret(random);
		const created = this.#change(tenantKey, () => {
			if (this.#subscriptions.list(tenantKey).length >= mostPerTenant) {
				throw new EngineError(
					"CONFLICT",
					`There are ${mostPerTenant} webhooks, which is the most there can be; remove one first.`,
				);
			}
			return this.#subscriptions.add(
				tenantKey,
				random.uuid(),
				{ ...input, isEnabled: true, disabledReason: null },
				secret,
				clock.now(),
			);
		});
		return { ...this.#view(created), secret };
	}

	/** Turning it on makes what waits due at once. Throws as `create`. */
	async update(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		id: string,
		change: WebhookChange,
	): Promise<WebhookSubscription> {
		const before = this.#subscriptions.get(tenantKey, id);
		const isMoved =
			change.url !== undefined || change.allowPrivateAddress !== undefined;
		if (isMoved) await this.#checkAddress(merged(before, change));
		const updated = this.#change(tenantKey, (writes) => {
			const current = this.#subscriptions.get(tenantKey, id);
			const fields = merged(current, change);
			if (fields.isEnabled && !current.isEnabled) {
				this.#deliveries.hasten(writes, current, this.#ports.clock.now());
			}
			return this.#subscriptions.set(current, fields);
		});
		this.#sender.wake();
		return this.#view(updated);
	}

	/** Its deliveries go with it. */
	remove({ tenant: { key: tenantKey } }: Member<"admin">, id: string): void {
		this.#change(tenantKey, (writes) => {
			const subscription = this.#subscriptions.get(tenantKey, id);
			this.#deliveries.removeAll(writes, subscription);
			this.#subscriptions.remove(subscription);
			return subscription;
		});
	}

	/** The old secret signs beside the new one for 24 hours. */
	rotateSecret(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		id: string,
	): WebhookSubscription & { secret: string } {
		const { clock, random } = this.#ports;
		const secret = makeSecret(random);
		const rotated = this.#change(tenantKey, () =>
			this.#subscriptions.setSecret(
				this.#subscriptions.get(tenantKey, id),
				secret,
				clock.now() + oldSecretMillis,
			),
		);
		this.#sender.wake();
		return { ...this.#view(rotated), secret };
	}

	/** Sends a `webhook.test`, once; answers when its attempt ended. */
	async test(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		id: string,
	): Promise<WebhookDelivery> {
		const subscription = this.#subscriptions.get(tenantKey, id);
		if (subscription.isLocked) throw locked();
		const { clock, random, store } = this.#ports;
		const now = clock.now();
		const messageId = `msg_${random.uuid()}`;
		const key = store.work.run(({ writes }) =>
			this.#deliveries.add(writes, subscription, {
				id: messageId,
				feed_sequence: null,
				event_type: "webhook.test",
				incident_id: null,
				body: testBody(subscription, now),
				created_at: now,
			}),
		);
		if (key !== null) await this.#sender.sendNow(subscription, key);
		return this.#delivery(tenantKey, messageId);
	}

	deliveries(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		query: {
			readonly subscriptionId?: string | undefined;
			readonly status?: DeliveryRow["status"] | undefined;
			readonly before: PageStart | null;
			readonly limit: number;
		},
	): { items: WebhookDelivery[]; total: number } {
		const { subscriptionId, status = null } = query;
		const filter = {
			status,
			subscription:
				subscriptionId === undefined
					? null
					: this.#subscriptions.get(tenantKey, subscriptionId),
		};
		const rows = this.#deliveryLog.page(
			tenantKey,
			filter,
			query.before,
			query.limit,
		);
		return {
			items: this.#views(rows),
			total: this.#deliveryLog.count(tenantKey, filter),
		};
	}

	/** Sends a delivery again now, with the same id. */
	replay(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		id: string,
	): WebhookDelivery {
		this.#ports.store.work.run(({ writes }) =>
			this.#deliveries.replay(
				writes,
				this.#deliveries.byId(tenantKey, id),
				this.#ports.clock.now(),
			),
		);
		this.#changes.add(tenantKey);
		this.#sender.wake();
		return this.#delivery(tenantKey, id);
	}

	/** Sends every dead delivery of a subscription again; answers how many. */
	replayAll(
		{ tenant: { key: tenantKey } }: Member<"admin">,
		id: string,
	): number {
		const subscription = this.#subscriptions.get(tenantKey, id);
		const replayed = this.#ports.store.work.run(({ writes }) =>
			this.#deliveries.replayDead(
				writes,
				subscription,
				this.#ports.clock.now(),
			),
		);
		this.#changes.add(tenantKey);
		this.#sender.wake();
		return replayed;
	}

	/** Looks at the feed and the clock now; resolves when nothing is being sent. */
	async settle(): Promise<void> {
		this.#follower.catchUp();
		this.#sender.wake();
		await this.#sender.idle();
	}

	/** Drops old deliveries now; answers how many. */
	trim(): Promise<number> {
		return this.#retention.trim();
	}

	/** A change of subscriptions, which the events before it do not see. */
	#change<Result>(tenantKey: number, work: (writes: Writes) => Result): Result {
		this.#follower.catchUp();
		const result = this.#ports.store.work.run(({ writes }) => {
			this.#cursor.store();
			return work(writes);
		});
		this.#changes.add(tenantKey);
		return result;
	}

	/** A name without an address now may have one later; it is checked with every attempt. */
	async #checkAddress({
		url,
		allowPrivateAddress,
	}: Pick<NewWebhook, "url" | "allowPrivateAddress">): Promise<void> {
		try {
			await this.#ports.outbound.check(url, {
				allowPrivate: allowPrivateAddress,
			});
		} catch (error) {
			if (!(error instanceof OutboundError)) throw error;
			if (error.code === "DNS") return;
			throw new EngineError("INVALID", error.message, { field: "url" });
		}
	}

	#delivery(tenantKey: number, id: string): WebhookDelivery {
		const [view] = this.#views([this.#deliveries.byId(tenantKey, id)]);
		if (view === undefined) {
			throw new EngineError("NOT_FOUND", "No such delivery.");
		}
		return view;
	}

	#views(rows: readonly DeliveryRow[]): WebhookDelivery[] {
		return this.#deliveryLog.views(
			rows,
			(key) => this.#subscriptions.byKey(key)?.id ?? "",
		);
	}

	#view(subscription: Subscription): WebhookSubscription {
		const { key: _key, tenantKey: _tenant, ...shown } = subscription;
		const until = shown.oldSecretUntil;
		return {
			...shown,
			eventTypes: [...shown.eventTypes],
			modelIds: [...shown.modelIds],
			oldSecretUntil:
				until !== null && until > this.#ports.clock.now() ? until : null,
			pending: this.#deliveryLog.countOf(subscription, "pending"),
			dead: this.#deliveryLog.countOf(subscription, "dead"),
		};
	}
}

function merged(
	current: SubscriptionFields,
	change: WebhookChange,
): SubscriptionFields {
	const isEnabled = change.isEnabled ?? current.isEnabled;
	return {
		name: change.name ?? current.name,
		url: change.url ?? current.url,
		eventTypes: change.eventTypes ?? current.eventTypes,
		minSeverity:
			change.minSeverity === undefined
				? current.minSeverity
				: change.minSeverity,
		modelIds: change.modelIds ?? current.modelIds,
		allowPrivateAddress:
			change.allowPrivateAddress ?? current.allowPrivateAddress,
		isEnabled,
		disabledReason:
			change.isEnabled === undefined ? current.disabledReason : null,
	};
}

function locked(): EngineError {
	return new EngineError(
		"CONFLICT",
		"The signing secret of this webhook cannot be read on this machine; make a new one.",
	);
}
