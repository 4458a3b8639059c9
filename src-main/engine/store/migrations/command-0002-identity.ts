import type { Migration } from "../migrate.ts";

/** People, what they may do, and the hashes of what they prove it with. No secret is stored in the clear. */
export const identity: Migration = {
	number: 2,
	name: "identity",
	up(connection) {
		connection.exec(`
			CREATE TABLE tenants (
				key INTEGER PRIMARY KEY,
				id TEXT NOT NULL UNIQUE,
				name TEXT NOT NULL,
				slug TEXT NOT NULL UNIQUE,
				created_at INTEGER NOT NULL
			) STRICT;
			CREATE TABLE users (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL REFERENCES tenants (key),
				id TEXT NOT NULL UNIQUE,
				email TEXT NOT NULL,
				email_folded TEXT NOT NULL UNIQUE,
				full_name TEXT NOT NULL,
				password_hash TEXT,
				is_local_owner INTEGER NOT NULL DEFAULT 0 CHECK (is_local_owner IN (0, 1)),
				is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
				created_at INTEGER NOT NULL,
				UNIQUE (tenant_id, key)
			) STRICT;
			CREATE UNIQUE INDEX users_one_local_owner ON users (is_local_owner) WHERE is_local_owner = 1;
			CREATE TABLE projects (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL REFERENCES tenants (key),
				id TEXT NOT NULL UNIQUE,
				name TEXT NOT NULL,
				slug TEXT NOT NULL,
				is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
				created_at INTEGER NOT NULL,
				updated_at INTEGER NOT NULL,
				UNIQUE (tenant_id, key),
				UNIQUE (tenant_id, slug)
			) STRICT;
			CREATE TABLE memberships (
				tenant_id INTEGER NOT NULL,
				project_key INTEGER NOT NULL,
				user_key INTEGER NOT NULL,
				role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'engineer', 'viewer')),
				joined_at INTEGER NOT NULL,
				PRIMARY KEY (user_key, project_key),
				FOREIGN KEY (tenant_id, project_key) REFERENCES projects (tenant_id, key),
				FOREIGN KEY (tenant_id, user_key) REFERENCES users (tenant_id, key)
			) STRICT, WITHOUT ROWID;
			CREATE TABLE api_keys (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL REFERENCES tenants (key),
				id TEXT NOT NULL UNIQUE,
				name TEXT NOT NULL,
				prefix TEXT NOT NULL,
				hash TEXT NOT NULL UNIQUE,
				created_by TEXT,
				created_at INTEGER NOT NULL,
				last_used_at INTEGER,
				revoked_at INTEGER
			) STRICT;
			CREATE TABLE token_families (
				id TEXT PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				user_key INTEGER NOT NULL,
				expires_at INTEGER NOT NULL,
				revoked_at INTEGER,
				FOREIGN KEY (tenant_id, user_key) REFERENCES users (tenant_id, key)
			) STRICT, WITHOUT ROWID;
			CREATE TABLE refresh_tokens (
				hash TEXT PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				family_id TEXT NOT NULL REFERENCES token_families (id) ON DELETE CASCADE,
				project_id TEXT NOT NULL,
				expires_at INTEGER NOT NULL,
				used_at INTEGER
			) STRICT, WITHOUT ROWID;
			CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
			CREATE TABLE token_denylist (
				token_id TEXT PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				expires_at INTEGER NOT NULL
			) STRICT, WITHOUT ROWID;
			CREATE TABLE ui_sessions (
				hash TEXT PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				user_key INTEGER NOT NULL,
				created_at INTEGER NOT NULL,
				expires_at INTEGER NOT NULL,
				FOREIGN KEY (tenant_id, user_key) REFERENCES users (tenant_id, key)
			) STRICT, WITHOUT ROWID;
		`);
	},
};
