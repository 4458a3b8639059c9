import type { Log } from "../ports.ts";
import { migrate } from "./migrate.ts";
import { predictionsMigrations } from "./migrations/index.ts";
import {
	type Connection,
	openForReading,
	openForWriting,
} from "./open-database.ts";
import type { Reads } from "./reads.ts";
import { Statements } from "./statements.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** `predictions.db`: high volume, with retention. */
export interface PredictionsStore {
	readonly path: string;
	readonly connection: Connection;
	readonly reads: Reads;
	readonly work: UnitOfWork;
	readonly readOnly: boolean;
	close(): void;
}

export function openPredictionsStore(path: string, log: Log): PredictionsStore {
	let connection = openForWriting(path);
	const readOnly = migrate(connection, predictionsMigrations, log) === "newer";
	if (readOnly) {
		connection.close();
		connection = openForReading(path);
	} else {
		// Larger checkpoints amortise the page writes of a high insert rate.
		connection.pragma("wal_autocheckpoint = 4000");
		connection.pragma("cache_size = -16000");
	}
	const work = new UnitOfWork(new Statements(connection, log));
	return {
		path,
		connection,
		reads: work.reads,
		work,
		readOnly,
		close: () => connection.close(),
	};
}
