import { must } from "../../../../src-shared/domain/must.ts";
import type { Migration } from "../migrate.ts";
import type { Connection } from "../open-database.ts";

/** What the tables are called while they are copied. */
const widened = "incidents_of_all";
const kept = "incident_signals_kept";
const words = "('drift_monitor', 'person', 'api', 'demo')";

/**
 * An incident may say that alerts opened it. SQLite cannot change a CHECK in place, and the
 * copy of a table that others refer to must take their rows along: dropped under them, they
 * would count as orphans until the commit.
 */
export const alertSource: Migration = {
	number: 18,
	name: "alert-source",
	up(connection) {
		const incidents = tableOf(connection, "incidents");
		const signals = tableOf(connection, "incident_signals");
		connection.exec(
			[
				`CREATE TABLE ${kept} AS SELECT * FROM incident_signals`,
				"DROP TABLE incident_signals",
				incidents.create
					.replace(words, words.replace(")", ", 'alert')"))
					.replace("incidents", widened),
				`INSERT INTO ${widened} SELECT * FROM incidents`,
				"DROP TABLE incidents",
				`ALTER TABLE ${widened} RENAME TO incidents`,
				...incidents.others,
				signals.create,
				`INSERT INTO incident_signals SELECT * FROM ${kept}`,
				...signals.others,
				`DROP TABLE ${kept}`,
			].join(";\n"),
		);
	},
};

/** How a table, and its indexes and triggers, were made. */
function tableOf(connection: Connection, name: string) {
	const made = connection
		.prepare(
			"SELECT type, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL",
		)
		.all(name) as { type: string; sql: string }[];
	return {
		create: must(
			made.find(({ type }) => type === "table"),
			`there is a table ${name}`,
		).sql,
		others: made.filter(({ type }) => type !== "table").map(({ sql }) => sql),
	};
}
