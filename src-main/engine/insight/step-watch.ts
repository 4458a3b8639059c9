import type { FinishedStep } from "../analytics/index.ts";
import type { Clock } from "../ports.ts";

/** Runs the steps of one making of hypotheses, and keeps how long each took. */
export class StepWatch {
	readonly steps: FinishedStep[] = [];
	readonly #clock: Clock;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	step<Result>(type: FinishedStep["type"], work: () => Result): Result {
		const startedAt = this.#clock.now();
		const began = this.#clock.monotonic();
		const result = work();
		this.steps.push({
			type,
			status: "completed",
			startedAt,
			durationMillis: this.#clock.monotonic() - began,
			error: null,
		});
		return result;
	}
}
