import { hashKey } from "./key-rows.ts";

/** A set of 53-bit keys in one flat array: a file of millions of rows costs 16 bytes a row and no object each. */
export class SeenKeys {
	#slots = new Float64Array(1 << 16).fill(Number.NaN);
	#size = 0;

	/** Adds a key; answers whether it was there. */
	addSeen(key: number): boolean {
		if (this.#size * 2 > this.#slots.length) this.#grow();
		return this.#put(key);
	}

	#put(key: number): boolean {
		const mask = this.#slots.length - 1;
		let slot = hashKey(key) & mask;
		for (;;) {
			const held = this.#slots[slot] ?? Number.NaN;
			if (held === key) return true;
			if (Number.isNaN(held)) break;
			slot = (slot + 1) & mask;
		}
		this.#slots[slot] = key;
		this.#size++;
		return false;
	}

	#grow(): void {
		const old = this.#slots;
		this.#slots = new Float64Array(old.length * 2).fill(Number.NaN);
		this.#size = 0;
		for (const key of old) if (!Number.isNaN(key)) this.#put(key);
	}
}
