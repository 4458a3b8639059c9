import type {
	ConnectionTest,
	ConnectionToTest,
	Integration,
	IntegrationChange,
	NewIntegration,
} from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../errors.ts";
import type { InProject } from "../../identity/access/index.ts";
import { type Outbound, OutboundError } from "../../outbound/index.ts";
import type { Clock, Random } from "../../ports.ts";
import type { Vault } from "../../secrets/index.ts";
import type { UnitOfWork } from "../../store/index.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import type {
	IntegrationRepository,
	IntegrationRowChange,
} from "./integration-repository.ts";
import {
	makeWebhookSecret,
	openSecret,
	sealSecret,
	secretColumns,
} from "./integration-secrets.ts";
import { toIntegration } from "./integration-view.ts";
import { withoutOldOrigins } from "./other-origin.ts";
import { probe } from "./probe.ts";

export interface IntegrationsPorts {
	readonly work: UnitOfWork;
	readonly rows: IntegrationRepository;
	readonly vault: Vault;
	readonly outbound: Outbound;
	readonly clock: Clock;
	readonly random: Random;
	/** How asking an integration goes; null for one that is not asked. */
	readonly pollingOf: (row: IntegrationRow) => Integration["polling"];
	/** Tells live windows that integrations or alerts changed. */
	readonly changed: (tenantKey: number) => void;
}

const mostPerProject = 50;
const oldSecretMillis = 24 * 60 * 60_000;
const longestConfig = 16_384;

/** An integration with its webhook's secret, which is shown this once. */
export type IntegrationWithSecret = Integration & { webhookSecret: string };

/**
 * The monitoring systems of a project: what they are, where, how they prove themselves,
 * and whether they answer. Secrets go in and never come out. Every method is of the project
 * of who asks; what is another's is NOT_FOUND.
 */
export class Integrations {
	readonly #ports: IntegrationsPorts;
	readonly #testing = new Set<number>();

	constructor(ports: IntegrationsPorts) {
		this.#ports = ports;
	}

	/** Oldest first. */
	list({ tenant, projectId }: InProject): Integration[] {
		return this.#ports.rows
			.list(tenant.key, projectId)
			.map((row) => this.#view(row));
	}

	get({ tenant, projectId }: InProject, id: string): Integration {
		return this.#view(this.#ports.rows.get(tenant.key, projectId, id));
	}

	/** Throws INVALID for an address that cannot be used, CONFLICT when there are 50. */
	async create(
		{ tenant: { key: tenantKey }, projectId }: InProject<"admin">,
		input: NewIntegration,
	): Promise<IntegrationWithSecret> {
		checkConfig(input.config);
		await this.#checkAddress(input.url);
		const { rows, vault, clock, random } = this.#ports;
		const id = random.uuid();
		const secret = makeWebhookSecret(random);
		const seal = (
			column: Parameters<typeof sealSecret>[2],
			text: string | null,
		) => sealSecret(vault, id, column, text);
		const now = clock.now();
		const row = this.#change(tenantKey, () => {
			if (rows.list(tenantKey, projectId).length >= mostPerProject) {
				throw new EngineError(
					"CONFLICT",
					`There are ${mostPerProject} integrations in this project, which is the most there can be; remove one first.`,
				);
			}
			const added = rows.add({
				tenant_id: tenantKey,
				project_id: projectId,
				id,
				type: input.type,
				name: input.name,
				description: input.description,
				url: input.url,
				username: input.username,
				password: seal("password", input.password),
				api_key: seal("api_key", input.apiKey),
				signing_secret: seal("signing_secret", input.signingSecret),
				webhook_secret: seal("webhook_secret", secret),
				old_webhook_secret: null,
				old_secret_until: null,
				config: JSON.stringify(input.config),
				severities: JSON.stringify(input.severities),
				webhook_enabled: input.webhookEnabled ? 1 : 0,
				is_primary: input.isPrimary ? 1 : 0,
				is_enabled: 1,
				last_test_at: null,
				last_test_success: null,
				last_error_message: null,
				last_received_at: null,
				confirmations: "[]",
				created_at: now,
				updated_at: now,
				removed_at: null,
			});
			if (input.isPrimary) this.#keepOnePrimary(added);
			return added;
		});
		return { ...this.#view(row), webhookSecret: secret };
	}

