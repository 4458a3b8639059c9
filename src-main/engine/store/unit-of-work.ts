import { Reads } from "./reads.ts";
import type { Statements } from "./statements.ts";
import { Writes } from "./writes.ts";

/** Handed to the work of one transaction. */
export interface Transaction {
	readonly writes: Writes;
	/** Runs after the commit, and not at all when the transaction is rolled back. */
	afterCommit(effect: () => void): void;
}

/**
 * The only source of `Writes`: a synchronous transaction, so that it can never be held across
 * an await. Work that is already inside one joins it.
 */
export class UnitOfWork {
	readonly reads: Reads;
	readonly #statements: Statements;
	#current: Transaction | null = null;

	constructor(statements: Statements) {
		this.#statements = statements;
		this.reads = new Reads(statements);
	}

	/** Runs `work` and commits, or rolls everything back and throws what it threw. */
	run<Result>(work: (transaction: Transaction) => Result): Result {
		if (this.#current !== null) return work(this.#current);
		const effects: (() => void)[] = [];
		const transaction: Transaction = {
			writes: new Writes(this.#statements, () => this.#current === transaction),
			afterCommit: (effect) => effects.push(effect),
		};
		const { connection } = this.#statements;
		connection.exec("BEGIN IMMEDIATE");
		this.#current = transaction;
		let result: Result;
		try {
			result = this.#statements.timed("transaction", () => {
				const done = work(transaction);
				if (done instanceof Promise) {
					throw new Error("A unit of work is synchronous, not a promise");
				}
				connection.exec("COMMIT");
				return done;
			});
		} catch (error) {
			// A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the cause.
			if (connection.inTransaction) connection.exec("ROLLBACK");
			throw error;
		} finally {
			this.#current = null;
		}
		for (const effect of effects) effect();
		return result;
	}
}
