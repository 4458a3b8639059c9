import { mulberry32 } from "../drift/index.ts";

/** Random draws that repeat: the same seed gives the same sequence on every machine. */
export class Draws {
	readonly #next: () => number;

	constructor(seed: number) {
		this.#next = mulberry32(seed);
	}

	/** In [0, 1). */
	share(): number {
		return this.#next();
	}

	chance(probability: number): boolean {
		return this.#next() < probability;
	}

	/** Standard normal, by the Box-Muller transform; always two draws. */
	normal(): number {
		const radius = Math.sqrt(-2 * Math.log(1 - this.#next()));
		return radius * Math.cos(2 * Math.PI * this.#next());
	}

	/** A count with the given mean, up to about 700: Knuth's multiplication of uniform draws. */
	poisson(mean: number): number {
		const limit = Math.exp(-mean);
		let count = 0;
		let product = this.#next();
		while (product > limit) {
			count++;
			product *= this.#next();
		}
		return count;
	}

	/** One of the options, by weight. */
	among<Option>(options: readonly (readonly [Option, number])[]): Option {
		let total = 0;
		for (const [, weight] of options) total += weight;
		let left = this.#next() * total;
		let chosen = options[0]?.[0];
		for (const [option, weight] of options) {
			chosen = option;
			left -= weight;
			if (left < 0) break;
		}
		if (chosen === undefined) throw new Error("nothing to choose from");
		return chosen;
	}
}

/** Rounds to `digits` decimals, so that the last bit of a logarithm never shows. */
export function rounded(value: number, digits: number): number {
	const scale = 10 ** digits;
	return Math.round(value * scale) / scale;
}