	/**
	 * What is absent stays; null takes away. With an address of another origin the password
	 * and the API key go, unless new ones are given. Throws as `create`.
	 */
	async update(
		{ tenant: { key: tenantKey }, projectId }: InProject<"admin">,
		id: string,
		change: IntegrationChange,
	): Promise<Integration> {
		const { rows, clock } = this.#ports;
		rows.get(tenantKey, projectId, id);
		if (change.config !== undefined) checkConfig(change.config);
		if (change.url !== undefined) await this.#checkAddress(change.url);
		const row = this.#change(tenantKey, () => {
			const current = rows.get(tenantKey, projectId, id);
			const updated = rows.update(current, {
				...withoutOldOrigins(current, this.#columns(current, change)),
				updated_at: Math.max(clock.now(), current.updated_at),
			});
			if (change.isPrimary === true) this.#keepOnePrimary(updated);
			return updated;
		});
		return this.#view(row);
	}

	/** Its secrets are gone and nothing is taken from it any more; its alerts stay. */
	remove(
		{ tenant: { key: tenantKey }, projectId }: InProject<"admin">,
		id: string,
	): void {
		const { rows, clock } = this.#ports;
		this.#change(tenantKey, () =>
			rows.update(rows.get(tenantKey, projectId, id), {
				...Object.fromEntries(secretColumns.map((column) => [column, null])),
				is_enabled: 0,
				removed_at: clock.now(),
			}),
		);
	}

	/** The old secret is taken beside the new one for 24 hours. */
	rotateSecret(
		{ tenant: { key: tenantKey }, projectId }: InProject<"admin">,
		id: string,
	): IntegrationWithSecret {
		const { rows, vault, clock, random } = this.#ports;
		const secret = makeWebhookSecret(random);
		const row = this.#change(tenantKey, () => {
			const current = rows.get(tenantKey, projectId, id);
			const old = openSecret(vault, current, "webhook_secret");
			return rows.update(current, {
				webhook_secret: sealSecret(vault, id, "webhook_secret", secret),
				old_webhook_secret: sealSecret(vault, id, "old_webhook_secret", old),
				old_secret_until: old === null ? null : clock.now() + oldSecretMillis,
			});
		});
		return { ...this.#view(row), webhookSecret: secret };
	}

	/** Asks the system now, within 10 s, and keeps how that went; of one that cannot be asked, nothing is kept. */
	async test(
		{ tenant: { key: tenantKey }, projectId }: InProject<"engineer">,
		id: string,
	): Promise<ConnectionTest> {
		const { rows, vault, clock } = this.#ports;
		const row = rows.get(tenantKey, projectId, id);
		this.#testing.add(row.key);
		try {
			const { isTestable, ...outcome } = await probe(this.#ports.outbound, {
				type: row.type,
				url: row.url,
				username: row.username,
				password: openSecret(vault, row, "password"),
				apiKey: openSecret(vault, row, "api_key"),
			});
			if (isTestable && rows.byId(id)?.url === row.url) {
				this.#change(tenantKey, () =>
					rows.update(row, {
						last_test_at: clock.now(),
						last_test_success: outcome.success ? 1 : 0,
						last_error_message: outcome.success ? null : outcome.message,
					}),
				);
			}
			return outcome;
		} finally {
			this.#testing.delete(row.key);
		}
	}

	/** The same before anything is stored. */
	async testConnection(
		_by: InProject<"engineer">,
		connection: ConnectionToTest,
	): Promise<ConnectionTest> {
		const { isTestable: _, ...outcome } = await probe(
			this.#ports.outbound,
			connection,
		);
		return outcome;
	}

	/** One of each type is the project's first choice. */
	#keepOnePrimary({ key, tenant_id, project_id, type }: IntegrationRow): void {
		const { rows } = this.#ports;
		for (const other of rows.list(tenant_id, project_id)) {
			if (other.key !== key && other.type === type && other.is_primary === 1) {
				rows.update(other, { is_primary: 0 });
			}
		}
	}

	#columns(
		{ id }: IntegrationRow,
		change: IntegrationChange,
	): IntegrationRowChange {
		const { vault } = this.#ports;
		const bit = (value: boolean) => (value ? (1 as const) : (0 as const));
		const columns: IntegrationRowChange = {};
		if (change.name !== undefined) columns.name = change.name;
		if (change.description !== undefined) {
			columns.description = change.description;
		}
		if (change.url !== undefined) columns.url = change.url;
		if (change.username !== undefined) columns.username = change.username;
		if (change.password !== undefined) {
			columns.password = sealSecret(vault, id, "password", change.password);
		}
		if (change.apiKey !== undefined) {
			columns.api_key = sealSecret(vault, id, "api_key", change.apiKey);
		}
		if (change.signingSecret !== undefined) {
			columns.signing_secret = sealSecret(
				vault,
				id,
				"signing_secret",
				change.signingSecret,
			);
		}
		if (change.config !== undefined) {
			columns.config = JSON.stringify(change.config);
		}
		if (change.severities !== undefined) {
			columns.severities = JSON.stringify(change.severities);
		}
		if (change.webhookEnabled !== undefined) {
			columns.webhook_enabled = bit(change.webhookEnabled);
		}
		if (change.isPrimary !== undefined) {
			columns.is_primary = bit(change.isPrimary);
		}
		if (change.isEnabled !== undefined) {
			columns.is_enabled = bit(change.isEnabled);
		}
		return columns;
	}

	/** An admin named the address, so that it may be private; the metadata service of a cloud and this engine's own ports may not. */
	async #checkAddress(url: string | null): Promise<void> {
		if (url === null) return;
		try {
			await this.#ports.outbound.check(url, { allowPrivate: true });
		} catch (error) {
			if (!(error instanceof OutboundError)) throw error;
			// A name without an address now may have one later; it is checked with every request.
			if (error.code === "DNS") return;
			throw new EngineError("INVALID", error.message, { field: "url" });
		}
	}

	#change<Result>(tenantKey: number, work: () => Result): Result {
		const result = this.#ports.work.run(work);
		this.#ports.changed(tenantKey);
		return result;
	}

	#view(row: IntegrationRow): Integration {
		return toIntegration(
			row,
			this.#ports.vault,
			this.#ports.clock.now(),
			this.#testing.has(row.key),
			this.#ports.pollingOf(row),
		);
	}
}

function checkConfig(config: Readonly<Record<string, unknown>>): void {
	if (JSON.stringify(config).length > longestConfig) {
		throw new EngineError(
			"INVALID",
			`config: must be at most ${longestConfig} characters of JSON`,
			{ field: "config" },
		);
	}
}
