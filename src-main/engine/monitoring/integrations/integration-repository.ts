import { EngineError } from "../../errors.ts";
import type { Vault } from "../../secrets/index.ts";
import type { UnitOfWork } from "../../store/index.ts";
import { type IntegrationRow, sql } from "../monitoring-schema.ts";
import { openSecret } from "./integration-secrets.ts";
import { secretHash } from "./sender-proof.ts";

export type NewIntegrationRow = Omit<IntegrationRow, "key">;
export type IntegrationRowChange = Partial<
	Omit<IntegrationRow, "key" | "tenant_id" | "project_id" | "id" | "type">
>;

/**
 * The integrations of every tenant. They are few and every notification asks for one, so
 * all are held in memory, their secrets sealed; memory follows each commit.
 */
export class IntegrationRepository {
	readonly #work: UnitOfWork;
	readonly #vault: Vault;
	readonly #byId = new Map<string, IntegrationRow>();
	readonly #byKey = new Map<number, IntegrationRow>();
	/** By the hash of a webhook's secret. */
	readonly #bySecret = new Map<string, number>();

	constructor(work: UnitOfWork, vault: Vault) {
		this.#work = work;
		this.#vault = vault;
		const rows = work.reads.all(sql.selectFrom("integrations").selectAll());
		for (const row of rows) this.#hold(row);
	}

	/** Oldest first, without those that were removed. */
	list(tenantKey: number, projectId: string): IntegrationRow[] {
		return [...this.#byKey.values()].filter(
			(row) =>
				row.tenant_id === tenantKey &&
				row.project_id === projectId &&
				row.removed_at === null,
		);
	}

	/** Of every tenant, without those that were removed or turned off: for work that no request asked for. */
	allEnabled(): IntegrationRow[] {
		return [...this.#byKey.values()].filter(
			(row) => row.removed_at === null && row.is_enabled === 1,
		);
	}

	/** Throws NOT_FOUND for one that is not the project's. */
	get(tenantKey: number, projectId: string, id: string): IntegrationRow {
		const row = this.byId(id);
		if (row?.tenant_id !== tenantKey || row.project_id !== projectId) {
			throw new EngineError("NOT_FOUND", "No such integration.");
		}
		return row;
	}

	/** Of any tenant: for a sender, whose secret says whose it is. */
	byId(id: string): IntegrationRow | undefined {
		const row = this.#byId.get(id);
		return row?.removed_at === null ? row : undefined;
	}

	byKey(tenantKey: number, key: number): IntegrationRow | undefined {
		const row = this.#byKey.get(key);
		return row?.tenant_id === tenantKey ? row : undefined;
	}

	/** The one whose webhook has this secret now; the old one counts until it ends. */
	bySecret(secret: string, now: number): IntegrationRow | undefined {
		const hash = secretHash(secret);
		const row = this.#byKey.get(this.#bySecret.get(hash) ?? -1);
		if (row === undefined || row.removed_at !== null) return undefined;
		return this.webhookSecrets(row, now).some(
			(each) => secretHash(each) === hash,
		)
			? row
			: undefined;
	}

	/** The secrets that its webhook takes at `now`, newest first; none where they cannot be read. */
	webhookSecrets(row: IntegrationRow, now: number): string[] {
		const isOldValid = (row.old_secret_until ?? 0) > now;
		return [
			openSecret(this.#vault, row, "webhook_secret"),
			isOldValid ? openSecret(this.#vault, row, "old_webhook_secret") : null,
		].filter((secret) => secret !== null);
	}

	/** Its name, also of one that was removed. */
	nameOf(tenantKey: number, key: number): { id: string; name: string } {
		const row = this.#byKey.get(key);
		return row?.tenant_id === tenantKey
			? { id: row.id, name: row.name }
			: { id: "", name: "" };
	}

	add(row: NewIntegrationRow): IntegrationRow {
		const { lastId } = this.#work.run(({ writes }) =>
			writes.run(sql.insertInto("integrations").values(row)),
		);
		return this.#reload(row.tenant_id, lastId);
	}

	update(row: IntegrationRow, change: IntegrationRowChange): IntegrationRow {
		this.#work.run(({ writes }) =>
			writes.run(
				sql
					.updateTable("integrations")
					.set(change)
					.where("tenant_id", "=", row.tenant_id)
					.where("key", "=", row.key),
			),
		);
		return this.#reload(row.tenant_id, row.key);
	}

	#reload(tenantKey: number, key: number): IntegrationRow {
		const row = this.#work.reads.get(
			sql
				.selectFrom("integrations")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", key),
		);
		if (row === undefined) {
			throw new EngineError("NOT_FOUND", "No such integration.");
		}
		this.#work.run((transaction) =>
			transaction.afterCommit(() => this.#hold(row)),
		);
		return row;
	}

	#hold(row: IntegrationRow): void {
		this.#byId.set(row.id, row);
		this.#byKey.set(row.key, row);
		for (const column of ["webhook_secret", "old_webhook_secret"] as const) {
			const secret = openSecret(this.#vault, row, column);
			if (secret !== null) this.#bySecret.set(secretHash(secret), row.key);
		}
	}
}
