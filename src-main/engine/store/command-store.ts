import type { Clock, Log, Random } from "../ports.ts";
import { ChangeLog } from "./change-log.ts";
import { migrate } from "./migrate.ts";
import { commandMigrations } from "./migrations/index.ts";
import {
	type Connection,
	openForReading,
	openForWriting,
} from "./open-database.ts";
import { Queries } from "./queries.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** `command.db`: incidents and everything people wrote. */
export interface CommandStore {
	readonly connection: Connection;
	/** One writer connection; reads of the engine's own thread share it. */
	readonly queries: Queries;
	readonly work: UnitOfWork;
	readonly changes: ChangeLog;
	/** Made by a newer Tocsin: it can be read and exported, not changed. */
	readonly readOnly: boolean;
	close(): void;
}

export function openCommandStore(
	path: string,
	ports: { clock: Clock; random: Random; log: Log },
): CommandStore {
	let connection = openForWriting(path);
	const readOnly =
		migrate(connection, commandMigrations, ports.log) === "newer";
	if (readOnly) {
		connection.close();
		connection = openForReading(path);
	}
	const queries = new Queries(connection, ports.log);
	return {
		connection,
		queries,
		work: new UnitOfWork(queries),
		changes: new ChangeLog(queries, ports.clock, ports.random),
		readOnly,
		close: () => connection.close(),
	};
}
