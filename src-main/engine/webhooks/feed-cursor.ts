import type { WebhookTopic } from "../../../src-shared/contract/index.ts";
import type { EventFeed } from "../feed/index.ts";
import type { Log, Random } from "../ports.ts";
import type { Transaction, UnitOfWork, Writes } from "../store/index.ts";
import type { DeliveryRepository } from "./delivery-repository.ts";
import {
	type AnnouncedEntry,
	type IncidentFacts,
	isTold,
	matchedTopic,
} from "./event-match.ts";
import { eventBody } from "./payload.ts";
import { sql } from "./schema.ts";
import type { Subscription } from "./subscription.ts";
import type { Subscriptions } from "./subscriptions.ts";

export interface FeedCursorPorts {
	readonly feed: EventFeed;
	readonly work: UnitOfWork;
	readonly subscriptions: Subscriptions;
	readonly deliveries: DeliveryRepository;
	readonly random: Random;
	readonly log: Log;
	readonly now: () => number;
	/** The facts of an incident as it is now; null when it is not there. */
	readonly incidentFacts: (
		tenantKey: number,
		incidentId: string,
	) => IncidentFacts | null;
}

interface Match {
	readonly entry: AnnouncedEntry;
	readonly subscription: Subscription;
	readonly topic: WebhookTopic;
}

const batch = 500;

/**
 * Turns entries of the feed into deliveries. The deliveries of an entry and the step over
 * it are one transaction; entries that concern no subscription are stepped over in memory
 * and written down with the next that does, or after 500.
 */
export class FeedCursor {
	readonly #ports: FeedCursorPorts;
	#sequence: number;
	#stored: number;

	constructor(ports: FeedCursorPorts) {
		this.#ports = ports;
		this.#stored =
			ports.work.reads.get(
				sql.selectFrom("webhook_cursor").select("sequence").where("id", "=", 1),
			)?.sequence ?? 0;
		this.#sequence = this.#stored;
	}

	/** The first entry that is needed after a restart. */
	get firstNeeded(): number {
		return this.#stored + 1;
	}

	/** Takes the next entries; answers the tenants that got deliveries, and whether more entries may wait. */
	advance(): { tenants: ReadonlySet<number>; hasMore: boolean } {
		const { feed, work, subscriptions, incidentFacts } = this.#ports;
		const entries = feed.allTenantsAfter(this.#sequence, batch);
		const last = entries.at(-1);
		if (last === undefined) return { tenants: new Set(), hasMore: false };
		const enabled = subscriptions.all().filter(({ isEnabled }) => isEnabled);
		const matches = entries.filter(isTold).flatMap((entry) =>
			enabled
				.filter(({ tenantKey }) => tenantKey === entry.tenantKey)
				.flatMap((subscription) => {
					const topic = matchedTopic(subscription, entry, () =>
						incidentFacts(entry.tenantKey, entry.incidentId),
					);
					return topic === null ? [] : [{ entry, subscription, topic }];
				}),
		);
		if (matches.length > 0 || last.sequence - this.#stored >= batch) {
			work.run((transaction) => {
				for (const match of matches) this.#add(transaction.writes, match);
				this.#store(transaction, last.sequence);
			});
		}
		this.#sequence = last.sequence;
		return {
			tenants: new Set(matches.map(({ entry }) => entry.tenantKey)),
			hasMore: entries.length === batch,
		};
	}

	/** Writes down where it stands, in the transaction of a change to subscriptions: what happened before is not theirs. */
	store(): void {
		this.#ports.work.run((transaction) =>
			this.#store(transaction, this.#sequence),
		);
	}

	#store(transaction: Transaction, sequence: number): void {
		transaction.writes.run(
			sql.updateTable("webhook_cursor").set({ sequence }).where("id", "=", 1),
		);
		transaction.afterCommit(() => {
			this.#stored = sequence;
		});
	}

	#add(writes: Writes, { entry, subscription, topic }: Match): void {
		const { deliveries, random, now } = this.#ports;
		deliveries.add(writes, subscription, {
			id: `msg_${random.uuid()}`,
			feed_sequence: entry.sequence,
			event_type: topic,
			incident_id: entry.incidentId,
			body: eventBody(topic, entry),
			created_at: now(),
		});
	}
}
