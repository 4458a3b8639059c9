import { join } from "node:path";
import Database from "better-sqlite3";
import { decodeEventBody } from "../../src-main/engine/predictions/event-body.ts";

/** The event ids stored after a row of the log, in the order of storing, and the last row. */
export function storedIds(
	folder: string,
	afterRow: number,
): { ids: string[]; lastRow: number } {
	return withDatabase(folder, "predictions.db", (database) => {
		const rows = database
			.prepare("SELECT row, body FROM events WHERE row > ? ORDER BY row")
			.raw()
			.all(afterRow) as [number, unknown][];
		return {
			ids: rows.map(([, body]) => decodeEventBody(body).i),
			lastRow: rows.at(-1)?.[0] ?? afterRow,
		};
	});
}

/** What SQLite itself finds wrong with either file, and what the engine's own rules find. */
export function faults(folder: string): string[] {
	const found: string[] = [];
	for (const name of ["command.db", "predictions.db"]) {
		withDatabase(folder, name, (database) => {
			for (const check of ["integrity_check", "foreign_key_check"]) {
				const result = database.pragma(check, { simple: true });
				if (result !== "ok" && result !== undefined) {
					found.push(`${name} ${check}: ${String(result)}`);
				}
			}
		});
	}
	withDatabase(folder, "command.db", (database) => {
		const silent = database
			.prepare(
				"SELECT count(*) FROM incidents i WHERE NOT EXISTS (SELECT 1 FROM timeline_events t WHERE t.incident_id = i.id AND t.prev_hash IS NULL)",
			)
			.pluck()
			.get();
		if (silent !== 0) found.push(`${silent} incidents without an opening`);
		const orphans = database
			.prepare(
				"SELECT count(*) FROM timeline_events t WHERE NOT EXISTS (SELECT 1 FROM incidents i WHERE i.id = t.incident_id)",
			)
			.pluck()
			.get();
		if (orphans !== 0) found.push(`${orphans} timeline rows of no incident`);
	});
	withDatabase(folder, "predictions.db", (database) => {
		const miscounted = database
			.prepare(
				"SELECT count(*) FROM models m WHERE m.event_count <> (SELECT count(*) FROM events e WHERE e.model_key = m.key)",
			)
			.pluck()
			.get();
		if (miscounted !== 0) found.push(`${miscounted} models miscounted`);
		const unlabelled = database
			.prepare(
				"SELECT count(*) FROM events e WHERE json_extract(e.body, '$.l') IS NOT NULL AND NOT EXISTS (SELECT 1 FROM labels l WHERE l.event_row = e.row)",
			)
			.pluck()
			.get();
		if (unlabelled !== 0) found.push(`${unlabelled} labels lost`);
	});
	return found;
}

export function incidentIds(folder: string): Set<string> {
	return withDatabase(
		folder,
		"command.db",
		(database) =>
			new Set(
				database.prepare("SELECT id FROM incidents").pluck().all() as string[],
			),
	);
}

function withDatabase<Result>(
	folder: string,
	name: string,
	read: (database: Database.Database) => Result,
): Result {
	const database = new Database(join(folder, name), { readonly: true });
	try {
		return read(database);
	} finally {
		database.close();
	}
}
