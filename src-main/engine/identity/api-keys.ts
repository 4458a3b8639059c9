import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { Clock, Random } from "../ports.ts";
import type { UnitOfWork } from "../store/index.ts";
import type { Place, TenantRef } from "./access/index.ts";
import { type Member, MemberAs } from "./access/member.ts";
import { keyName, readForm } from "./accounts/registration-form.ts";
import { apiKeyPrefix, makeApiKeyText } from "./credentials/api-key-text.ts";
import { hashSecret } from "./credentials/secret-text.ts";
import { sql } from "./identity-schema.ts";

export interface ApiKeySummary {
	readonly id: string;
	readonly name: string;
	readonly prefix: string;
	readonly createdAt: number;
	readonly lastUsedAt: number | null;
	/** The name of the person who made it; null when that is not known any more. */
	readonly madeBy: string | null;
	/** Whether the one who asked may revoke it. */
	readonly mayRevoke: boolean;
}

interface LiveKey {
	readonly id: string;
	readonly principal: Member<"engineer">;
	/** When it was last used, and not yet written down; 0 when that is written. */
	usedAt: number;
}

/**
 * API keys. Every live key's hash is held in memory, so that a request on the ingest path
 * is authenticated without a query or an await; when a key was last used is written down
 * in batches.
 */
export class ApiKeys {
	readonly #work: UnitOfWork;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #placesOf: (tenantKey: number) => readonly Place[];
	readonly #live = new Map<string, LiveKey>();

	constructor(
		work: UnitOfWork,
		clock: Clock,
		random: Random,
		/** Every project of a tenant. */
		placesOf: (tenantKey: number) => readonly Place[],
	) {
		this.#placesOf = placesOf;
		this.#work = work;
		this.#clock = clock;
		this.#random = random;
		this.reload();
	}

	/** The principal of a key, or null for a malformed, unknown or revoked one. Synchronous, about a microsecond. */
	authenticate(text: string): Member<"engineer"> | null {
		if (text.length > 64) return null;
		const live = this.#live.get(hashSecret(text));
		if (live === undefined) return null;
		live.usedAt = this.#clock.now();
		return live.principal;
	}

