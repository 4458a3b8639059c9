import { createHash } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";

/** A digest of every row of every table of both databases, by table. */
export function contents(folder: string): Record<string, string> {
	const digests: Record<string, string> = {};
	for (const file of ["command.db", "predictions.db"]) {
		const database = new Database(join(folder, file), { readonly: true });
		try {
			const tables = database
				.prepare(
					"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
				)
				.pluck()
				.all() as string[];
			for (const table of tables) {
				digests[`${file} ${table}`] = digestOf(database, table);
			}
		} finally {
			database.close();
		}
	}
	return digests;
}

function digestOf(database: Database.Database, table: string): string {
	const digest = createHash("sha256");
	let rows = 0;
	for (const row of database.prepare(`SELECT * FROM "${table}"`).iterate()) {
		digest.update(JSON.stringify(row));
		rows++;
	}
	return `${rows} rows ${digest.digest("hex").slice(0, 16)}`;
}
