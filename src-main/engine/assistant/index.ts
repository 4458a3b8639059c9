/**
 * The model server of each tenant, and what may be sent to it.
 *
 * Offers: `AssistantService`: the server's settings, a policy of what may leave, a preview of
 * exactly that, and the one way to ask.
 * Needs: The command store, the vault for the server's key, the way out to other machines, and
 * the ledger of analytics.
 * Does not touch: Incidents and hypotheses: it is handed the material of a case, and its
 * answers are claims that insight weighs.
 *
 * ```ts
 * const answered = await assistant.ask(tenantKey, material);
 * if ("claims" in answered) weigh(answered.claims);
 * ```
 */

export { AssistantService } from "./assistant-service.ts";
export type {
	CaseMaterial,
	MaterialField,
	MaterialRecord,
} from "./case-material.ts";
export type { ModelClaim } from "./claims.ts";
