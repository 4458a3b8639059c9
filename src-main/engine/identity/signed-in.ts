import { must } from "../../../src-shared/domain/must.ts";
import { EngineError } from "../errors.ts";
import { type Account, roleOf } from "./accounts/accounts.ts";
import type { Principal } from "./principal.ts";

/** A person who has just proved who they are. */
export interface SignedIn {
	readonly account: Account;
	readonly projectId: string;
	readonly accessToken: string;
	readonly refreshToken: string;
}

/** What a live access token says. */
export interface TokenHolder {
	/** With the role in the tenant: for every API but B. */
	readonly principal: Principal;
	/** With the role in the project: for API B. */
	readonly inProject: Principal;
	readonly account: Account;
	readonly projectId: string;
	readonly tokenId: string;
	readonly familyId: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
}

/** A browser's session of the war room. */
export interface UiSession {
	readonly principal: Principal;
	readonly account: Account;
	/** Not secret: the hash of the cookie. */
	readonly sessionId: string;
}

export function taken(): EngineError {
	return new EngineError("TAKEN", "That address is already registered.", {
		field: "email",
	});
}

export function sessionOwner(account: Account): {
	tenantKey: number;
	userKey: number;
} {
	return { tenantKey: account.tenant.key, userKey: account.key };
}

/** The holder of a token of an account that has a role in the project. */
export function holderOf(
	account: Account,
	claim: Pick<TokenHolder, "projectId" | "tokenId" | "familyId" | "expiresAt">,
): TokenHolder {
	const { projectId, tokenId, familyId, expiresAt } = claim;
	return {
		principal: principalOf(account, null),
		inProject: principalOf(account, projectId),
		account,
		projectId,
		tokenId,
		familyId,
		expiresAt,
	};
}

/** Who an account acts as in its tenant; null for one that is turned off or has no role. */
export function activePrincipal(account: Account): Principal | null {
	return account.isActive && roleOf(account, null) !== null
		? principalOf(account, null)
		: null;
}

export function principalOf(
	account: Account,
	projectId: string | null,
): Principal {
	const { key, id, name } = account.tenant;
	return {
		tenant: { key, id, name },
		actor: { kind: "person", id: account.id, name: account.fullName },
		role: must(roleOf(account, projectId), "checked before"),
		isLocalOwner: false,
	};
}
