import { Reads } from "./reads.ts";
import type { Compilable } from "./sql-builder.ts";
import type { Statements, WriteStatement } from "./statements.ts";

/** What the work of one transaction may do: write, and read what it wrote. Refuses everything once the transaction is over. */
export class Writes extends Reads {
	readonly #statements: Statements;
	readonly #isOpen: () => boolean;

	constructor(statements: Statements, isOpen: () => boolean) {
		super(statements);
		this.#statements = statements;
		this.#isOpen = isOpen;
	}

	/** The prepared statement for `sql`, to be run before the transaction ends. */
	override prepare(sql: string): WriteStatement {
		if (!this.#isOpen()) {
			throw new Error(`Its transaction is over, so this is refused: ${sql}`);
		}
		return this.#statements.prepare(sql);
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
}
