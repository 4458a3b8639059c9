/**
 * The two SQLite databases: how they are opened, migrated, read, and written in one
 * transaction at a time.
 *
 * Offers: `openCommandStore` and `openPredictionsStore`; `Reads` for everybody, `Writes`
 * inside a `UnitOfWork` alone; the change log.
 * Needs: A path, a clock and random numbers.
 * Does not touch: What is in the tables: every table has one module that owns it.
 *
 * ```ts
 * store.work.run((transaction) => {
 * 	transaction.writes.run(sql.insertInto("jobs").values(row));
 * 	store.changes.append(transaction, change);
 * });
 * ```
 */

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
