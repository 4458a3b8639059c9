import type { Connection } from "../../src-main/engine/store/open-database.ts";

/**
 * Makes COMMIT itself fail, once everything before it succeeded: by a foreign key that
 * SQLite checks no sooner, for whatever writes to the table. Answers what mends it.
 */
export function failCommits(
	connection: Connection,
	statement: `${"INSERT" | "UPDATE"} ON ${string}`,
): () => void {
	connection.exec(`
		CREATE TEMP TABLE promises (key INTEGER PRIMARY KEY);
		CREATE TEMP TABLE broken (
			key INTEGER REFERENCES promises DEFERRABLE INITIALLY DEFERRED
		);
		CREATE TEMP TRIGGER uncommitted AFTER ${statement}
			BEGIN INSERT INTO broken VALUES (1); END`);
	return () =>
		void connection.exec(
			"DROP TRIGGER uncommitted; DROP TABLE broken; DROP TABLE promises",
		);
}
