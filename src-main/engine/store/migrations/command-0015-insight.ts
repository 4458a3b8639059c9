import type { Migration } from "../migrate.ts";

/**
 * Candidate causes of incidents with their evidence, people's feedback on them, the
 * changes that programs report, which service calls which, and the words of incidents for
 * finding similar ones. Old versions of hypotheses stay.
 */
export const insight: Migration = {
	number: 15,
	name: "insight",
	up(connection) {
		connection.exec(`
			CREATE TABLE insight_changes (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				project_id TEXT,
				kind TEXT NOT NULL CHECK (kind IN ('deployment', 'config_change')),
				service TEXT,
				model_id TEXT,
				summary TEXT NOT NULL,
				author TEXT,
				source_key TEXT,
				at INTEGER NOT NULL,
				recorded_at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX insight_changes_by_time ON insight_changes (tenant_id, at);
			CREATE UNIQUE INDEX insight_changes_by_source ON insight_changes (tenant_id, source_key)
				WHERE source_key IS NOT NULL;
			CREATE TABLE service_dependencies (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				service TEXT NOT NULL,
				depends_on TEXT NOT NULL
			) STRICT;
			CREATE UNIQUE INDEX service_dependencies_by_service
				ON service_dependencies (tenant_id, project_id, service, depends_on);

			CREATE TABLE hypothesis_versions (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				incident_id TEXT NOT NULL,
				version INTEGER NOT NULL,
				digest TEXT NOT NULL,
				generated_at INTEGER NOT NULL,
				UNIQUE (tenant_id, incident_id, version)
			) STRICT;
			CREATE TABLE hypotheses (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL,
				incident_id TEXT NOT NULL,
				version INTEGER NOT NULL,
				rank INTEGER NOT NULL,
				kind TEXT NOT NULL,
				subject TEXT NOT NULL,
				claim TEXT NOT NULL,
				description TEXT NOT NULL,
				logit REAL NOT NULL,
				score REAL NOT NULL,
				lower REAL NOT NULL,
				upper REAL NOT NULL,
				components TEXT NOT NULL,
				created_at INTEGER NOT NULL,
				UNIQUE (tenant_id, id, version)
			) STRICT;
			CREATE INDEX hypotheses_by_incident ON hypotheses (tenant_id, incident_id, version, rank);
			CREATE TABLE hypothesis_evidence (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				hypothesis_key INTEGER NOT NULL REFERENCES hypotheses (key),
				side TEXT NOT NULL CHECK (side IN ('supporting', 'contradicting')),
				text TEXT NOT NULL,
				record_kind TEXT NOT NULL,
				record_id TEXT NOT NULL,
				weights TEXT NOT NULL,
				at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX hypothesis_evidence_by_hypothesis ON hypothesis_evidence (tenant_id, hypothesis_key);
			CREATE TABLE hypothesis_feedback (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				hypothesis_id TEXT NOT NULL,
				incident_id TEXT NOT NULL,
				kind TEXT NOT NULL,
				logit REAL NOT NULL,
				person_id TEXT NOT NULL,
				person_name TEXT NOT NULL,
				verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'unsure', 'withdrawn')),
				note TEXT NOT NULL,
				score_before REAL NOT NULL,
				score_after REAL NOT NULL,
				rank_before INTEGER NOT NULL,
				rank_after INTEGER NOT NULL,
				at INTEGER NOT NULL,
				UNIQUE (tenant_id, hypothesis_id, person_id)
			) STRICT;
			CREATE INDEX hypothesis_feedback_by_kind ON hypothesis_feedback (tenant_id, kind, at);
			CREATE INDEX hypothesis_feedback_by_incident ON hypothesis_feedback (tenant_id, incident_id);

			CREATE TABLE indexed_incidents (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				incident_id TEXT NOT NULL,
				UNIQUE (tenant_id, incident_id)
			) STRICT;
			CREATE TABLE incident_index_positions (
				tenant_id INTEGER PRIMARY KEY,
				sequence INTEGER NOT NULL
			) STRICT;
			CREATE VIRTUAL TABLE incident_words USING fts5 (tenant, words, labels);
		`);
	},
};
