import { type Member, MemberAs } from "./member.ts";
import type { TenantRef } from "./principal.ts";

/**
 * Tocsin itself, under the name of what it does ("Alert rules"): an engineer in every
 * project, also one that is not active.
 */
export function tocsinOf(tenant: TenantRef, name: string): Member<"engineer"> {
	return MemberAs.of(
		{
			tenant,
			actor: { kind: "monitor", id: null, name },
			role: "engineer",
			isLocalOwner: false,
			places: null,
		},
		"engineer",
	);
}
