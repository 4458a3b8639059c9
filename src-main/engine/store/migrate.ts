import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { must } from "../../../src-shared/domain/must.ts";
import type { Log } from "../ports.ts";
import { type Connection, StoreError } from "./open-database.ts";

/** One numbered, additive step of a schema. Runs inside a transaction. */
export interface Migration {
	readonly number: number;
	readonly name: string;
	up(connection: Connection): void;
}

const backupsKept = 5;
/** As text, v10 would be older than v2. */
const byNumber = new Intl.Collator("en", { numeric: true });

export type MigrationOutcome = "current" | "migrated" | "newer";

/**
 * Brings a database up to the newest migration. A database that holds data is first
 * copied with `VACUUM INTO` to `backups/`; all steps then run in one transaction, so a
 * kill leaves the old schema whole. Answers "newer" and touches nothing when a newer
 * Tocsin made the file.
 */
export function migrate(
	connection: Connection,
	migrations: readonly Migration[],
	log: Log,
): MigrationOutcome {
	const newest = must(migrations.at(-1), "a schema has migrations").number;
	const version = schemaVersion(connection);
	if (version > newest) return "newer";
	if (version === newest) return "current";
	if (version > 0) backup(connection, version, log);
	connection.exec("BEGIN IMMEDIATE");
	try {
		for (const migration of migrations) {
			if (migration.number <= version) continue;
			migration.up(connection);
			log.info(
				{ migration: migration.number, name: migration.name },
				"schema migrated",
			);
		}
		connection.pragma(`user_version = ${newest}`);
		connection.exec("COMMIT");
	} catch (error) {
		connection.exec("ROLLBACK");
		throw error;
	}
	return "migrated";
}

/** The number of the last migration a database has seen; 0 for a new file. */
export function schemaVersion(connection: Connection): number {
	const version = connection.pragma("user_version", { simple: true });
	if (typeof version !== "number") {
		throw new StoreError(
			"STORE_CORRUPT",
			`${connection.name} has no readable schema version`,
		);
	}
	return version;
}

function backup(connection: Connection, version: number, log: Log): void {
	const folder = join(dirname(connection.name), "backups");
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const stem = basename(connection.name, ".db");
	let attempt = 0;
	const target = () =>
		join(folder, `${stem}-v${version}${attempt === 0 ? "" : `-${attempt}`}.db`);
	while (existsSync(target())) attempt++;
	const path = target();
	connection.prepare("VACUUM INTO ?").run(path);
	log.info({ path }, "backup made before migrating");
	const older = readdirSync(folder)
		.filter((name) => name.startsWith(`${stem}-v`))
		.sort(byNumber.compare)
		.slice(0, -backupsKept);
	for (const name of older) rmSync(join(folder, name));
}
