import { createHash } from "node:crypto";
import type {
	AssistantSettings,
	EgressPolicy,
	EgressPreview,
	ModelServerInput,
} from "../../../src-shared/contract/index.ts";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";
import type { AnalyticsService } from "../analytics/index.ts";
import { EngineError } from "../errors.ts";
import type { Member } from "../identity/access/index.ts";
import type { Outbound } from "../outbound/index.ts";
import type { Clock, Random } from "../ports.ts";
import { SecretError, type Vault } from "../secrets/index.ts";
import type { CommandStore } from "../store/index.ts";
import { type Asked, askServer } from "./ask-server.ts";
import {
	addConfirmation,
	confirmationOf,
	policyOf,
	putPolicy,
	putServer,
	removeServer,
	serverOf,
} from "./assistant-repository.ts";
import type { ServerRow } from "./assistant-schema.ts";
import type { CaseMaterial } from "./case-material.ts";
import type { ModelClaim } from "./claims.ts";
import { requestFor } from "./exchange.ts";
import { buildPrompt, type Prompt } from "./prompt.ts";

/** What the assistant asks of the rest of the engine. */
export interface AssistantPorts {
	readonly store: CommandStore;
	readonly vault: Vault;
	readonly outbound: Outbound;
	readonly analytics: Pick<
		AnalyticsService,
		"beginStep" | "spend" | "lastRequest"
	>;
	readonly clock: Clock;
	readonly random: Random;
}

/** What became of asking. */
export type Answered =
	| {
			readonly claims: readonly ModelClaim[];
			readonly dropped: number;
			readonly model: string;
	  }
	/** For people: what went wrong, and what to do. */
	| { readonly error: string };

/** A request that is ready to be sent, and what it rests on. */
interface Prepared {
	readonly server: ServerRow;
	readonly prompt: Prompt;
	readonly url: string;
	readonly body: string;
	readonly hash: string;
	readonly terms: string;
}

/**
 * Asks a model server about an incident, if a tenant has set one. What may leave is what
 * the tenant's policy names, nothing else; an admin has to see the bytes and agree before
 * the first of them is sent to a server under a policy. An answer is claims on records
 * that were sent, and nothing in it can do anything.
 */
export class AssistantService {
	readonly #ports: AssistantPorts;
	readonly #closing = new AbortController();

	constructor(ports: AssistantPorts) {
		this.#ports = Object.freeze({ ...ports });
	}

	settings(tenantKey: number): AssistantSettings {
		const { reads } = this.#ports.store;
		const row = serverOf(reads, tenantKey);
		const policy = policyOf(reads, tenantKey);
		const agreed =
			row && confirmationOf(reads, tenantKey, termsOf(row, policy));
		const last = this.#ports.analytics.lastRequest(tenantKey);
		return {
			server:
				row === undefined
					? null
					: {
							kind: row.kind,
							baseUrl: row.base_url,
							model: row.model,
							isLocal: row.is_local === 1,
							isEnabled: row.is_enabled === 1,
							timeoutSeconds: row.timeout_millis / 1_000,
							maxInputTokens: row.max_input_tokens,
							maxOutputTokens: row.max_output_tokens,
							hasKey: row.api_key !== null,
							changedBy: row.changed_by,
							changedAt: row.changed_at,
						},
			policy,
			confirmation:
				agreed === undefined
					? null
					: {
							byName: agreed.confirmed_by_name,
							at: agreed.confirmed_at,
							hash: agreed.body_hash,
						},
			lastRequest: last && {
				incidentId: last.incident_id,
				model: last.model,
				at: last.at,
				error: last.error,
			},
		};
	}

