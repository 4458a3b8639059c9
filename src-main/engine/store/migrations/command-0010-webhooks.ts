import type { Migration } from "../migrate.ts";

/**
 * Outgoing webhooks and their deliveries. A delivery is made in the transaction that moves
 * the cursor over the feed, once per subscription and entry, so that a crash neither loses
 * nor doubles one. Secrets are sealed.
 */
export const webhooks: Migration = {
	number: 10,
	name: "webhooks",
	up(connection) {
		connection.exec(`
			CREATE TABLE webhook_subscriptions (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				name TEXT NOT NULL,
				url TEXT NOT NULL,
				event_types TEXT NOT NULL,
				min_severity INTEGER,
				model_ids TEXT NOT NULL,
				allow_private INTEGER NOT NULL,
				is_enabled INTEGER NOT NULL,
				disabled_reason TEXT,
				secret TEXT NOT NULL,
				old_secret TEXT,
				old_secret_until INTEGER,
				created_at INTEGER NOT NULL,
				last_delivered_at INTEGER
			) STRICT;
			CREATE INDEX webhook_subscriptions_by_tenant ON webhook_subscriptions (tenant_id);
			CREATE TABLE webhook_deliveries (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				subscription_key INTEGER NOT NULL REFERENCES webhook_subscriptions (key),
				id TEXT NOT NULL UNIQUE,
				feed_sequence INTEGER,
				event_type TEXT NOT NULL,
				incident_id TEXT,
				status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'dead')),
				body TEXT NOT NULL,
				failures INTEGER NOT NULL,
				next_attempt_at INTEGER,
				created_at INTEGER NOT NULL,
				UNIQUE (subscription_key, feed_sequence),
				CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
			) STRICT;
			CREATE INDEX webhook_deliveries_due ON webhook_deliveries (tenant_id, subscription_key, next_attempt_at)
				WHERE next_attempt_at IS NOT NULL;
			CREATE INDEX webhook_deliveries_by_subscription ON webhook_deliveries (tenant_id, subscription_key);
			CREATE INDEX webhook_deliveries_by_status ON webhook_deliveries (tenant_id, subscription_key, status, key, feed_sequence);
			CREATE INDEX webhook_deliveries_by_tenant ON webhook_deliveries (tenant_id, status);
			CREATE TABLE webhook_attempts (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				delivery_key INTEGER NOT NULL REFERENCES webhook_deliveries (key),
				at INTEGER NOT NULL,
				http_status INTEGER,
				duration_ms REAL NOT NULL,
				fault TEXT,
				answer TEXT
			) STRICT;
			CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery_key);
			CREATE TABLE webhook_cursor (
				id INTEGER PRIMARY KEY CHECK (id = 1),
				sequence INTEGER NOT NULL
			) STRICT;
			INSERT INTO webhook_cursor (id, sequence) VALUES (1, 0);
		`);
	},
};
