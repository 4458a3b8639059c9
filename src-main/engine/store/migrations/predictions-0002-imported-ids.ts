import type { Migration } from "../migrate.ts";

/**
 * Ids of files come in any order, and inserting a million of them one by one into an index
 * rewrites most of its pages at every commit. Rows of a file therefore keep their key as
 * `-1 - key`, outside the index, and `imported_ids` gets the keys sorted, many at a time.
 * `unindexed_ids` has a row while rows from `first_row` on are still to be added to it.
 */
export const importedIds: Migration = {
	number: 2,
	name: "imported ids",
	up(connection) {
		connection.exec(`
			DROP INDEX events_by_id_key;
			CREATE INDEX events_by_id_key ON events (id_key) WHERE id_key >= 0;
			CREATE TABLE imported_ids (
				id_key INTEGER NOT NULL,
				row INTEGER NOT NULL,
				PRIMARY KEY (id_key, row)
			) STRICT, WITHOUT ROWID;
			CREATE TABLE unindexed_ids (
				id INTEGER PRIMARY KEY CHECK (id = 1),
				first_row INTEGER NOT NULL
			) STRICT;
		`);
	},
};
