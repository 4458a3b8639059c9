import type { Queries } from "./queries.ts";

/** Handed to the work of one transaction. */
export interface Transaction {
	readonly queries: Queries;
	/** Runs after the commit, and not at all when the transaction is rolled back. */
	afterCommit(effect: () => void): void;
}

/**
 * The only way to write: a synchronous transaction, so that it can never be held across
 * an await. Work that is already inside one joins it.
 */
export class UnitOfWork {
	readonly #queries: Queries;
	#current: Transaction | null = null;

	constructor(queries: Queries) {
		this.#queries = queries;
	}

	/** For reads; writes go through `run`. */
	get queries(): Queries {
		return this.#queries;
	}

	/** Runs `work` and commits, or rolls everything back and throws what it threw. */
	run<Result>(work: (transaction: Transaction) => Result): Result {
		if (this.#current !== null) return work(this.#current);
		const effects: (() => void)[] = [];
		const transaction: Transaction = {
			queries: this.#queries,
			afterCommit: (effect) => effects.push(effect),
		};
		const { connection } = this.#queries;
		connection.exec("BEGIN IMMEDIATE");
		this.#current = transaction;
		let result: Result;
		try {
			result = this.#queries.timed("transaction", () => {
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
