import type { Statement } from "better-sqlite3";
import {
	type CompiledQuery,
	DummyDriver,
	Kysely,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from "kysely";
import type { Log } from "../ports.ts";
import type { Connection } from "./open-database.ts";

/** Anything Kysely can turn into SQL and parameters. */
export interface Compilable<Row> {
	compile(): CompiledQuery<Row>;
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

const slowMillis = 100;
const statementsKept = 500;

/** Runs compiled queries on one connection, keeps their prepared statements and logs the slow ones by their SQL. */
export class Queries {
	readonly connection: Connection;
	readonly #log: Log;
	readonly #statements = new Map<string, Statement>();

	constructor(connection: Connection, log: Log) {
		this.connection = connection;
		this.#log = log;
	}

	/** The prepared statement for `sql`, kept for the next call. For hot paths that bind their own parameters. */
	prepare(sql: string): Statement {
		const known = this.#statements.get(sql);
		if (known !== undefined) return known;
		if (this.#statements.size >= statementsKept) this.#statements.clear();
		const statement = this.connection.prepare(sql);
		this.#statements.set(sql, statement);
		return statement;
	}

	all<Row>(query: Compilable<Row>): Row[] {
		const { sql, parameters } = query.compile();
		return this.timed(sql, () => this.prepare(sql).all(parameters)) as Row[];
	}

	get<Row>(query: Compilable<Row>): Row | undefined {
		const { sql, parameters } = query.compile();
		return this.timed(sql, () => this.prepare(sql).get(parameters)) as
			| Row
			| undefined;
	}

	/** Runs a write; answers the rows changed and the last row id. */
	run(query: Compilable<unknown>): { changes: number; lastId: number } {
		const { sql, parameters } = query.compile();
		const outcome = this.timed(sql, () => this.prepare(sql).run(parameters));
		return {
			changes: outcome.changes,
			lastId: Number(outcome.lastInsertRowid),
		};
	}

	/** Runs `work` and logs `name`, its SQL or what it is, when it takes 100 ms or more. */
	timed<Result>(name: string, work: () => Result): Result {
		const start = performance.now();
		const result = work();
		const millis = performance.now() - start;
		if (millis >= slowMillis) {
			this.#log.warn(
				{ sql: name, millis: Math.round(millis) },
				"slow statement",
			);
		}
		return result;
	}
}
