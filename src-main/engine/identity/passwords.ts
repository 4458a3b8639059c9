import { EngineError } from "../errors.ts";
import type { Clock, Log, PasswordScheme } from "../ports.ts";
import type { CommandStore, Transaction, UnitOfWork } from "../store/index.ts";
import type { Account, Accounts } from "./accounts/accounts.ts";
import { foldEmail } from "./accounts/registration-form.ts";
import { LoginBackoff } from "./credentials/login-backoff.ts";
import {
	hashPassword,
	preferredScheme,
	unmatchable,
	verifyPassword,
} from "./credentials/password-hash.ts";
import { Turnstile } from "./credentials/turnstile.ts";

/** Checks and makes passwords: two at a time, alike in time for known and unknown addresses, slower with every failure. */
export class Passwords {
	readonly #work: UnitOfWork;
	readonly #accounts: Accounts;
	readonly #backoff: LoginBackoff;
	readonly #scheme: PasswordScheme;
	readonly #unmatchable: string;
	readonly #turnstile = new Turnstile(2);

	constructor(
		store: CommandStore,
		accounts: Accounts,
		ports: { clock: Clock; log: Log; passwordScheme?: PasswordScheme },
	) {
		this.#work = store.work;
		this.#accounts = accounts;
		this.#backoff = new LoginBackoff(store, ports);
		this.#scheme = ports.passwordScheme ?? preferredScheme;
		this.#unmatchable = unmatchable(this.#scheme);
	}

	/** Forgets failures of long ago. */
	purge(transaction: Transaction): void {
		this.#backoff.purge(transaction);
	}

	/** The PHC string of a new password. */
	hash(password: string): Promise<string> {
		return this.#turnstile.run(() => hashPassword(password, this.#scheme));
	}

	/** The account whose password this is, as it is now. Throws UNAUTHENTICATED or RATE_LIMITED. */
	check(email: string, password: string): Promise<Account> {
		return this.#turnstile.run(async () => {
			const folded = foldEmail(email);
			const wait = this.#backoff.waitSeconds(folded);
			if (wait > 0) {
				throw new EngineError(
					"RATE_LIMITED",
					`Too many attempts for this account; try again in ${wait} s.`,
					{ retryAfterSeconds: wait },
				);
			}
			for (;;) {
				const account = this.#accounts.byEmail(email);
				const stored = account?.passwordHash ?? this.#unmatchable;
				const { matches, isOutdated } = await verifyPassword(
					password,
					stored,
					this.#scheme,
				);
				if (!matches || account === null || !account.isActive) {
					this.#backoff.failed(folded);
					throw new EngineError("UNAUTHENTICATED", "Invalid credentials.");
				}
				const renewed = isOutdated
					? await hashPassword(password, this.#scheme)
					: null;
				// A person can be turned off or get another password while theirs is hashed.
				const now = this.#accounts.byKey(account.key);
				if (now?.isActive !== true || now.passwordHash !== stored) continue;
				this.#backoff.succeeded(folded);
				if (renewed !== null) {
					this.#work.run((transaction) =>
						this.#accounts.setPasswordHash(transaction, now, renewed),
					);
				}
				return now;
			}
		});
	}
}
