import { timingSafeEqual } from "node:crypto";
import type { TenantSettings } from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { Clock, Log, Ports } from "../ports.ts";
import type { CommandStore } from "../store/index.ts";
import type { Principal, TenantRef } from "./access/index.ts";
import type { Member } from "./access/member.ts";
import { tocsinOf } from "./access/tocsin.ts";
import {
	type Account,
	Accounts,
	firstProject,
	roleOf,
} from "./accounts/accounts.ts";
import { makeLocalTenant } from "./accounts/local-tenant.ts";
import { readForm, registrationForm } from "./accounts/registration-form.ts";
import { ApiKeys } from "./api-keys.ts";
import { AccessTokens } from "./credentials/access-tokens.ts";
import { forwardClock } from "./credentials/forward-clock.ts";
import {
	type FamilyMember,
	RefreshTokens,
} from "./credentials/refresh-tokens.ts";
import { hashSecret, makeSecret } from "./credentials/secret-text.ts";
import { SigningKeys } from "./credentials/signing-keys.ts";
import { SocketTokens } from "./credentials/socket-tokens.ts";
import { Members } from "./members.ts";
import { Passwords } from "./passwords.ts";
import { ProjectTokens } from "./project-tokens.ts";
import { Projects } from "./projects/projects.ts";
import {
	activeMember,
	holderOf,
	memberOf,
	type SignedIn,
	sessionOwner,
	type TokenHolder,
	taken,
	type UiSession,
} from "./signed-in.ts";
import { TenantSettingsTable } from "./tenant-settings.ts";
import { TokenDenylist } from "./token-denylist.ts";
import { UiSessions } from "./ui-sessions.ts";

const housekeepingMillis = 30_000;

/**
 * Who people and programs are: registration, signing in, tokens, API keys and sessions.
 *
 * A data folder has a local tenant and a local owner from its first start, so that the
 * desktop's window and the command line need no sign-in. The first registration claims
 * both: it renames the tenant and gives the owner a name and a password, so that what was
 * ingested before is there after signing in. It does so only while nobody in the local
 * tenant has a password; every later registration makes a tenant of its own.
 */
export class IdentityService {
	readonly apiKeys: ApiKeys;
	readonly sessions: UiSessions;
	readonly members: Members;
	readonly projects: Projects;
	/** Tokens that are of a project. */
	readonly projectTokens: ProjectTokens;
	/** Signs the command line in to this running engine as the local owner; dies with the engine. */
	readonly localToken: string;
	readonly #store: CommandStore;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #allowRegistration: boolean;
	readonly #accounts: Accounts;
	readonly #signingKeys: SigningKeys;
	readonly #access: AccessTokens;
	readonly #refresh: RefreshTokens;
	readonly #denylist: TokenDenylist;
	readonly #passwords: Passwords;
	readonly #settings: TenantSettingsTable;
	readonly #membersChanged: (tenantKey: number) => void;
	readonly #housekeeping: NodeJS.Timeout;

