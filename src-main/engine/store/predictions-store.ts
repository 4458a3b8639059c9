import type { Log } from "../ports.ts";
import { migrate } from "./migrate.ts";
import { predictionsMigrations } from "./migrations/index.ts";
import {
	type Connection,
	openForReading,
	openForWriting,
} from "./open-database.ts";
import { Queries } from "./queries.ts";
import { UnitOfWork } from "./unit-of-work.ts";

/** `predictions.db`: high volume, with retention. */
export interface PredictionsStore {
	readonly path: string;
	readonly connection: Connection;
	readonly queries: Queries;
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
	const queries = new Queries(connection, log);
	return {
		path,
		connection,
		queries,
		work: new UnitOfWork(queries),
		readOnly,
		close: () => connection.close(),
	};
}
