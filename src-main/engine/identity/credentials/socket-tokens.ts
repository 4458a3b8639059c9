import type { Clock, Random } from "../../ports.ts";
import { hashSecret, makeSecret } from "./secret-text.ts";

const lifetimeMillis = 60_000;
const mostPerPerson = 100;

/** What a socket's token stands for: the access token that it was asked with. */
export interface SocketClaim {
	readonly userId: string;
	readonly projectId: string;
	readonly tokenId: string;
	readonly familyId: string;
	/** When the access token expires, epoch milliseconds. */
	readonly expiresAt: number;
}

/**
 * Tokens that open one WebSocket each, within a minute. They live in memory alone and die
 * with the engine; a page holds one in place of the access token, which its cookie hides.
 */
export class SocketTokens {
	readonly #clock: Clock;
	readonly #random: Random;
	/** By the hash of the token, oldest first. */
	readonly #tokens = new Map<
		string,
		SocketClaim & { readonly endsAt: number }
	>();

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	issue(claim: SocketClaim): string {
		const now = this.#clock.monotonic();
		const own: string[] = [];
		for (const [hash, known] of this.#tokens) {
			if (known.endsAt <= now) this.#tokens.delete(hash);
			else if (known.userId === claim.userId) own.push(hash);
		}
		// A page that asks without end pushes out its own first tokens, and nobody else's.
		const [oldest] = own;
		if (oldest !== undefined && own.length >= mostPerPerson) {
			this.#tokens.delete(oldest);
		}
		const token = makeSecret("wt", this.#random);
		this.#tokens.set(hashSecret(token), {
			...claim,
			endsAt: now + lifetimeMillis,
		});
		return token;
	}

	/** Spends a token; null for one that is unknown, spent or too old. */
	redeem(token: string): SocketClaim | null {
		const hash = hashSecret(token);
		const known = this.#tokens.get(hash);
		this.#tokens.delete(hash);
		return known === undefined || known.endsAt <= this.#clock.monotonic()
			? null
			: known;
	}
}
