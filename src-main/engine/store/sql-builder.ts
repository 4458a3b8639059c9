import {
	type CompiledQuery,
	DummyDriver,
	Kysely,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from "kysely";

/** Anything Kysely can turn into SQL and parameters. */
export interface Compilable<Row> {
	compile(): CompiledQuery<Row>;
}

/** A SELECT; no INSERT, UPDATE or DELETE is one, whatever it returns. */
export interface Selection<Row> extends Compilable<Row> {
	readonly isSelectQueryBuilder: true;
}

/**
 * Writes each parameter as `+?`, which is its value as it is. SQLite plans a statement anew
 * each time a bare `?` is bound that an ORDER BY or a LIMIT has to do with, in case its value
 * makes for another plan: that costs more than most of our statements take to run.
 */
class PlannedOnce extends SqliteQueryCompiler {
	protected override getCurrentParameterPlaceholder(): string {
		return "+?";
	}
}

/** A Kysely that only writes SQL: better-sqlite3 runs it, synchronously. */
export function sqlBuilder<Schema>(): Kysely<Schema> {
	return new Kysely<Schema>({
		dialect: {
			createAdapter: () => new SqliteAdapter(),
			createDriver: () => new DummyDriver(),
			createIntrospector: (database) => new SqliteIntrospector(database),
			createQueryCompiler: () => new PlannedOnce(),
		},
	});
}
