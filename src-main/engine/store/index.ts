export type {
	Change,
	ChangeLog,
	LoggedChange,
	StampedChange,
} from "./change-log.ts";
export { type CommandStore, openCommandStore } from "./command-store.ts";
export { type Migration, migrate, schemaVersion } from "./migrate.ts";
export {
	openForReading,
	openForWriting,
	StoreError,
} from "./open-database.ts";
export {
	openPredictionsStore,
	type PredictionsStore,
} from "./predictions-store.ts";
export type { Reads } from "./reads.ts";
export { sqlBuilder } from "./sql-builder.ts";
export type { ReadConnection } from "./statements.ts";
export type { Transaction, UnitOfWork } from "./unit-of-work.ts";
export type { Writes } from "./writes.ts";
