import type { Clock } from "../../../ports.ts";

/** Less is drift or a slow timer, and moves nothing that matters. */
const smallestJump = 5_000;

/**
 * Notices that the wall clock was set, by the clock that only goes on. A machine that slept
 * looks like one whose clock was set ahead: what waited goes on waiting where it was, for
 * nothing was heard meanwhile either.
 */
export class ClockJumps {
	readonly #clock: Clock;
	#offset: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#offset = clock.now() - clock.monotonic();
	}

	/** Milliseconds the wall clock was set ahead since the last call, negative for back; 0 when it was not. */
	take(): number {
		const offset = this.#clock.now() - this.#clock.monotonic();
		const jump = offset - this.#offset;
		if (Math.abs(jump) < smallestJump) return 0;
		this.#offset = offset;
		return Math.round(jump);
	}
}
