import { randomBytes } from "node:crypto";
import { EngineError } from "../../../engine/errors.ts";
import type { Clock } from "../../../engine/ports.ts";
import type { Caller } from "../caller.ts";

export const ticketSeconds = 30;
const mostTickets = 10_000;

/**
 * One-time tickets for readers that can send no header with a stream. A ticket opens one
 * stream in the name of whoever asked for it, and that stream ends with their credential.
 */
export class StreamTickets {
	readonly #clock: Clock;
	readonly #tickets = new Map<string, { caller: Caller; expiresAt: number }>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	issue(caller: Caller): string {
		this.#forgetExpired();
		if (this.#tickets.size >= mostTickets) {
			throw new EngineError("UNAVAILABLE", "Too many tickets are unused.");
		}
		const ticket = `et_${randomBytes(32).toString("base64url")}`;
		this.#tickets.set(ticket, {
			caller,
			expiresAt: this.#clock.monotonic() + ticketSeconds * 1_000,
		});
		return ticket;
	}

	/** Spends a ticket; null when it is unknown, spent or too old, or its credential ended. */
	redeem(ticket: string): Caller | null {
		const known = this.#tickets.get(ticket);
		this.#tickets.delete(ticket);
		if (known === undefined || known.expiresAt <= this.#clock.monotonic()) {
			return null;
		}
		return known.caller.now() === null ? null : known.caller;
	}

	/** Tickets all live equally long, so the oldest are the first to go. */
	#forgetExpired(): void {
		const now = this.#clock.monotonic();
		for (const [ticket, { expiresAt }] of this.#tickets) {
			if (expiresAt > now) return;
			this.#tickets.delete(ticket);
		}
	}
}