	/** Throws INVALID naming the field, READ_ONLY. */
	setServer(
		{ tenant, actor }: Member<"admin">,
		{ apiKey, ...given }: ModelServerInput,
	): AssistantSettings {
		const { store, vault, clock, random } = this.#ports;
		this.#needWritable();
		checkAddress(given.baseUrl);
		store.work.run(({ writes }) => {
			const known = serverOf(writes, tenant.key);
			// A key is for the address it was given for: a new address must not receive it.
			const isSameAddress = known?.base_url === given.baseUrl;
			const id = known?.id ?? random.uuid();
			const stored = isSameAddress ? (known?.api_key ?? null) : null;
			putServer(writes, {
				tenant_id: tenant.key,
				id,
				kind: given.kind,
				base_url: given.baseUrl,
				model: given.model,
				api_key:
					apiKey === undefined
						? stored
						: apiKey === null
							? null
							: vault.seal(apiKey, keyPlace(id)),
				is_local: given.isLocal ? 1 : 0,
				is_enabled: given.isEnabled ? 1 : 0,
				timeout_millis: given.timeoutSeconds * 1_000,
				max_input_tokens: given.maxInputTokens,
				max_output_tokens: given.maxOutputTokens,
				changed_by: actor.name,
				changed_at: clock.now(),
			});
		});
		return this.settings(tenant.key);
	}

