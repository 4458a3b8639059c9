import type { Clock } from "../../ports.ts";

const freeFailures = 5;
const longestWaitSeconds = 60;
const forgottenAfterMillis = 15 * 60_000;
const accountsKept = 10_000;

/**
 * Slows down guessing at one account: after five failures in a row each further attempt
 * waits 1, 2, 4 ... 60 s, so a stranger can delay the owner by a minute at most. Unknown
 * addresses are counted too, or the wait would tell them apart.
 */
export class LoginBackoff {
	readonly #clock: Clock;
	readonly #accounts = new Map<
		string,
		{ failures: number; notBefore: number; last: number }
	>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Whole seconds until the next attempt may be made; 0 when it may be made now. */
	waitSeconds(account: string): number {
		const known = this.#accounts.get(account);
		if (known === undefined) return 0;
		const wait = known.notBefore - this.#clock.monotonic();
		return wait > 0 ? Math.ceil(wait / 1000) : 0;
	}

	failed(account: string): void {
		const now = this.#clock.monotonic();
		const known = this.#accounts.get(account);
		const isRecent =
			known !== undefined && now - known.last < forgottenAfterMillis;
		const failures = (isRecent ? known.failures : 0) + 1;
		const over = failures - freeFailures;
		const wait = over < 0 ? 0 : Math.min(longestWaitSeconds, 2 ** over);
		this.#accounts.delete(account);
		this.#accounts.set(account, {
			failures,
			notBefore: now + wait * 1000,
			last: now,
		});
		const oldest = this.#accounts.keys().next();
		if (this.#accounts.size > accountsKept && oldest.done !== true) {
			this.#accounts.delete(oldest.value);
		}
	}

	succeeded(account: string): void {
		this.#accounts.delete(account);
	}
}
