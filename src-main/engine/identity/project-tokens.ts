import { must } from "../../../src-shared/domain/must.ts";
import { EngineError } from "../errors.ts";
import { type Account, type Accounts, roleOf } from "./accounts/accounts.ts";
import type { AccessTokens } from "./credentials/access-tokens.ts";
import type { RefreshTokens } from "./credentials/refresh-tokens.ts";
import type { SocketTokens } from "./credentials/socket-tokens.ts";
import { holderOf, memberOf, type TokenHolder } from "./signed-in.ts";

export interface ProjectTokensPorts {
	readonly accounts: Accounts;
	readonly access: AccessTokens;
	readonly refresh: RefreshTokens;
	readonly sockets: SocketTokens;
	readonly isRevoked: (token: { tokenId: string; familyId: string }) => boolean;
}

/** Tokens that are of a project: the access token after a switch, and those of WebSockets. */
export class ProjectTokens {
	readonly #ports: ProjectTokensPorts;

	constructor(ports: ProjectTokensPorts) {
		this.#ports = ports;
	}

	/**
	 * A new access token for another project of the person's; the refresh tokens of the same
	 * sign-in follow. Throws NOT_FOUND for another tenant's project, FORBIDDEN where the
	 * person is no member, CONFLICT for one that is not active.
	 */
	async switchTo(
		holder: TokenHolder,
		projectId: string,
		accessLifetimeSeconds: number,
	): Promise<TokenHolder & { readonly accessToken: string }> {
		const { accounts, access, refresh } = this.#ports;
		const { tenant } = holder.principal;
		const account = must(accounts.byId(holder.account.id), "signed in");
		const { project } = memberOf(account).in(projectId);
		if (roleOf(account, projectId) === null) {
			throw new EngineError(
				"FORBIDDEN",
				"You look into this project as an admin of the tenant; to work in it, be added to it.",
			);
		}
		if (!project.isActive) {
			throw new EngineError("CONFLICT", `${project.name} is not active.`);
		}
		refresh.moveFamily(tenant.key, holder.familyId, projectId);
		const accessToken = await access.sign(
			{
				userId: account.id,
				tenantId: account.tenant.id,
				projectId,
				familyId: holder.familyId,
			},
			accessLifetimeSeconds,
		);
		return { ...holderOf(account, { ...holder, projectId }), accessToken };
	}

	/** A token that opens one WebSocket within a minute, as this person in this project. */
	issueForSocket({
		account,
		projectId,
		tokenId,
		familyId,
		expiresAt,
	}: TokenHolder): string {
		const claim = { userId: account.id, projectId, tokenId, familyId };
		return this.#ports.sockets.issue({ ...claim, expiresAt });
	}

	/** Spends such a token; null when it is no good, or the person is not in the project any more. */
	redeemForSocket(token: string): TokenHolder | null {
		const claim = this.#ports.sockets.redeem(token);
		return claim === null ? null : this.#current(claim.userId, claim);
	}

	/** The holder as they are now; null once signed out, turned off or out of the project. For connections that outlive a request. */
	current(holder: TokenHolder): TokenHolder | null {
		return this.#current(holder.account.id, holder);
	}

	#current(
		userId: string,
		claim: Pick<
			TokenHolder,
			"projectId" | "tokenId" | "familyId" | "expiresAt"
		>,
	): TokenHolder | null {
		const { accounts, isRevoked } = this.#ports;
		if (isRevoked(claim)) return null;
		const account: Account | null = accounts.byId(userId);
		if (account?.isActive !== true) return null;
		if (roleOf(account, claim.projectId) === null) return null;
		return holderOf(account, claim);
	}
}