	/** Throws READ_ONLY. */
	removeServer({ tenant }: Member<"admin">): AssistantSettings {
		this.#needWritable();
		this.#ports.store.work.run(({ writes }) =>
			removeServer(writes, tenant.key),
		);
		return this.settings(tenant.key);
	}

	/** Throws READ_ONLY. */
	setPolicy(
		{ tenant, actor }: Member<"admin">,
		policy: EgressPolicy,
	): AssistantSettings {
		this.#needWritable();
		const { store, clock } = this.#ports;
		store.work.run(({ writes }) =>
			putPolicy(writes, tenant.key, policy, {
				by: actor.name,
				at: clock.now(),
			}),
		);
		return this.settings(tenant.key);
	}

	/** What would be sent, byte for byte. Throws CONFLICT where nothing can be. */
	preview(tenantKey: number, material: CaseMaterial): EgressPreview {
		const { url, body, hash, prompt, terms } = this.#prepare(
			tenantKey,
			material,
		);
		return {
			url,
			body,
			bytes: Buffer.byteLength(body),
			hash,
			withheld: prompt.withheld,
			leftOut: prompt.leftOut,
			redactions: prompt.redactions,
			isConfirmed: this.#isConfirmed(tenantKey, terms),
		};
	}

	/** Agrees to this server under this policy, by the hash of the bytes that were seen. Throws CONFLICT for other bytes than would be sent now. */
	confirm(
		{ tenant, actor }: Member<"admin">,
		material: CaseMaterial,
		hash: string,
	): AssistantSettings {
		this.#needWritable();
		const { store, clock } = this.#ports;
		const prepared = this.#prepare(tenant.key, material);
		if (prepared.hash !== hash) {
			throw new EngineError(
				"CONFLICT",
				"What would be sent is not what you saw: look at it again.",
			);
		}
		store.work.run(({ writes }) =>
			addConfirmation(writes, {
				tenant_id: tenant.key,
				terms_digest: prepared.terms,
				body_hash: hash,
				confirmed_by_id: actor.id ?? actor.kind,
				confirmed_by_name: actor.name,
				confirmed_at: clock.now(),
			}),
		);
		return this.settings(tenant.key);
	}

	/**
	 * Asks for claims; the step and what it cost are kept, also of a failure. Throws
	 * CONFLICT, and sends nothing, where nobody has agreed to it.
	 */
	async ask(tenantKey: number, material: CaseMaterial): Promise<Answered> {
		const { analytics, outbound, clock } = this.#ports;
		this.#needWritable();
		const { server, prompt, url, body, hash, terms } = this.#prepare(
			tenantKey,
			material,
		);
		if (!this.#isConfirmed(tenantKey, terms)) {
			throw new EngineError(
				"CONFLICT",
				"Nobody has agreed yet to what is sent to this server under this policy: an admin must look at it first.",
			);
		}
		const apiKey = this.#apiKey(server);
		const { incidentId } = material;
		const step = analytics.beginStep(tenantKey, incidentId, "model_consulted");
		let asked: Asked;
		try {
			asked = await askServer(outbound, {
				server,
				prompt,
				url,
				body,
				apiKey,
				signal: this.#closing.signal,
			});
			analytics.spend(tenantKey, {
				incident_id: incidentId,
				stepId: step.id,
				request_type: "hypothesis",
				provider: server.kind,
				model: server.model,
				is_local: server.is_local,
				is_success: asked.error === null ? 1 : 0,
				error: asked.error,
				input_tokens: asked.inputTokens,
				output_tokens: asked.outputTokens,
				is_estimated: asked.isEstimated ? 1 : 0,
				durationMillis: asked.durationMillis,
				body_hash: hash,
				at: clock.now(),
			});
		} catch (error) {
			step.end("failed", "An internal fault; see the log.");
			throw error;
		}
		step.end(asked.error === null ? "completed" : "failed", asked.error);
		return asked.error === null
			? { claims: asked.claims, dropped: asked.dropped, model: server.model }
			: { error: asked.error };
	}

	/** Gives up what is being asked. */
	close(): void {
		this.#closing.abort();
	}

	#prepare(tenantKey: number, material: CaseMaterial): Prepared {
		const { reads } = this.#ports.store;
		const server = serverOf(reads, tenantKey);
		if (server === undefined || server.is_enabled === 0) {
			throw new EngineError(
				"CONFLICT",
				server === undefined
					? "No model server is set; an admin can set one."
					: "The model server is turned off; an admin can turn it on.",
			);
		}
		const policy = policyOf(reads, tenantKey);
		if (policy.fields.length === 0 && policy.labels.length === 0) {
			throw new EngineError(
				"CONFLICT",
				"The policy lets nothing leave; an admin can say what may.",
			);
		}
		const prompt = buildPrompt(material, policy, server.max_input_tokens);
		const { url, body } = requestFor(server, prompt);
		return {
			server,
			prompt,
			url,
			body,
			hash: createHash("sha256").update(body).digest("hex"),
			terms: termsOf(server, policy),
		};
	}

	#apiKey(server: ServerRow): string | null {
		if (server.api_key === null) return null;
		try {
			return this.#ports.vault.open(server.api_key, keyPlace(server.id));
		} catch (error) {
			if (!(error instanceof SecretError)) throw error;
			throw new EngineError("CONFLICT", error.message);
		}
	}

	#isConfirmed(tenantKey: number, terms: string): boolean {
		const { reads } = this.#ports.store;
		return confirmationOf(reads, tenantKey, terms) !== undefined;
	}

	#needWritable(): void {
		if (this.#ports.store.readOnly) throw new EngineError("READ_ONLY");
	}
}

/** What somebody agrees to: where it goes and which kinds of fields. */
function termsOf(server: ServerRow, policy: EgressPolicy): string {
	const terms = [
		server.kind,
		server.base_url,
		server.model,
		server.is_local,
		policy.fields.toSorted(),
		policy.labels.toSorted(),
	];
	return createHash("sha256").update(canonicalJson(terms)).digest("hex");
}

function keyPlace(id: string) {
	return { table: "model_servers", id, column: "api_key" };
}

function checkAddress(baseUrl: string): void {
	const url = URL.parse(baseUrl);
	const isUsable =
		url !== null &&
		(url.protocol === "https:" || url.protocol === "http:") &&
		url.username === "" &&
		url.password === "" &&
		url.search === "" &&
		url.hash === "";
	if (isUsable) return;
	throw new EngineError(
		"INVALID",
		"baseUrl must be an http or https address without a user, a query or a fragment",
		{ field: "baseUrl" },
	);
}
