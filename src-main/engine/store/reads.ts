import type { Selection } from "./sql-builder.ts";
import type { ReadStatement, Statements } from "./statements.ts";

/** What everybody may do with a database at any time. A statement that writes is refused. */
export class Reads {
	readonly #statements: Statements;

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	/** The prepared statement for `sql`, kept for the next call. For hot paths that bind their own parameters. */
	prepare(sql: string): ReadStatement {
		const statement = this.#statements.prepare(sql);
		if (!statement.readonly) {
			throw new Error(`Only a transaction writes, so this is refused: ${sql}`);
		}
		return statement;
	}

	all<Row>(query: Selection<Row>): Row[] {
		const { sql, parameters } = query.compile();
		return this.timed(sql, () => this.prepare(sql).all(parameters)) as Row[];
	}

	get<Row>(query: Selection<Row>): Row | undefined {
		const { sql, parameters } = query.compile();
		return this.timed(sql, () => this.prepare(sql).get(parameters)) as
			| Row
			| undefined;
	}

	/** Runs `work` and logs its SQL when it takes 100 ms or more. */
	timed<Result>(sql: string, work: () => Result): Result {
		return this.#statements.timed(sql, work);
	}
}
