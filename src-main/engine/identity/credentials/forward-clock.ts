import type { Clock } from "../../ports.ts";

/** A wall clock that never goes back, so that setting the machine's clock back revives no expired credential. */
export function forwardClock(clock: Clock): Clock {
	let latest = 0;
	return {
		now() {
			latest = Math.max(latest, clock.now());
			return latest;
		},
		monotonic: () => clock.monotonic(),
	};
}
