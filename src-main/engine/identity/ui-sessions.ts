import type { Clock, Random } from "../ports.ts";
import type { Transaction, UnitOfWork } from "../store/index.ts";
import { hashSecret, makeSecret } from "./credentials/secret-text.ts";
import { sql } from "./identity-schema.ts";

const ticketMillis = 5 * 60_000;
const sessionMillis = 7 * 86_400_000;
export const sessionLifetimeSeconds = sessionMillis / 1000;

interface SessionOwner {
	readonly tenantKey: number;
	readonly userKey: number;
}

/**
 * Sessions of the browser's war room. One begins with a password or with a one-time
 * ticket from the printed address; tickets live in memory for five minutes and die with
 * the engine. Only hashes are kept.
 */
export class UiSessions {
	readonly #work: UnitOfWork;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #tickets = new Map<
		string,
		SessionOwner & { readonly expiresAt: number }
	>();

	constructor(work: UnitOfWork, clock: Clock, random: Random) {
		this.#work = work;
		this.#clock = clock;
		this.#random = random;
	}

	issueTicket(owner: SessionOwner): string {
		const now = this.#clock.monotonic();
		for (const [hash, ticket] of this.#tickets) {
			if (ticket.expiresAt <= now) this.#tickets.delete(hash);
		}
		const ticket = makeSecret("ut", this.#random);
		this.#tickets.set(hashSecret(ticket), {
			...owner,
			expiresAt: now + ticketMillis,
		});
		return ticket;
	}

	/** Spends a ticket for a session; null when it is unknown, spent or too old. */
	redeemTicket(ticket: string): string | null {
		const hash = hashSecret(ticket);
		const known = this.#tickets.get(hash);
		this.#tickets.delete(hash);
		if (known === undefined || known.expiresAt <= this.#clock.monotonic()) {
			return null;
		}
		return this.start(known);
	}

	/** Answers the session's secret, for the cookie. */
	start(owner: SessionOwner): string {
		const secret = makeSecret("us", this.#random);
		const now = this.#clock.now();
		this.#work.run((transaction) =>
			transaction.writes.run(
				sql.insertInto("ui_sessions").values({
					hash: hashSecret(secret),
					tenant_id: owner.tenantKey,
					user_key: owner.userKey,
					created_at: now,
					expires_at: now + sessionMillis,
				}),
			),
		);
		return secret;
	}

	/** Whose session it is; null when it is over. */
	find(secret: string): { userKey: number; sessionId: string } | null {
		return this.byId(hashSecret(secret));
	}

	/** The same by the session's id, which is the hash of its secret. */
	byId(sessionId: string): { userKey: number; sessionId: string } | null {
		const row = this.#work.reads.get(
			sql
				.selectFrom("ui_sessions")
				.select(["user_key", "expires_at"])
				.where("hash", "=", sessionId),
		);
		if (row === undefined || row.expires_at <= this.#clock.now()) return null;
		return { userKey: row.user_key, sessionId };
	}

	end(secret: string): void {
		this.#work.run((transaction) =>
			transaction.writes.run(
				sql.deleteFrom("ui_sessions").where("hash", "=", hashSecret(secret)),
			),
		);
	}

	/** Ends every session of a person, and the tickets that would begin another. */
	endAllOf(transaction: Transaction, owner: SessionOwner): void {
		transaction.writes.run(
			sql
				.deleteFrom("ui_sessions")
				.where("tenant_id", "=", owner.tenantKey)
				.where("user_key", "=", owner.userKey),
		);
		transaction.afterCommit(() => {
			for (const [hash, ticket] of this.#tickets) {
				if (ticket.userKey === owner.userKey) this.#tickets.delete(hash);
			}
		});
	}

	purge(transaction: Transaction): void {
		transaction.writes.run(
			sql.deleteFrom("ui_sessions").where("expires_at", "<", this.#clock.now()),
		);
	}
}
