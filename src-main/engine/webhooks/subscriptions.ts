import type { Severity } from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../errors.ts";
import type { Vault } from "../secrets/index.ts";
import type { UnitOfWork } from "../store/index.ts";
import { type SubscriptionRow, sql } from "./schema.ts";
import {
	openSecret,
	type Subscription,
	secretPlace,
	toSubscription,
} from "./subscription.ts";

/** What can be set of a subscription. */
export interface SubscriptionFields {
	readonly name: string;
	readonly url: string;
	readonly eventTypes: Subscription["eventTypes"];
	readonly minSeverity: Severity | null;
	readonly modelIds: readonly string[];
	readonly allowPrivateAddress: boolean;
	readonly isEnabled: boolean;
	readonly disabledReason: string | null;
}

/**
 * The subscriptions of every tenant. They are few and read with every event, so all are
 * held in memory; their secrets are not.
 */
export class Subscriptions {
	readonly #work: UnitOfWork;
	readonly #vault: Vault;
	readonly #byKey = new Map<number, Subscription>();

	constructor(work: UnitOfWork, vault: Vault) {
		this.#work = work;
		this.#vault = vault;
		const rows = work.reads.all(
			sql.selectFrom("webhook_subscriptions").selectAll().orderBy("key"),
		);
		for (const row of rows)
			this.#byKey.set(row.key, toSubscription(row, vault));
	}

	/** Of every tenant: for work that no request asked for. */
	all(): Subscription[] {
		return [...this.#byKey.values()];
	}

	byKey(key: number): Subscription | undefined {
		return this.#byKey.get(key);
	}

	/** Oldest first. */
	list(tenantKey: number): Subscription[] {
		return this.all().filter((one) => one.tenantKey === tenantKey);
	}

	/** Throws NOT_FOUND for one that is not the tenant's. */
	get(tenantKey: number, id: string): Subscription {
		const found = this.list(tenantKey).find((one) => one.id === id);
		if (found === undefined) {
			throw new EngineError("NOT_FOUND", "No such webhook.");
		}
		return found;
	}

	add(
		tenantKey: number,
		id: string,
		fields: SubscriptionFields,
		secret: string,
		createdAt: number,
	): Subscription {
		const sealed = this.#vault.seal(secret, secretPlace(id, "secret"));
		const { lastId } = this.#work.run(({ writes }) =>
			writes.run(
				sql.insertInto("webhook_subscriptions").values({
					tenant_id: tenantKey,
					id,
					...columns(fields),
					secret: sealed,
					old_secret: null,
					old_secret_until: null,
					created_at: createdAt,
					last_delivered_at: null,
				}),
			),
		);
		return this.reload(tenantKey, lastId);
	}

	set(subscription: Subscription, fields: SubscriptionFields): Subscription {
		return this.#update(subscription, columns(fields));
	}

	/** `secret` signs from now on; the one before signs beside it until `oldUntil`, where it can be read. */
	setSecret(
		subscription: Subscription,
		secret: string,
		oldUntil: number,
	): Subscription {
		const { id } = subscription;
		const old = openSecret(this.#row(subscription), "secret", this.#vault);
		return this.#update(subscription, {
			secret: this.#vault.seal(secret, secretPlace(id, "secret")),
			old_secret:
				old === null
					? null
					: this.#vault.seal(old, secretPlace(id, "old_secret")),
			old_secret_until: old === null ? null : oldUntil,
		});
	}

	/** The secrets that sign at `now`, newest first; none when they cannot be read. */
	secrets(subscription: Subscription, now: number): string[] {
		const row = this.#row(subscription);
		const newest = openSecret(row, "secret", this.#vault);
		if (newest === null) return [];
		const isOldValid = (row.old_secret_until ?? 0) > now;
		const old = isOldValid ? openSecret(row, "old_secret", this.#vault) : null;
		return old === null ? [newest] : [newest, old];
	}

	setDelivered(subscription: Subscription, at: number): void {
		this.#update(subscription, { last_delivered_at: at });
	}

	remove(subscription: Subscription): void {
		this.#work.run((transaction) => {
			transaction.writes.run(
				sql
					.deleteFrom("webhook_subscriptions")
					.where("key", "=", subscription.key)
					.where("tenant_id", "=", subscription.tenantKey),
			);
			transaction.afterCommit(() => this.#byKey.delete(subscription.key));
		});
	}

	#update(
		{ key, tenantKey }: Subscription,
		change: Partial<Omit<SubscriptionRow, "key" | "tenant_id" | "id">>,
	): Subscription {
		this.#work.run(({ writes }) =>
			writes.run(
				sql
					.updateTable("webhook_subscriptions")
					.set(change)
					.where("key", "=", key)
					.where("tenant_id", "=", tenantKey),
			),
		);
		return this.reload(tenantKey, key);
	}

	/** Reads a subscription as it is in the open transaction; memory follows with its commit. */
	reload(tenantKey: number, key: number): Subscription {
		const row = this.#row({ tenantKey, key });
		const subscription = toSubscription(row, this.#vault);
		this.#work.run((transaction) =>
			transaction.afterCommit(() => this.#byKey.set(key, subscription)),
		);
		return subscription;
	}

	#row({
		tenantKey,
		key,
	}: Pick<Subscription, "tenantKey" | "key">): SubscriptionRow {
		const row = this.#work.reads.get(
			sql
				.selectFrom("webhook_subscriptions")
				.selectAll()
				.where("key", "=", key)
				.where("tenant_id", "=", tenantKey),
		);
		if (row === undefined) {
			throw new EngineError("NOT_FOUND", "No such webhook.");
		}
		return row;
	}
}

function columns(fields: SubscriptionFields) {
	return {
		name: fields.name,
		url: fields.url,
		event_types: JSON.stringify(fields.eventTypes),
		min_severity: fields.minSeverity,
		model_ids: JSON.stringify(fields.modelIds),
		allow_private: fields.allowPrivateAddress ? (1 as const) : (0 as const),
		is_enabled: fields.isEnabled ? (1 as const) : (0 as const),
		disabled_reason: fields.disabledReason,
	};
}
