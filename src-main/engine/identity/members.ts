import type { Member as Person } from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { type Role, roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { Log } from "../ports.ts";
import type { Transaction, UnitOfWork } from "../store/index.ts";
import type { Member } from "./access/index.ts";
import type { Account, Accounts } from "./accounts/accounts.ts";
import { newUserForm, readForm } from "./accounts/registration-form.ts";
import type { RefreshTokens } from "./credentials/refresh-tokens.ts";
import type { Passwords } from "./passwords.ts";
import { sessionOwner } from "./signed-in.ts";
import type { UiSessions } from "./ui-sessions.ts";

export interface MembersPorts {
	readonly work: UnitOfWork;
	readonly accounts: Accounts;
	readonly passwords: Passwords;
	readonly refresh: RefreshTokens;
	readonly sessions: UiSessions;
	readonly log: Log;
	/** Members of this tenant changed. */
	readonly changed: (tenantKey: number) => void;
}

/**
 * The people of a tenant and what they may do. Nobody gives or takes more than their own
 * role; the last active owner stays one; the owner of this machine stays what they are,
 * because the desktop's window acts as them without signing in. API keys are of the
 * tenant, and live on when the person who made them is turned off.
 */
export class Members {
	readonly #ports: MembersPorts;

	constructor(ports: MembersPorts) {
		this.#ports = ports;
	}

	/** Everybody of the tenant, by name. */
	list(tenantKey: number): Person[] {
		return this.#ports.accounts.everyoneOf(tenantKey).map(memberOf);
	}

	/** Adds a person to the principal's tenant. Throws FORBIDDEN, INVALID or TAKEN. */
	async add(
		principal: Member<"admin">,
		input: { email: string; name: string; password: string; role: Role },
	): Promise<{ id: string; email: string; name: string }> {
		if (!roleAtLeast(principal.role, input.role)) {
			throw new EngineError(
				"FORBIDDEN",
				"Nobody is added above one's own role.",
			);
		}
		const form = readForm(newUserForm, {
			email: input.email,
			full_name: input.name,
			password: input.password,
		});
		const { accounts, passwords } = this.#ports;
		const passwordHash = await passwords.hash(form.password);
		const id = this.#write(principal, (transaction) =>
			accounts.addUser(transaction, {
				tenantKey: principal.tenant.key,
				email: form.email,
				fullName: form.full_name,
				passwordHash,
				role: input.role,
			}),
		);
		this.#note(principal, id, { role: input.role }, "a person was added");
		return { id, email: form.email, name: form.full_name };
	}

	/** Changes what a person may do in the tenant, at once. Throws FORBIDDEN, NOT_FOUND or CONFLICT. */
	setRole(principal: Member<"admin">, id: string, role: Role): Person {
		const member = this.#write(principal, (transaction) => {
			const account = this.#below(principal, id);
			if (!roleAtLeast(principal.role, role)) {
				throw new EngineError(
					"FORBIDDEN",
					`Only an owner makes an owner; you are ${principal.role}.`,
				);
			}
			if (account.role === role) return this.#member(account);
			if (account.isLocalOwner) throw localOwnerStays();
			if (role !== "owner") this.#keepAnOwner(account);
			this.#ports.accounts.setTenantRole(transaction, account, role);
			return this.#member(account);
		});
		this.#note(principal, id, { role }, "a person's role was changed");
		return member;
	}

	/** Turns a person off, which ends their sessions and tokens at once, or on again. Throws FORBIDDEN, NOT_FOUND or CONFLICT. */
	setActive(principal: Member<"admin">, id: string, isActive: boolean): Person {
		const member = this.#write(principal, (transaction) => {
			const account = this.#below(principal, id);
			if (account.isActive === isActive) return this.#member(account);
			if (!isActive) {
				if (account.id === principal.actor.id) {
					throw new EngineError(
						"CONFLICT",
						"You cannot turn yourself off; another admin or owner can.",
					);
				}
				if (account.isLocalOwner) throw localOwnerStays();
				this.#keepAnOwner(account);
				this.signOut(transaction, account);
			} else if (account.projects.length === 0) {
				this.#ports.accounts.rejoin(transaction, account);
			}
			this.#ports.accounts.setActive(transaction, account, isActive);
			return this.#member(account);
		});
		this.#note(
			principal,
			id,
			{},
			isActive ? "a person was turned on" : "a person was turned off",
		);
		return member;
	}

	/**
	 * Gives a person a new password and ends their sessions and tokens. One's own needs the
	 * current one, except in the window of this machine's owner, who is signed in without
	 * any and would otherwise have no way out of forgetting it. Throws FORBIDDEN, NOT_FOUND,
	 * INVALID or RATE_LIMITED.
	 */
	async setPassword(
		principal: Member,
		input: {
			id: string;
			password: string;
			currentPassword?: string | undefined;
		},
	): Promise<Person> {
		const isOwn = input.id === principal.personId;
		if (!isOwn) principal.needs("admin");
		const account = this.#below(principal, input.id);
		const { accounts, passwords } = this.#ports;
		if (isOwn && !principal.isLocalOwner && account.passwordHash !== null) {
			await this.#checkCurrent(account, input.currentPassword ?? "");
		}
		const { password } = readForm(newUserForm.pick({ password: true }), input);
		const passwordHash = await passwords.hash(password);
		const member = this.#write(principal, (transaction) => {
			const now = this.#below(principal, input.id);
			accounts.setPasswordHash(transaction, now, passwordHash);
			this.signOut(transaction, now);
			return this.#member(now);
		});
		this.#note(principal, input.id, {}, "a person got a new password");
		return member;
	}

	/** A person of the principal's tenant who is not above them. */
	#below(principal: Member, id: string): Account {
		const account = this.#ports.accounts.byId(id);
		if (account === null || account.tenant.key !== principal.tenant.key) {
			throw new EngineError("NOT_FOUND", "No such person.");
		}
		const { role } = account;
		if (id !== principal.actor.id && !roleAtLeast(principal.role, role)) {
			throw new EngineError(
				"FORBIDDEN",
				`${account.fullName} is ${role}; you are ${principal.role}.`,
			);
		}
		return account;
	}

	#keepAnOwner(leaving: Account): void {
		const stays = this.#ports.accounts
			.everyoneOf(leaving.tenant.key)
			.some(
				(account) =>
					account.key !== leaving.key &&
					account.isActive &&
					account.role === "owner",
			);
		if (!stays && leaving.isActive && leaving.role === "owner") {
			throw new EngineError(
				"CONFLICT",
				`${leaving.fullName} is the last active owner. Make somebody else an owner first.`,
			);
		}
	}

	async #checkCurrent(account: Account, current: string): Promise<void> {
		try {
			await this.#ports.passwords.check(account.email, current);
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (error.code !== "UNAUTHENTICATED") throw error;
			throw new EngineError("INVALID", "The current password is wrong.", {
				field: "currentPassword",
			});
		}
	}

	/** Ends the sessions and tokens of a person. */
	signOut(transaction: Transaction, account: Account): void {
		const { sessions, refresh } = this.#ports;
		sessions.endAllOf(transaction, sessionOwner(account));
		refresh.revokeAllOf(transaction, sessionOwner(account));
	}

	#member({ key }: Account): Person {
		return memberOf(must(this.#ports.accounts.byKey(key), "found before"));
	}

	#write<Result>(
		{ tenant }: Member,
		work: (transaction: Transaction) => Result,
	): Result {
		return this.#ports.work.run((transaction) => {
			const result = work(transaction);
			transaction.afterCommit(() => this.#ports.changed(tenant.key));
			return result;
		});
	}

	#note(
		{ tenant, actor }: Member,
		person: string,
		fields: Record<string, unknown>,
		message: string,
	): void {
		this.#ports.log.info(
			{ tenant: tenant.id, by: actor.id, person, ...fields },
			message,
		);
	}
}

function localOwnerStays(): EngineError {
	return new EngineError(
		"CONFLICT",
		"This is the owner of this machine: the desktop's window acts as them, so they stay an active owner.",
	);
}

function memberOf(account: Account): Person {
	return {
		id: account.id,
		email: account.email,
		name: account.fullName,
		role: account.role,
		isActive: account.isActive,
		isLocalOwner: account.isLocalOwner,
		canSignIn: account.passwordHash !== null,
		createdAt: account.createdAt,
	};
}
