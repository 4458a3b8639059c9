import type { RunResult, Statement } from "better-sqlite3";
import type { Log } from "../ports.ts";
import type { Connection } from "./open-database.ts";

/** A prepared statement that reads. */
export interface ReadStatement {
	get(...parameters: unknown[]): unknown;
	all(...parameters: unknown[]): unknown[];
	iterate(...parameters: unknown[]): IterableIterator<unknown>;
	/** From now on answers the first column of each row alone. */
	pluck(): ReadStatement;
	/** From now on answers each row as an array. */
	raw(): ReadStatement;
}

/** A prepared statement that may write. */
export interface WriteStatement extends ReadStatement {
	run(...parameters: unknown[]): RunResult;
}

/** What reads can be prepared on: `Reads`, or a connection that was opened for reading. */
export interface ReadConnection {
	prepare(sql: string): ReadStatement;
}

const slowMillis = 100;
const statementsKept = 500;

/** The prepared statements of one connection, kept for the next call, and the log of the slow ones. For this module alone. */
export class Statements {
	readonly connection: Connection;
	readonly #log: Log;
	readonly #kept = new Map<string, Statement>();

	constructor(connection: Connection, log: Log) {
		this.connection = connection;
		this.#log = log;
	}

	prepare(sql: string): Statement {
		const known = this.#kept.get(sql);
		if (known !== undefined) return known;
		if (this.#kept.size >= statementsKept) this.#kept.clear();
		const statement = this.connection.prepare(sql);
		this.#kept.set(sql, statement);
		return statement;
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
