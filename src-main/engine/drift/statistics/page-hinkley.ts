export type PageHinkleyOptions = {
	/** Change in the mean that is tolerated, in the unit of the values. */
	readonly tolerance: number;
	/** Alarm when the accumulated deviation exceeds this, in the unit of the values. */
	readonly threshold: number;
	/** Values to see before the first alarm. */
	readonly minimumValues: number;
	readonly direction: "up" | "down" | "both";
};

export type PageHinkleyState = {
	readonly count: number;
	readonly mean: number;
	readonly rise: number;
	readonly lowestRise: number;
	readonly fall: number;
	readonly highestFall: number;
};

const DEFAULTS: PageHinkleyOptions = {
	tolerance: 0.005,
	threshold: 50,
	minimumValues: 30,
	direction: "both",
};

const START: PageHinkleyState = {
	count: 0,
	mean: 0,
	rise: 0,
	lowestRise: 0,
	fall: 0,
	highestFall: 0,
};

/**
 * The Page-Hinkley test for a change in the mean of a stream (E. Page, "Continuous inspection
 * schemes", Biometrika 41, 1954; D. Hinkley 1971): the deviations from the running mean, less
 * a tolerance, are accumulated and compared with their extreme so far. It starts anew after
 * an alarm. Its state is a plain object, so that a stream can be taken up after a restart.
 */
export class PageHinkley {
	readonly #options: PageHinkleyOptions;
	#state: PageHinkleyState;

	constructor(
		options: Partial<PageHinkleyOptions> = {},
		state: PageHinkleyState = START,
	) {
		this.#options = Object.freeze({ ...DEFAULTS, ...options });
		this.#state = state;
	}

	get state(): PageHinkleyState {
		return this.#state;
	}

	/** Takes the next value; a value that is not finite is passed over. */
	update(value: number): "up" | "down" | null {
		if (!Number.isFinite(value)) return null;
		const { tolerance, threshold, minimumValues, direction } = this.#options;
		const previous = this.#state;
		const count = previous.count + 1;
		const mean = previous.mean + (value - previous.mean) / count;
		const rise = previous.rise + value - mean - tolerance;
		const fall = previous.fall + value - mean + tolerance;
		const lowestRise = Math.min(previous.lowestRise, rise);
		const highestFall = Math.max(previous.highestFall, fall);
		this.#state = { count, mean, rise, lowestRise, fall, highestFall };
		if (count < minimumValues) return null;
		const hasRisen = direction !== "down" && rise - lowestRise > threshold;
		const hasFallen = direction !== "up" && highestFall - fall > threshold;
		if (!hasRisen && !hasFallen) return null;
		this.#state = START;
		return hasRisen ? "up" : "down";
	}
}
