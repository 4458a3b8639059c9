export type {
	Change,
	ChangeLog,
	LoggedChange,
	StampedChange,
} from "./change-log.ts";
export { type CommandStore, openCommandStore } from "./command-store.ts";
export { type Migration, migrate, schemaVersion } from "./migrate.ts";
export {
	type Connection,
	openForReading,
	openForWriting,
	StoreError,
} from "./open-database.ts";
export {
	openPredictionsStore,
	type PredictionsStore,
} from "./predictions-store.ts";
export { type Compilable, Queries, sqlBuilder } from "./queries.ts";
export { type Transaction, UnitOfWork } from "./unit-of-work.ts";
