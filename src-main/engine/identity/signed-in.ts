import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { InProject } from "./access/index.ts";
import { type Member, MemberAs } from "./access/member.ts";
import { type Account, roleOf } from "./accounts/accounts.ts";

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
	readonly principal: Member;
	/** With the role in the project: for API B. */
	readonly inProject: InProject;
	readonly account: Account;
	readonly projectId: string;
	readonly tokenId: string;
	readonly familyId: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
}

/** A browser's session of the war room. */
export interface UiSession {
	readonly principal: Member;
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
	const principal = memberOf(account);
	return {
		principal,
		inProject: principal.in(projectId),
		account,
		projectId,
		tokenId,
		familyId,
		expiresAt,
	};
}

/** Who an account acts as in its tenant; null for one that is turned off or has no role. */
export function activeMember(account: Account): Member | null {
	return account.isActive && roleOf(account, null) !== null
		? memberOf(account)
		: null;
}

/** An admin of the tenant looks into every project. */
export function memberOf(account: Account, isLocalOwner = false): Member {
	const { key, id, name } = account.tenant;
	const elsewhere = roleAtLeast(account.role, "admin") ? "viewer" : null;
	const places = () =>
		account.places().map((place) => ({
			...place,
			role: place.role ?? elsewhere,
		}));
	return MemberAs.of(
		{
			tenant: { key, id, name },
			actor: { kind: "person", id: account.id, name: account.fullName },
			role: account.role,
			isLocalOwner,
			places,
		},
		"viewer",
	);
}
