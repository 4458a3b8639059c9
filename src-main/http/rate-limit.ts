import type {
	FastifyReply,
	FastifyRequest,
	onRequestHookHandler,
} from "fastify";
import { EngineError } from "../engine/errors.ts";
import type { Clock } from "../engine/ports.ts";
import { limits, scaled } from "./limits.ts";

const keysKept = 10_000;

/** What the headers say, for the document of an API whose reset is an epoch. */
export const epochHeaders = {
	"X-RateLimit-Limit": "Requests of this kind in one window.",
	"X-RateLimit-Remaining": "Requests left in this window.",
	"X-RateLimit-Reset": "When the window ends, in epoch seconds.",
} as const;

export interface RateLimit {
	/** Names the policy in the headers. */
	readonly name: string;
	readonly requests: number;
	readonly windowSeconds: number;
	/** What `X-RateLimit-Reset` counts: API A says when (epoch seconds), API B in how many seconds. */
	readonly reset: "epoch" | "delta";
}

/**
 * Fixed windows per key, on the monotonic clock, so that setting the machine's clock
 * neither frees nor freezes anyone. Written here because the two APIs' headers differ
 * and @fastify/rate-limit counts on the wall clock.
 *
 * With a scale of 0 nothing is counted or refused. The headers stay, because programs
 * read them: they name the limit as it is documented, and all of it remains.
 */
export class RateLimiter {
	readonly #limit: RateLimit;
	readonly #requests: number;
	readonly #clock: Clock;
	readonly #windows = new Map<string, { count: number; startedAt: number }>();

	/** `scale` multiplies the limit; 0 turns it off. */
	constructor(limit: RateLimit, scale: number, clock: Clock) {
		this.#limit = limit;
		this.#requests = scaled(limit.requests, scale);
		this.#clock = clock;
	}

	/** Counts one request, writes the headers, and throws RATE_LIMITED when it is one too many. */
	take(key: string, reply: FastifyReply): void {
		const { requests, windowSeconds } = this.#limit;
		if (this.#requests === 0) {
			this.#tell(reply, requests, requests, windowSeconds);
			return;
		}
		const now = this.#clock.monotonic();
		const window = this.#windowOf(key, now);
		window.count++;
		const remaining = Math.max(0, this.#requests - window.count);
		const seconds = Math.ceil(this.#left(window, now) / 1000);
		this.#tell(reply, this.#requests, remaining, seconds);
		if (window.count > this.#requests) {
			throw new EngineError(
				"RATE_LIMITED",
				`Too many requests; try again in ${seconds} s.`,
				{ retryAfterSeconds: seconds },
			);
		}
	}

	#tell(
		reply: FastifyReply,
		requests: number,
		remaining: number,
		seconds: number,
	): void {
		const { name, windowSeconds, reset } = this.#limit;
		reply.headers({
			"x-ratelimit-limit": requests,
			"x-ratelimit-remaining": remaining,
			"x-ratelimit-reset":
				reset === "delta"
					? seconds
					: Math.ceil(this.#clock.now() / 1000) + seconds,
			"ratelimit-policy": `"${name}";q=${requests};w=${windowSeconds}`,
			ratelimit: `"${name}";r=${remaining};t=${seconds}`,
		});
	}

	#windowOf(key: string, now: number): { count: number; startedAt: number } {
		const known = this.#windows.get(key);
		if (known !== undefined && this.#left(known, now) > 0) return known;
		if (this.#windows.size >= keysKept) this.#forget(now);
		const window = { count: 0, startedAt: now };
		this.#windows.set(key, window);
		return window;
	}

	/**
	 * Milliseconds until a window ends, never more than it is long: of a clock with
	 * fractions, `(now + 60_000) - now` can be a hair above 60,000.
	 */
	#left({ startedAt }: { startedAt: number }, now: number): number {
		return this.#limit.windowSeconds * 1000 - (now - startedAt);
	}

	#forget(now: number): void {
		for (const [key, window] of this.#windows) {
			if (this.#left(window, now) <= 0) this.#windows.delete(key);
		}
		if (this.#windows.size >= keysKept) this.#windows.clear();
	}
}

/** The rule of API A, kept on every sign-in route: 10 attempts per 60 s and address. */
export function authLimit(reset: RateLimit["reset"]): RateLimit {
	return { ...limits.platformAuth, name: "auth", reset };
}

export function limitRequests(
	limiter: RateLimiter,
	keyOf: (request: FastifyRequest) => string,
): onRequestHookHandler {
	return (request, reply, done) => {
		try {
			limiter.take(keyOf(request), reply);
		} catch (error) {
			done(error instanceof Error ? error : new Error(String(error)));
			return;
		}
		done();
	};
}

/** The caller's address: the only key of a person who has not signed in. */
export function callerAddress(request: FastifyRequest): string {
	return request.ip;
}
