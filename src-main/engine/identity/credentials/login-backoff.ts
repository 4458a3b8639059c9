import type { Clock, Log } from "../../ports.ts";
import type { CommandStore, Transaction } from "../../store/index.ts";
import { sql } from "../identity-schema.ts";
import { hashSecret } from "./secret-text.ts";

const freeFailures = 5;
const longestWaitSeconds = 60;
const forgottenAfterMillis = 15 * 60_000;
const accountsKept = 10_000;

interface Failures {
	readonly failures: number;
	/** Monotonic milliseconds, as is `last`. */
	readonly notBefore: number;
	readonly last: number;
}

/**
 * Slows down guessing at one account: after five failures in a row each further attempt
 * waits 1, 2, 4 ... 60 s, so a stranger can delay the owner by a minute at most. Unknown
 * addresses are counted too, or the wait would tell them apart.
 *
 * Waits run on the monotonic clock. They are written down too, by the wall clock, so that
 * a restart frees nobody; a wall clock that jumped meanwhile costs a minute at most.
 */
export class LoginBackoff {
	readonly #store: CommandStore;
	readonly #clock: Clock;
	readonly #log: Log;
	/** By the hash of the folded address, oldest failure first. */
	readonly #accounts = new Map<string, Failures>();

	constructor(store: CommandStore, ports: { clock: Clock; log: Log }) {
		this.#store = store;
		this.#clock = ports.clock;
		this.#log = ports.log;
		this.#load();
	}

	/** Whole seconds until the next attempt may be made; 0 when it may be made now. */
	waitSeconds(account: string): number {
		const known = this.#accounts.get(hashSecret(account));
		if (known === undefined) return 0;
		const wait = known.notBefore - this.#clock.monotonic();
		return wait > 0 ? Math.ceil(wait / 1000) : 0;
	}

	failed(account: string): void {
		const key = hashSecret(account);
		const now = this.#clock.monotonic();
		const known = this.#accounts.get(key);
		const isRecent =
			known !== undefined && now - known.last < forgottenAfterMillis;
		const failures = (isRecent ? known.failures : 0) + 1;
		const over = failures - freeFailures;
		const wait = over < 0 ? 0 : Math.min(longestWaitSeconds, 2 ** over) * 1000;
		this.#accounts.delete(key);
		this.#accounts.set(key, { failures, notBefore: now + wait, last: now });
		const oldest = this.#accounts.keys().next();
		if (this.#accounts.size > accountsKept && oldest.done !== true) {
			this.#accounts.delete(oldest.value);
		}
		const at = this.#clock.now();
		this.#write((transaction) =>
			transaction.writes.run(
				sql.replaceInto("login_failures").values({
					account: key,
					tenant_id: 0,
					failures,
					not_before: at + wait,
					last_at: at,
				}),
			),
		);
	}

	succeeded(account: string): void {
		const key = hashSecret(account);
		if (!this.#accounts.delete(key)) return;
		this.#write((transaction) =>
			transaction.writes.run(
				sql.deleteFrom("login_failures").where("account", "=", key),
			),
		);
	}

	/** Forgets what is too long ago to count. */
	purge(transaction: Transaction): void {
		transaction.writes.run(
			sql
				.deleteFrom("login_failures")
				.where("last_at", "<", this.#clock.now() - forgottenAfterMillis),
		);
	}

	#load(): void {
		const [wall, monotonic] = [this.#clock.now(), this.#clock.monotonic()];
		const rows = this.#store.reads.all(
			sql
				.selectFrom("login_failures")
				.select(["account", "failures", "not_before", "last_at"])
				.orderBy("last_at", "desc")
				.limit(accountsKept),
		);
		for (const row of rows.reverse()) {
			const age = Math.max(0, wall - row.last_at);
			if (age >= forgottenAfterMillis) continue;
			const wait = Math.min(row.not_before - wall, longestWaitSeconds * 1000);
			this.#accounts.set(row.account, {
				failures: row.failures,
				notBefore: monotonic + wait,
				last: monotonic - age,
			});
		}
	}

	/** A disk that refuses to write it down stops nobody from signing in: memory still counts. */
	#write(work: (transaction: Transaction) => void): void {
		if (this.#store.readOnly) return;
		try {
			this.#store.work.run(work);
		} catch (error) {
			this.#log.warn({ error }, "a failed sign-in could not be written down");
		}
	}
}
