/** Lets a few through at a time, in order. Password hashing needs it: each one takes 19 MiB and a thread of the pool. */
export class Turnstile {
	readonly #width: number;
	readonly #waiting: (() => void)[] = [];
	#inside = 0;

	constructor(width: number) {
		this.#width = width;
	}

	async run<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.#inside >= this.#width) {
			await new Promise<void>((resolve) => this.#waiting.push(resolve));
		} else {
			this.#inside++;
		}
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next === undefined) this.#inside--;
			else next();
		}
	}
}
