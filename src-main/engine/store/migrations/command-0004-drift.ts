import type { Migration } from "../migrate.ts";

/** Monitors and the results of their assessments. `evidence` is deflated JSON. */
export const drift: Migration = {
	number: 4,
	name: "drift",
	up(connection) {
		connection.exec(`
			CREATE TABLE monitors (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_id TEXT NOT NULL,
				settings TEXT NOT NULL,
				updated_at INTEGER NOT NULL,
				UNIQUE (tenant_id, model_id)
			) STRICT;
			CREATE TABLE drift_results (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				model_id TEXT NOT NULL,
				computed_at INTEGER NOT NULL,
				as_of INTEGER NOT NULL,
				baseline_start INTEGER NOT NULL,
				baseline_end INTEGER NOT NULL,
				current_start INTEGER NOT NULL,
				current_end INTEGER NOT NULL,
				baseline_n INTEGER NOT NULL,
				current_n INTEGER NOT NULL,
				psi REAL,
				status TEXT NOT NULL,
				severity INTEGER,
				watermark INTEGER NOT NULL,
				feature_psi TEXT NOT NULL,
				incident_id TEXT,
				evidence BLOB NOT NULL
			) STRICT;
			CREATE INDEX drift_results_by_model
				ON drift_results (tenant_id, model_id, as_of, computed_at);
		`);
	},
};
