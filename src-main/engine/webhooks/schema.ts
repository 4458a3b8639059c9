import type { Generated } from "kysely";
import type { WebhookDelivery } from "../../../src-shared/contract/index.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { sqlBuilder } from "../store/index.ts";

/** A stored subscription; `event_types` and `model_ids` are JSON, the secrets sealed. */
export interface SubscriptionRow {
	key: number;
	tenant_id: number;
	id: string;
	name: string;
	url: string;
	event_types: string;
	min_severity: Severity | null;
	model_ids: string;
	allow_private: 0 | 1;
	is_enabled: 0 | 1;
	disabled_reason: string | null;
	secret: string;
	old_secret: string | null;
	old_secret_until: number | null;
	created_at: number;
	last_delivered_at: number | null;
}

/** A stored delivery. Times in epoch milliseconds. */
export interface DeliveryRow {
	key: number;
	tenant_id: number;
	subscription_key: number;
	id: string;
	/** Null for a test. */
	feed_sequence: number | null;
	event_type: WebhookDelivery["eventType"];
	incident_id: string | null;
	status: WebhookDelivery["status"];
	body: string;
	/** Attempts that failed since it was made, or since it was last replayed. */
	failures: number;
	/** Null unless it is pending. */
	next_attempt_at: number | null;
	created_at: number;
}

export interface AttemptRow {
	key: number;
	tenant_id: number;
	delivery_key: number;
	at: number;
	http_status: number | null;
	duration_ms: number;
	fault: string | null;
	answer: string | null;
}

type WithGeneratedKey<Row> = Omit<Row, "key"> & { key: Generated<number> };

export const sql = sqlBuilder<{
	webhook_subscriptions: WithGeneratedKey<SubscriptionRow>;
	webhook_deliveries: WithGeneratedKey<DeliveryRow>;
	webhook_attempts: WithGeneratedKey<AttemptRow>;
	webhook_cursor: { id: 1; sequence: number };
}>();
