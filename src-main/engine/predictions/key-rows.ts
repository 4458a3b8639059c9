import type { SortedRun } from "./sorted-run.ts";

/**
 * Rows by their 53-bit key, in two flat arrays: a key costs 32 bytes at most and no object.
 * Equal keys are kept, each with its row.
 */
export class KeyRows {
	#keys = emptyKeys(1 << 12);
	#rows = new Float64Array(1 << 12);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	add(key: number, row: number): void {
		if (this.#size * 2 >= this.#keys.length) this.#grow();
		this.#put(key, row);
	}

	/** The rows of a key, in no order. */
	rowsOf(key: number): number[] {
		const rows: number[] = [];
		const mask = this.#keys.length - 1;
		for (let slot = hashKey(key) & mask; ; slot = (slot + 1) & mask) {
			const held = this.#keys[slot] ?? Number.NaN;
			if (Number.isNaN(held)) return rows;
			if (held === key) rows.push(this.#rows[slot] ?? 0);
		}
	}

	/** Everything, in the order of the keys. */
	sorted(): SortedRun {
		const keys = new Float64Array(this.#size);
		let count = 0;
		for (let slot = 0; slot < this.#keys.length; slot++) {
			const key = this.#keys[slot] ?? Number.NaN;
			if (!Number.isNaN(key)) keys[count++] = key;
		}
		keys.sort();
		const rows = new Float64Array(this.#size);
		for (let index = 0; index < count; ) {
			for (const row of this.rowsOf(keys[index] ?? 0)) rows[index++] = row;
		}
		return { keys, rows };
	}

	/** Forgets every key; the memory stays for the next ones. */
	clear(): void {
		this.#keys.fill(Number.NaN);
		this.#size = 0;
	}

	#put(key: number, row: number): void {
		const mask = this.#keys.length - 1;
		let slot = hashKey(key) & mask;
		while (!Number.isNaN(this.#keys[slot] ?? Number.NaN)) {
			slot = (slot + 1) & mask;
		}
		this.#keys[slot] = key;
		this.#rows[slot] = row;
		this.#size++;
	}

	#grow(): void {
		const keys = this.#keys;
		const rows = this.#rows;
		this.#keys = emptyKeys(keys.length * 2);
		this.#rows = new Float64Array(keys.length * 2);
		this.#size = 0;
		for (let slot = 0; slot < keys.length; slot++) {
			const key = keys[slot] ?? Number.NaN;
			if (!Number.isNaN(key)) this.#put(key, rows[slot] ?? 0);
		}
	}
}

/** Spreads a 53-bit key over 25 bits. */
export function hashKey(key: number): number {
	const high = Math.floor(key / 4294967296);
	return Math.imul(key ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> 7;
}

function emptyKeys(length: number): Float64Array {
	return new Float64Array(length).fill(Number.NaN);
}
