export type AdwinOptions = {
	/** Bound on the chance of a false alarm at each check, between 0 and 1. */
	readonly delta: number;
	/** Buckets of one size before two of them are merged (M in the paper). */
	readonly bucketsPerRow: number;
	/** A check is made every so many values. */
	readonly checkEvery: number;
	/** Values to see before the first check. */
	readonly minimumValues: number;
	/** The fewest values on either side of a cut. */
	readonly minimumSide: number;
};

type Bucket = { readonly total: number; readonly squares: number };

/** Buckets of 2^row values by row, oldest first within a row. */
export type AdwinState = {
	readonly seen: number;
	readonly rows: readonly (readonly Bucket[])[];
};

const DEFAULTS: AdwinOptions = {
	delta: 0.002,
	bucketsPerRow: 5,
	checkEvery: 32,
	minimumValues: 10,
	minimumSide: 5,
};

/**
 * ADWIN2 (A. Bifet and R. Gavaldà, "Learning from time-changing data with adaptive
 * windowing", SDM 2007): a window that grows while the stream is steady and drops its oldest
 * part when the means of two parts differ by more than chance allows. The window is kept as
 * an exponential histogram, so memory is logarithmic in its length. Deterministic; its state
 * is a plain object.
 *
 * `squares` of a bucket is the sum of squared deviations from the bucket's own mean.
 */
export class Adwin {
	readonly #options: AdwinOptions;
	#rows: Bucket[][];
	#seen: number;

	constructor(
		options: Partial<AdwinOptions> = {},
		state: AdwinState = { seen: 0, rows: [] },
	) {
		this.#options = Object.freeze({ ...DEFAULTS, ...options });
		this.#rows = state.rows.map((row) => [...row]);
		this.#seen = state.seen;
	}

	get state(): AdwinState {
		return { seen: this.#seen, rows: this.#rows.map((row) => [...row]) };
	}

	/** Values in the window now. */
	get width(): number {
		return this.#rows.reduce(
			(sum, row, exponent) => sum + row.length * 2 ** exponent,
			0,
		);
	}

	/** The mean of the window, null while it is empty. */
	get mean(): number | null {
		const { count, total } = this.#window();
		return count === 0 ? null : total / count;
	}

	/**
	 * Takes the next value; one that is not finite is passed over.
	 *
	 * @returns whether the window was cut, that is, the mean has changed
	 */
	update(value: number): boolean {
		if (!Number.isFinite(value)) return false;
		this.#seen++;
		this.#insert(value);
		if (this.#seen % this.#options.checkEvery !== 0) return false;
		let hasChanged = false;
		while (this.width > this.#options.minimumValues && this.#hasCut()) {
			this.#dropOldest();
			hasChanged = true;
		}
		return hasChanged;
	}

	#insert(value: number): void {
		let bucket: Bucket = { total: value, squares: 0 };
		for (let exponent = 0; ; exponent++) {
			const row = this.#rows[exponent] ?? [];
			this.#rows[exponent] = row;
			row.push(bucket);
			if (row.length <= this.#options.bucketsPerRow) return;
			const [first, second] = row.splice(0, 2) as [Bucket, Bucket];
			bucket = merged(first, second, 2 ** exponent);
		}
	}

	#window(): { count: number; total: number; squares: number } {
		let count = 0;
		let total = 0;
		let squares = 0;
		this.#rows.forEach((row, exponent) => {
			const size = 2 ** exponent;
			for (const bucket of row) {
				if (count > 0) {
					const gap = bucket.total / size - total / count;
					squares += (gap * gap * size * count) / (size + count);
				}
				squares += bucket.squares;
				count += size;
				total += bucket.total;
			}
		});
		return { count, total, squares };
	}

	/** Whether some cut of the window separates two means, going from the oldest value. */
	#hasCut(): boolean {
		const { count, total, squares } = this.#window();
		const { delta, minimumSide } = this.#options;
		const variance = squares / count;
		const logTerm = Math.log((2 * Math.log(count)) / delta);
		let oldCount = 0;
		let oldTotal = 0;
		for (let exponent = this.#rows.length - 1; exponent >= 0; exponent--) {
			for (const bucket of this.#rows[exponent] as Bucket[]) {
				oldCount += 2 ** exponent;
				oldTotal += bucket.total;
				const newCount = count - oldCount;
				if (newCount < minimumSide) return false;
				if (oldCount < minimumSide) continue;
				const harmonic =
					1 / (oldCount - minimumSide + 1) + 1 / (newCount - minimumSide + 1);
				const bound =
					Math.sqrt(2 * harmonic * variance * logTerm) +
					(2 / 3) * harmonic * logTerm;
				const gap = oldTotal / oldCount - (total - oldTotal) / newCount;
				if (Math.abs(gap) > bound) return true;
			}
		}
		return false;
	}

	#dropOldest(): void {
		this.#rows.at(-1)?.shift();
		while (this.#rows.length > 0 && this.#rows.at(-1)?.length === 0) {
			this.#rows.pop();
		}
	}
}

/** Two neighbours of `size` values each as one. */
function merged(first: Bucket, second: Bucket, size: number): Bucket {
	const gap = (first.total - second.total) / size;
	return {
		total: first.total + second.total,
		squares: first.squares + second.squares + (gap * gap * size) / 2,
	};
}
