import type { Migration } from "../migrate.ts";

/** The model registry: each model's UUID beside the free key that programs send, and its versions. */
export const models: Migration = {
	number: 8,
	name: "models",
	up(connection) {
		connection.exec(`
			CREATE TABLE registered_models (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL,
				model_key TEXT NOT NULL,
				origin TEXT NOT NULL CHECK (origin IN ('registered', 'observed', 'referenced')),
				description TEXT NOT NULL,
				model_type TEXT,
				framework TEXT,
				team TEXT,
				tags TEXT NOT NULL,
				current_version TEXT NOT NULL,
				stage TEXT NOT NULL CHECK (stage IN ('development', 'staging', 'production', 'archived')),
				registered_by TEXT,
				created_at INTEGER NOT NULL,
				updated_at INTEGER NOT NULL,
				UNIQUE (tenant_id, id),
				UNIQUE (tenant_id, model_key)
			) STRICT;
			CREATE TABLE registered_model_versions (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_id TEXT NOT NULL,
				version TEXT NOT NULL,
				stage TEXT NOT NULL CHECK (stage IN ('development', 'staging', 'production', 'archived')),
				created_at INTEGER NOT NULL,
				staged_at INTEGER NOT NULL,
				UNIQUE (tenant_id, model_id, version)
			) STRICT;
			CREATE UNIQUE INDEX one_version_in_production
				ON registered_model_versions (tenant_id, model_id) WHERE stage = 'production';
		`);
	},
};
