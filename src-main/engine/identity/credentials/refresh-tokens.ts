import { EngineError } from "../../errors.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { Transaction, UnitOfWork } from "../../store/index.ts";
import { sql } from "../identity-schema.ts";
import { hashSecret, makeSecret } from "./secret-text.ts";

const lifetimeMillis = 7 * 86_400_000;
export const refreshLifetimeSeconds = lifetimeMillis / 1000;

export interface FamilyMember {
	readonly tenantKey: number;
	readonly userKey: number;
	readonly projectId: string;
	readonly familyId: string;
	readonly token: string;
}

/**
 * Refresh tokens of one sign-in form a family. Each is good for one use and makes the
 * next; a second use means that somebody has a copy, and ends the whole family and the
 * access tokens made from it (RFC 9700, section 4.14.2).
 */
export class RefreshTokens {
	readonly #work: UnitOfWork;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #log: Log;

	constructor(
		work: UnitOfWork,
		ports: { clock: Clock; random: Random; log: Log },
	) {
		this.#work = work;
		this.#clock = ports.clock;
		this.#random = ports.random;
		this.#log = ports.log;
	}

	/** Starts the family of a new sign-in. */
	start(owner: {
		tenantKey: number;
		userKey: number;
		projectId: string;
	}): FamilyMember {
		return this.#work.run((transaction) => {
			const familyId = this.#random.uuid();
			transaction.writes.run(
				sql.insertInto("token_families").values({
					id: familyId,
					tenant_id: owner.tenantKey,
					user_key: owner.userKey,
					expires_at: this.#clock.now() + lifetimeMillis,
					revoked_at: null,
				}),
			);
			return this.#add(transaction, { ...owner, familyId });
		});
	}

	/** Trades a token for the next of its family, or throws UNAUTHENTICATED. */
	rotate(token: string): FamilyMember {
		const next = this.#work.run((transaction) => {
			const known = transaction.writes.get(
				sql
					.selectFrom("refresh_tokens as token")
					.innerJoin("token_families as family", "family.id", "token.family_id")
					.select([
						"token.tenant_id",
						"token.family_id",
						"token.project_id",
						"token.expires_at",
						"token.used_at",
						"family.user_key",
						"family.revoked_at",
					])
					.where("token.hash", "=", hashSecret(token)),
			);
			if (known === undefined || known.revoked_at !== null) return null;
			if (known.used_at !== null) {
				this.#revoke(transaction, known.family_id);
				this.#log.warn(
					{ family: known.family_id, tenant: known.tenant_id },
					"a spent refresh token was used again: its family is revoked",
				);
				return null;
			}
			const now = this.#clock.now();
			if (known.expires_at <= now) return null;
			transaction.writes.run(
				sql
					.updateTable("refresh_tokens")
					.set({ used_at: now })
					.where("hash", "=", hashSecret(token)),
			);
			transaction.writes.run(
				sql
					.updateTable("token_families")
					.set({ expires_at: now + lifetimeMillis })
					.where("id", "=", known.family_id),
			);
			return this.#add(transaction, {
				tenantKey: known.tenant_id,
				userKey: known.user_key,
				projectId: known.project_id,
				familyId: known.family_id,
			});
		});
		if (next === null) throw new EngineError("UNAUTHENTICATED");
		return next;
	}

	/** Makes what follows in a family be of another project. */
	moveFamily(tenantKey: number, familyId: string, projectId: string): void {
		this.#work.run((transaction) =>
			transaction.writes.run(
				sql
					.updateTable("refresh_tokens")
					.set({ project_id: projectId })
					.where("tenant_id", "=", tenantKey)
					.where("family_id", "=", familyId),
			),
		);
	}

	/** Ends the family of a token; nothing happens when there is none. */
	revokeByToken(token: string): void {
		this.#work.run((transaction) => {
			const known = transaction.writes.get(
				sql
					.selectFrom("refresh_tokens")
					.select("family_id")
					.where("hash", "=", hashSecret(token)),
			);
			if (known !== undefined) this.#revoke(transaction, known.family_id);
		});
	}

	revokeFamily(familyId: string): void {
		this.#work.run((transaction) => this.#revoke(transaction, familyId));
	}

	/** Ends every family of a person. */
	revokeAllOf(
		transaction: Transaction,
		owner: { tenantKey: number; userKey: number },
	): void {
		transaction.writes.run(
			sql
				.updateTable("token_families")
				.set({ revoked_at: this.#clock.now() })
				.where("tenant_id", "=", owner.tenantKey)
				.where("user_key", "=", owner.userKey)
				.where("revoked_at", "is", null),
		);
	}

	isRevoked(familyId: string): boolean {
		const family = this.#work.reads.get(
			sql
				.selectFrom("token_families")
				.select("revoked_at")
				.where("id", "=", familyId),
		);
		return family === undefined || family.revoked_at !== null;
	}

	/** Forgets families that ended longer ago than any access token of theirs can live. */
	purge(transaction: Transaction): void {
		transaction.writes.run(
			sql
				.deleteFrom("token_families")
				.where("expires_at", "<", this.#clock.now() - 86_400_000),
		);
	}

	#add(
		transaction: Transaction,
		member: Omit<FamilyMember, "token">,
	): FamilyMember {
		const token = makeSecret("rt", this.#random);
		transaction.writes.run(
			sql.insertInto("refresh_tokens").values({
				hash: hashSecret(token),
				tenant_id: member.tenantKey,
				family_id: member.familyId,
				project_id: member.projectId,
				expires_at: this.#clock.now() + lifetimeMillis,
				used_at: null,
			}),
		);
		return { ...member, token };
	}

	#revoke(transaction: Transaction, familyId: string): void {
		transaction.writes.run(
			sql
				.updateTable("token_families")
				.set({ revoked_at: this.#clock.now() })
				.where("id", "=", familyId)
				.where("revoked_at", "is", null),
		);
	}
}