	constructor(
		store: CommandStore,
		ports: Pick<Ports, "clock" | "random" | "log" | "passwordScheme">,
		options: {
			dataDirectory: string;
			allowRegistration: boolean;
			/** The people of a tenant or its rules changed. */
			membersChanged: (tenantKey: number) => void;
		},
	) {
		const clock = forwardClock(ports.clock);
		const { random, log } = ports;
		this.#store = store;
		this.#clock = clock;
		this.#log = log;
		this.#allowRegistration = options.allowRegistration;
		this.#accounts = new Accounts(store.reads, clock, random);
		this.#signingKeys = new SigningKeys(options.dataDirectory, clock, random);
		this.#access = new AccessTokens(this.#signingKeys, clock, random);
		this.#refresh = new RefreshTokens(store.work, { clock, random, log });
		this.#denylist = new TokenDenylist(store.work, clock);
		this.#passwords = new Passwords(store, this.#accounts, {
			...ports,
			clock,
		});
		if (!store.readOnly) makeLocalTenant(store.work, this.#accounts);
		this.apiKeys = new ApiKeys(store.work, clock, random, (tenantKey) =>
			this.#accounts.placesOf(tenantKey, null),
		);
		this.sessions = new UiSessions(store.work, clock, random);
		this.#membersChanged = options.membersChanged;
		this.members = new Members({
			work: store.work,
			accounts: this.#accounts,
			passwords: this.#passwords,
			refresh: this.#refresh,
			sessions: this.sessions,
			log,
			changed: this.#membersChanged,
		});
		this.projects = new Projects({
			work: store.work,
			accounts: this.#accounts,
			clock,
			random,
			log,
			changed: this.#membersChanged,
			signOut: (transaction, account) =>
				this.members.signOut(transaction, account),
			setTenantRole: (by, userId, role) => {
				this.members.setRole(by, userId, role);
			},
		});
		this.projectTokens = new ProjectTokens({
			accounts: this.#accounts,
			access: this.#access,
			refresh: this.#refresh,
			sockets: new SocketTokens(clock, random),
			isRevoked: (token) => this.isTokenRevoked(token),
		});
		this.#settings = new TenantSettingsTable(
			store.work,
			this.members,
			{ clock, log },
			this.#membersChanged,
		);
		this.localToken = makeSecret("lo", random);
		this.#housekeeping = setInterval(
			() => this.#keepHouse(),
			housekeepingMillis,
		);
		this.#housekeeping.unref();
	}

	/** Writes down what is held back and stops. */
	close(): void {
		clearInterval(this.#housekeeping);
		this.#keepHouse();
	}

	/** The desktop's own window and the command line on this machine. */
	localPrincipal(): Member<"owner"> {
		return memberOf(this.#localOwner(), true).needs("owner");
	}

	/** The local owner for the running engine's own token, null for any other. */
	authenticateLocalToken(token: string): Member<"owner"> | null {
		const given = Buffer.from(hashSecret(token));
		const wanted = Buffer.from(hashSecret(this.localToken));
		return timingSafeEqual(given, wanted) ? this.localPrincipal() : null;
	}

	/** Synchronous, about a microsecond; null for a malformed, unknown or revoked key. */
	authenticateApiKey(key: string): Member<"engineer"> | null {
		return this.apiKeys.authenticate(key);
	}

	/** Registers a person with a tenant, from what came in a request. Throws INVALID, TAKEN or FORBIDDEN. */
	async register(
		input: unknown,
		accessLifetimeSeconds: number,
	): Promise<SignedIn> {
		if (!this.#allowRegistration) {
			throw new EngineError("FORBIDDEN", "Registration is turned off.");
		}
		const form = readForm(registrationForm, input);
		if (this.#accounts.byEmail(form.email) !== null) throw taken();
		const passwordHash = await this.#passwords.hash(form.password);
		const person = {
			email: form.email,
			fullName: form.full_name,
			passwordHash,
		};
		this.#store.work.run((transaction) => {
			const owner = this.#localOwner();
			if (!this.#accounts.isClaimed(owner.tenant.key)) {
				this.#accounts.claim(transaction, owner, person);
				this.#accounts.renameTenant(
					transaction,
					owner.tenant.key,
					form.tenant_name,
				);
				transaction.afterCommit(() => {
					this.apiKeys.reload();
					this.#membersChanged(owner.tenant.key);
				});
				return;
			}
			const { tenantKey } = this.#accounts.addTenant(
				transaction,
				form.tenant_name,
			);
			this.#accounts.addUser(transaction, {
				...person,
				tenantKey,
				role: "owner",
			});
		});
		const account = must(this.#accounts.byEmail(form.email), "just registered");
		return await this.#signIn(account, accessLifetimeSeconds);
	}

	/** Signs in by password. Throws UNAUTHENTICATED, alike for a wrong password and an unknown address, or RATE_LIMITED. */
	async login(
		email: string,
		password: string,
		accessLifetimeSeconds: number,
	): Promise<SignedIn> {
		const account = await this.#passwords.check(email, password);
		return await this.#signIn(account, accessLifetimeSeconds);
	}

	/** Trades a refresh token for the next one and a new access token. Throws UNAUTHENTICATED. */
	async refresh(
		refreshToken: string,
		accessLifetimeSeconds: number,
	): Promise<SignedIn> {
		const member = this.#refresh.rotate(refreshToken);
		const account = this.#accounts.byKey(member.userKey);
		if (account === null || !account.isActive) {
			this.#refresh.revokeFamily(member.familyId);
			throw new EngineError("UNAUTHENTICATED");
		}
		const isIn = account.projects.some(
			({ id, isActive }) => id === member.projectId && isActive,
		);
		return await this.#issue(
			account,
			isIn ? member : { ...member, projectId: firstProject(account).id },
			accessLifetimeSeconds,
		);
	}

	/** Ends an access token and its whole family. */
	logout(holder: TokenHolder): void {
		this.#denylist.add(
			holder.principal.tenant.key,
			holder.tokenId,
			holder.expiresAt,
		);
		this.#refresh.revokeFamily(holder.familyId);
	}

	/** Ends the family of a refresh token alone: all that is left when the access token has expired. */
	logoutByRefreshToken(refreshToken: string): void {
		this.#refresh.revokeByToken(refreshToken);
	}

	/** Null for anything but a live access token of a person who is still active. */
	async authenticateAccessToken(token: string): Promise<TokenHolder | null> {
		const claims = await this.#access.verify(token);
		if (claims === null) return null;
		if (this.isTokenRevoked({ tokenId: claims.jti, familyId: claims.fam })) {
			return null;
		}
		const account = this.#accounts.byId(claims.sub);
		if (account === null || !account.isActive) return null;
		if (account.tenant.id !== claims.tid) return null;
		if (roleOf(account, claims.pid) === null) return null;
		return holderOf(account, {
			projectId: claims.pid,
			tokenId: claims.jti,
			familyId: claims.fam,
			expiresAt: claims.exp * 1000,
		});
	}

	/** True once a token was signed out or its family ended; for connections that outlive a request. */
	isTokenRevoked(token: { tokenId: string; familyId: string }): boolean {
		return (
			this.#denylist.has(token.tokenId) ||
			this.#refresh.isRevoked(token.familyId)
		);
	}

	/** Begins a browser session by password; answers its cookie. Throws as `login` does. */
	async startSession(email: string, password: string): Promise<string> {
		const account = await this.#passwords.check(email, password);
		return this.sessions.start(sessionOwner(account));
	}

	/** A one-time ticket, good for five minutes, that signs a browser in as the local owner. */
	issueTicket(): string {
		return this.sessions.issueTicket(sessionOwner(this.#localOwner()));
	}

	/** Whose session a cookie is; null when it is over. */
	authenticateSession(cookie: string): UiSession | null {
		return this.#session(this.sessions.find(cookie));
	}

	/** The same by the session's id; for connections that outlive a request. */
	sessionById(sessionId: string): UiSession | null {
		return this.#session(this.sessions.byId(sessionId));
	}

	/** Adds a person to the principal's tenant. Throws FORBIDDEN, INVALID or TAKEN. */
	addUser(
		principal: Member<"admin">,
		input: { email: string; name: string; password: string; role: Role },
	): Promise<{ id: string; email: string; name: string }> {
		return this.members.add(principal, input);
	}

	/** The rules that a tenant chose for itself, and what they come to now. */
	settings(tenantKey: number): TenantSettings {
		return this.#settings.get(tenantKey);
	}

	setSettings(
		principal: Member<"admin">,
		settings: Pick<TenantSettings, "fourEyes">,
	): TenantSettings {
		return this.#settings.set(principal, settings);
	}

	/** An active person of the tenant by address or id, with their role in it; null for anyone else. */
	findApprover(tenant: TenantRef, emailOrId: string): Member | null {
		const account =
			this.#accounts.byEmail(emailOrId) ?? this.#accounts.byId(emailOrId);
		return account?.tenant.key === tenant.key ? activeMember(account) : null;
	}

	/** The same by the user's id alone. */
	principalOfUser(tenant: TenantRef, userId: string): Member | null {
		const account = this.#accounts.byId(userId);
		return account?.tenant.key === tenant.key ? activeMember(account) : null;
	}

	/** People of a tenant who can own an incident. */
	ownersOf(tenantKey: number): { id: string; name: string; email: string }[] {
		return this.#accounts.ofTenant(tenantKey);
	}

	/** A person of the principal's tenant by id; null for anyone else's. */
	person(
		principal: Principal,
		userId: string,
	): { id: string; name: string; email: string } | null {
		const account = this.#accounts.byId(userId);
		if (account === null || account.tenant.key !== principal.tenant.key) {
			return null;
		}
		return { id: account.id, name: account.fullName, email: account.email };
	}

	/** Tocsin itself, for work that no request asked for, under the name of what it does. */
	tocsin(tenantKey: number, name = "Tocsin"): Member<"engineer"> {
		const tenant = must(this.tenant(tenantKey), "a tenant is never removed");
		return tocsinOf(tenant, name);
	}

	/** A tenant by its integer key, for work that no request asked for. */
	tenant(tenantKey: number): TenantRef | null {
		return this.#accounts.tenant(tenantKey);
	}

	/** Signs new tokens with a new key; the key before verifies on until the next rotation. */
	rotateSigningKey(): void {
		this.#signingKeys.rotate();
	}

	async #signIn(
		account: Account,
		accessLifetimeSeconds: number,
	): Promise<SignedIn> {
		const member = this.#refresh.start({
			...sessionOwner(account),
			projectId: firstProject(account).id,
		});
		return await this.#issue(account, member, accessLifetimeSeconds);
	}

	async #issue(
		account: Account,
		member: FamilyMember,
		accessLifetimeSeconds: number,
	): Promise<SignedIn> {
		const accessToken = await this.#access.sign(
			{
				userId: account.id,
				tenantId: account.tenant.id,
				projectId: member.projectId,
				familyId: member.familyId,
			},
			accessLifetimeSeconds,
		);
		return {
			account,
			projectId: member.projectId,
			accessToken,
			refreshToken: member.token,
		};
	}

	#session(
		found: { userKey: number; sessionId: string } | null,
	): UiSession | null {
		if (found === null) return null;
		const account = this.#accounts.byKey(found.userKey);
		const principal = account === null ? null : activeMember(account);
		if (account === null || principal === null) return null;
		return { principal, account, sessionId: found.sessionId };
	}

	#localOwner(): Account {
		return must(
			this.#accounts.localOwner(),
			"every data folder has a local owner",
		);
	}

	#keepHouse(): void {
		if (this.#store.readOnly) return;
		try {
			this.apiKeys.flush();
			this.#store.work.run((transaction) => {
				this.#passwords.purge(transaction);
				this.#denylist.purge(transaction);
				this.#refresh.purge(transaction);
				this.sessions.purge(transaction);
			});
		} catch (error) {
			this.#log.warn({ error }, "the credentials' housekeeping failed");
		}
	}
}
