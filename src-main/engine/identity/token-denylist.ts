import type { Clock } from "../ports.ts";
import type { Transaction, UnitOfWork } from "../store/index.ts";
import { sql } from "./identity-schema.ts";

/** Access tokens that were signed out before their time; each is remembered until it would have expired. */
export class TokenDenylist {
	readonly #work: UnitOfWork;
	readonly #clock: Clock;

	constructor(work: UnitOfWork, clock: Clock) {
		this.#work = work;
		this.#clock = clock;
	}

	/** `expiresAt` in epoch milliseconds. */
	add(tenantKey: number, tokenId: string, expiresAt: number): void {
		this.#work.run((transaction) =>
			transaction.writes.run(
				sql
					.insertInto("token_denylist")
					.values({
						token_id: tokenId,
						tenant_id: tenantKey,
						expires_at: expiresAt,
					})
					.onConflict((conflict) => conflict.doNothing()),
			),
		);
	}

	has(tokenId: string): boolean {
		const row = this.#work.reads.get(
			sql
				.selectFrom("token_denylist")
				.select("token_id")
				.where("token_id", "=", tokenId),
		);
		return row !== undefined;
	}

	purge(transaction: Transaction): void {
		// An hour later than needed covers the leeway of verification many times.
		transaction.writes.run(
			sql
				.deleteFrom("token_denylist")
				.where("expires_at", "<", this.#clock.now() - 3_600_000),
		);
	}
}
