import type { Clock } from "../ports.ts";

/** Less is drift or a slow timer, and moves no due time that matters. */
const smallestJump = 5_000;

/**
 * Notices that the wall clock was set back, by the clock that never goes back. A jump
 * ahead is none of its business: it looks the same as a machine that slept, after which
 * what was due is due.
 */
export class WallClockWatch {
	readonly #clock: Clock;
	#offset: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#offset = clock.now() - clock.monotonic();
	}

	/** Milliseconds the wall clock was set back since the last call; 0 when it was not. */
	setBack(): number {
		const offset = this.#clock.now() - this.#clock.monotonic();
		const jump = this.#offset - offset;
		// A slow backward drift adds up until it counts; forward, the newest is the measure.
		if (jump > 0 && jump < smallestJump) return 0;
		this.#offset = offset;
		return jump > 0 ? Math.round(jump) : 0;
	}
}
