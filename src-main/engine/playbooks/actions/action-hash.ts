import { createHash } from "node:crypto";
import { canonicalJson } from "../../../../src-shared/sync/canonical-json.ts";
import type { TenantRef } from "../../identity/access/index.ts";
import type { JsonValue, ResolvedStep } from "../definition.ts";

/** SHA-256 (hex) over the canonical JSON of a value. Throws TypeError on what JSON cannot carry. */
export function hashOf(value: JsonValue): string {
	return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/**
 * Of everything a dry run would do, and where: what an approval is of. Who may see it must
 * not find secret parameters by guessing: then there is a `salt`.
 */
export function dryRunHash(
	tenant: TenantRef,
	incidentId: string,
	contentHash: string,
	salt = "",
): string {
	return hashOf({
		tenant: tenant.id,
		incident: incidentId,
		contentHash,
		...(salt === "" ? {} : { salt }),
	});
}

/** The same of a rollback: of one execution, with the values it restores filled in. */
export function rollbackHash(
	tenant: TenantRef,
	incidentId: string,
	executionId: string,
	steps: readonly ResolvedStep[],
	salt = "",
): string {
	return hashOf({
		tenant: tenant.id,
		incident: incidentId,
		rollbackOf: executionId,
		steps: steps as unknown as JsonValue,
		...(salt === "" ? {} : { salt }),
	});
}
