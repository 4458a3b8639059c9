import Database from "better-sqlite3";

export type Connection = Database.Database;

/** Older releases can corrupt a WAL database with two connections writing (fixed in 3.51.3). */
const oldestSafe = [3, 51, 3] as const;

/** A file that is not a usable database, or was made by a newer Tocsin. */
export class StoreError extends Error {
	readonly code:
		| "STORE_CORRUPT"
		| "STORE_NEWER"
		| "STORE_UNSAFE_SQLITE"
		| "STORE_UNREADABLE";
	constructor(code: StoreError["code"], message: string) {
		super(message);
		this.name = "StoreError";
		this.code = code;
	}
}

/**
 * Opens a database file for writing, durable: WAL with `synchronous=FULL`. The pragma
 * is set after every open because better-sqlite3 re-opens a WAL file as NORMAL, which
 * loses acknowledged rows at power loss.
 */
export function openForWriting(path: string): Connection {
	const connection = new Database(path);
	configure(connection);
	connection.pragma("journal_mode = WAL");
	connection.pragma("synchronous = FULL");
	if (connection.pragma("synchronous", { simple: true }) !== 2) {
		throw new StoreError(
			"STORE_UNREADABLE",
			`${path} did not accept synchronous=FULL`,
		);
	}
	return connection;
}

/** Opens an existing database file that nothing will be written to. */
export function openForReading(path: string): Connection {
	const connection = new Database(path, {
		readonly: true,
		fileMustExist: true,
	});
	configure(connection);
	connection.pragma("query_only = ON");
	return connection;
}

function configure(connection: Connection): void {
	const version = String(
		connection.prepare("SELECT sqlite_version()").pluck().get(),
	);
	if (!isSafeVersion(version)) {
		connection.close();
		throw new StoreError(
			"STORE_UNSAFE_SQLITE",
			`SQLite ${version} can corrupt WAL files; ${oldestSafe.join(".")} or newer is needed`,
		);
	}
	connection.pragma("busy_timeout = 5000");
	connection.pragma("foreign_keys = ON");
	connection.pragma("trusted_schema = OFF");
	connection.pragma("temp_store = MEMORY");
}

function isSafeVersion(version: string): boolean {
	const parts = version.split(".").map(Number);
	for (const [index, least] of oldestSafe.entries()) {
		const part = parts[index] ?? 0;
		if (part !== least) return part > least;
	}
	return true;
}