	/** Makes a key; its text is in this answer only. */
	create(
		principal: Member<"engineer">,
		input: unknown,
	): ApiKeySummary & { key: string } {
		const name = readForm(keyName, input);
		const text = makeApiKeyText(this.#random);
		const row = {
			tenant_id: principal.tenant.key,
			id: this.#random.uuid(),
			name,
			prefix: apiKeyPrefix(text),
			hash: hashSecret(text),
			created_by: principal.actor.id,
			created_at: this.#clock.now(),
			last_used_at: null,
			revoked_at: null,
		};
		this.#work.run((transaction) => {
			transaction.writes.run(sql.insertInto("api_keys").values(row));
			transaction.afterCommit(() =>
				this.#live.set(row.hash, this.#liveKey(row.id, name, principal.tenant)),
			);
		});
		return {
			id: row.id,
			name,
			prefix: row.prefix,
			createdAt: row.created_at,
			lastUsedAt: null,
			madeBy: principal.actor.name,
			mayRevoke: mayRevoke(principal, row.created_by),
			key: text,
		};
	}

	/** The tenant's keys that still work, newest first. */
	list(principal: Member): ApiKeySummary[] {
		const unwritten = new Map(
			[...this.#live.values()].map((live) => [live.id, live.usedAt]),
		);
		return this.#work.reads
			.all(
				sql
					.selectFrom("api_keys")
					.leftJoin("users", (join) =>
						join
							.onRef("users.id", "=", "api_keys.created_by")
							.onRef("users.tenant_id", "=", "api_keys.tenant_id"),
					)
					.select([
						"api_keys.id",
						"api_keys.name",
						"api_keys.prefix",
						"api_keys.created_at",
						"api_keys.last_used_at",
						"api_keys.created_by",
						"users.full_name as made_by",
					])
					.where("api_keys.tenant_id", "=", principal.tenant.key)
					.where("api_keys.revoked_at", "is", null)
					.orderBy("api_keys.key", "desc"),
			)
			.map((row) => ({
				id: row.id,
				name: row.name,
				prefix: row.prefix,
				createdAt: row.created_at,
				lastUsedAt: unwritten.get(row.id) || row.last_used_at,
				madeBy: row.made_by,
				mayRevoke: mayRevoke(principal, row.created_by),
			}));
	}

	/** The id of the person who made a key, revoked or not; null for an unknown key. */
	makerOf(tenantKey: number, id: string): string | null {
		const row = this.#work.reads.get(
			sql
				.selectFrom("api_keys")
				.select("created_by")
				.where("tenant_id", "=", tenantKey)
				.where("id", "=", id),
		);
		return row?.created_by ?? null;
	}

	/** Ends a key at once. Throws NOT_FOUND for one that is not the tenant's or is over. */
	revoke(principal: Member<"engineer">, id: string): void {
		const known = this.#work.reads.get(
			sql
				.selectFrom("api_keys")
				.select(["hash", "created_by"])
				.where("id", "=", id)
				.where("tenant_id", "=", principal.tenant.key)
				.where("revoked_at", "is", null),
		);
		if (known === undefined) throw new EngineError("NOT_FOUND", "No such key.");
		if (known.created_by !== principal.actor.id) {
			principal.requireRole("admin");
		}
		this.#work.run((transaction) => {
			transaction.writes.run(
				sql
					.updateTable("api_keys")
					.set({ revoked_at: this.#clock.now() })
					.where("id", "=", id)
					.where("tenant_id", "=", principal.tenant.key),
			);
			transaction.afterCommit(() => this.#live.delete(known.hash));
		});
	}

	/** Writes down when keys were last used. */
	flush(): void {
		const used = [...this.#live.values()].filter((live) => live.usedAt !== 0);
		if (used.length === 0) return;
		this.#work.run((transaction) => {
			for (const live of used) {
				transaction.writes.run(
					sql
						.updateTable("api_keys")
						.set({ last_used_at: live.usedAt })
						.where("tenant_id", "=", live.principal.tenant.key)
						.where("id", "=", live.id),
				);
			}
			transaction.afterCommit(() => {
				for (const live of used) live.usedAt = 0;
			});
		});
	}

	/** Reads the live keys again; the tenant's name is part of a principal. */
	reload(): void {
		const rows = this.#work.reads.all(
			sql
				.selectFrom("api_keys")
				.innerJoin("tenants", "tenants.key", "api_keys.tenant_id")
				.select([
					"api_keys.id",
					"api_keys.name",
					"api_keys.hash",
					"tenants.key as tenant_key",
					"tenants.id as tenant_id",
					"tenants.name as tenant_name",
				])
				.where("api_keys.revoked_at", "is", null),
		);
		const before = new Map(this.#live);
		this.#live.clear();
		for (const row of rows) {
			const tenant = {
				key: row.tenant_key,
				id: row.tenant_id,
				name: row.tenant_name,
			};
			const live = this.#liveKey(row.id, row.name, tenant);
			live.usedAt = before.get(row.hash)?.usedAt ?? 0;
			this.#live.set(row.hash, live);
		}
	}

	/** A program acts as an engineer in every project, by its own name; it never approves and never manages people. */
	#liveKey(id: string, name: string, tenant: TenantRef): LiveKey {
		const places = () =>
			this.#placesOf(tenant.key).map((place) => ({
				...place,
				role: "engineer" as const,
			}));
		const principal = MemberAs.of(
			{
				tenant,
				actor: { kind: "api", id, name },
				role: "engineer",
				isLocalOwner: false,
				places,
			},
			"engineer",
		);
		return { id, principal, usedAt: 0 };
	}
}

function mayRevoke({ role, actor }: Member, madeBy: string | null): boolean {
	return roleAtLeast(role, actor.id === madeBy ? "engineer" : "admin");
}
