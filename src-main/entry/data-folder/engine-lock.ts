import { join } from "node:path";
import Database from "better-sqlite3";
import { DataFolderInUse } from "./data-folder-in-use.ts";
import { isAlive, readDiscovery } from "./discovery.ts";

export interface EngineLock {
	release(): void;
}

/**
 * Takes the data folder for this process, or throws `DataFolderInUse`.
 *
 * The lock is SQLite's own exclusive lock on an otherwise empty file: the operating
 * system drops it when the process dies, however it dies, and it also holds between
 * threads of one process. Nothing else may open the file: on POSIX, closing any
 * descriptor of a file drops the process's locks on it.
 */
export function acquireEngineLock(dataDirectory: string): EngineLock {
	const connection = new Database(join(dataDirectory, "engine.lock"), {
		timeout: 0,
	});
	try {
		connection.pragma("journal_mode = OFF");
		connection.exec("BEGIN EXCLUSIVE");
	} catch (error) {
		connection.close();
		if (!isBusy(error)) throw error;
		throw new DataFolderInUse(dataDirectory, holder(dataDirectory));
	}
	return { release: () => connection.close() };
}

/** The process that holds the folder, as far as it has said; null when no engine runs. */
export function lockHolder(
	dataDirectory: string,
): { pid: number | null } | null {
	try {
		acquireEngineLock(dataDirectory).release();
		return null;
	} catch (error) {
		if (error instanceof DataFolderInUse) return { pid: error.pid };
		throw error;
	}
}

function holder(dataDirectory: string): number | null {
	const pid = readDiscovery(dataDirectory)?.pid;
	return pid !== undefined && isAlive(pid) ? pid : null;
}

function isBusy(error: unknown): boolean {
	return (
		error instanceof Error &&
		"code" in error &&
		(error.code === "SQLITE_BUSY" || error.code === "SQLITE_LOCKED")
	);
}
