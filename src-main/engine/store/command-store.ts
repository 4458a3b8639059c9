import type { Clock, Log, Random } from "../ports.ts";
import { ChangeLog } from "./change-log.ts";
import { migrate } from "./migrate.ts";
import { commandMigrations } from "./migrations/index.ts";
import {
	type Connection,
	openForReading,
	openForWriting,
} from "./open-database.ts";
import type { Reads } from "./reads.ts";
import { Statements } from "./statements.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** `command.db`: incidents and everything people wrote. */
export interface CommandStore {
	readonly connection: Connection;
	/** One writer connection; reads of the engine's own thread share it. */
	readonly reads: Reads;
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
	const work = new UnitOfWork(new Statements(connection, ports.log));
	return {
		connection,
		reads: work.reads,
		work,
		changes: new ChangeLog(work, ports.clock, ports.random),
		readOnly,
		close: () => connection.close(),
	};
}
