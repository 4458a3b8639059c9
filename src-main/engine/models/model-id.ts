import { deterministicId } from "../deterministic-id.ts";
import type { TenantRef } from "../identity/access/index.ts";

const canonicalUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for a UUID as Tocsin writes it: lower case, with hyphens. */
export function isCanonicalUuid(text: string): boolean {
	return canonicalUuid.test(text);
}

/**
 * The UUID of a model, the same on every replica: a key that is a UUID already is its own,
 * any other gives one of its tenant's UUID and itself.
 *
 * | tenant | key | id |
 * |---|---|---|
 * | any | `550e8400-e29b-41d4-a716-446655440000` | the same |
 * | one | `fraud` | `deterministicId(["model", one, "fraud"])` |
 */
export function modelIdOf({ id: tenantId }: TenantRef, key: string): string {
	return isCanonicalUuid(key) ? key : deterministicId(["model", tenantId, key]);
}
