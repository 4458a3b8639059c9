import type { WebhookTopic } from "../../../src-shared/contract/index.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { SecretError, type Vault } from "../secrets/index.ts";
import type { SubscriptionRow } from "./schema.ts";

/** A subscription as the sender works with it. */
export interface Subscription {
	readonly key: number;
	readonly tenantKey: number;
	readonly id: string;
	readonly name: string;
	readonly url: string;
	/** Empty means all. */
	readonly eventTypes: readonly WebhookTopic[];
	readonly minSeverity: Severity | null;
	/** Empty means any. */
	readonly modelIds: readonly string[];
	readonly allowPrivateAddress: boolean;
	readonly isEnabled: boolean;
	readonly disabledReason: string | null;
	/** Its secret cannot be read. */
	readonly isLocked: boolean;
	readonly oldSecretUntil: number | null;
	readonly createdAt: number;
	readonly lastDeliveredAt: number | null;
}

type SecretColumn = "secret" | "old_secret";

/** Where a secret of a subscription is sealed to. */
export function secretPlace(id: string, column: SecretColumn) {
	return { table: "webhook_subscriptions", id, column };
}

export function toSubscription(
	row: SubscriptionRow,
	vault: Vault,
): Subscription {
	return {
		key: row.key,
		tenantKey: row.tenant_id,
		id: row.id,
		name: row.name,
		url: row.url,
		eventTypes: JSON.parse(row.event_types) as WebhookTopic[],
		minSeverity: row.min_severity,
		modelIds: JSON.parse(row.model_ids) as string[],
		allowPrivateAddress: row.allow_private === 1,
		isEnabled: row.is_enabled === 1,
		disabledReason: row.disabled_reason,
		isLocked: openSecret(row, "secret", vault) === null,
		oldSecretUntil: row.old_secret_until,
		createdAt: row.created_at,
		lastDeliveredAt: row.last_delivered_at,
	};
}

/** A secret in the clear, or null when there is none or it cannot be read here. */
export function openSecret(
	row: Pick<SubscriptionRow, "id" | SecretColumn>,
	column: SecretColumn,
	vault: Vault,
): string | null {
	const sealed = row[column];
	if (sealed === null) return null;
	try {
		return vault.open(sealed, secretPlace(row.id, column));
	} catch (error) {
		if (error instanceof SecretError) return null;
		throw error;
	}
}
