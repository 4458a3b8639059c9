import { isMissing, NOT_A_NUMBER, readCategory, readNumber } from "./cells.ts";
import type { TimeReader } from "./date-format.ts";
import type { Cell } from "./row-block.ts";

/** A whole column of a file. */
export type FileColumn =
	| {
			readonly name: string;
			/** A timestamp's values are milliseconds since 1970. */
			readonly type: "numeric" | "timestamp";
			/** NaN is missing, or a value that was infinite or could not be read. */
			readonly values: Float64Array<ArrayBuffer>;
			/** Values that were infinite. */
			readonly infinite: number;
			/** Values that were neither missing nor a number (or a time). */
			readonly unreadable: number;
	  }
	| {
			readonly name: string;
			readonly type: "categorical";
			readonly dictionary: readonly string[];
			/** Indexes of `dictionary`; -1 is missing. */
			readonly codes: Int32Array<ArrayBuffer>;
	  };

/** Gathers a column's cells into a growing typed array. */
export interface ColumnAccumulator {
	add(cell: Cell): void;
	/** Share of the values present that are not of the column's type, 0 to 1. */
	misfitShare(): number;
	finish(): FileColumn;
}

const FIRST_CAPACITY = 4096;

export class NumericAccumulator implements ColumnAccumulator {
	readonly #name: string;
	#values = new Float64Array(FIRST_CAPACITY);
	#count = 0;
	#infinite = 0;
	#missing = 0;
	#unreadable = 0;

	constructor(name: string) {
		this.#name = name;
	}

	add(cell: Cell): void {
		const read = readNumber(cell);
		const value = read === NOT_A_NUMBER ? Number.NaN : read;
		if (read === NOT_A_NUMBER) this.#unreadable++;
		else if (Number.isNaN(value)) this.#missing++;
		if (this.#count === this.#values.length) {
			this.#values = grown(this.#values, Float64Array);
		}
		const isInfinite = value === value / 2 && value !== 0;
		if (isInfinite) this.#infinite++;
		this.#values[this.#count++] = isInfinite ? Number.NaN : value;
	}

	misfitShare(): number {
		return this.#unreadable / Math.max(1, this.#count - this.#missing);
	}

	finish(): FileColumn {
		return {
			name: this.#name,
			type: "numeric",
			values: this.#values.slice(0, this.#count),
			infinite: this.#infinite,
			unreadable: this.#unreadable,
		};
	}
}

export class TimestampAccumulator implements ColumnAccumulator {
	readonly #name: string;
	readonly #read: TimeReader;
	#values = new Float64Array(FIRST_CAPACITY);
	#count = 0;
	#missing = 0;
	#unreadable = 0;

	constructor(name: string, read: TimeReader) {
		this.#name = name;
		this.#read = read;
	}

	add(cell: Cell): void {
		const value = this.#read(cell);
		if (value === null) this.#missing++;
		else if (Number.isNaN(value)) this.#unreadable++;
		if (this.#count === this.#values.length) {
			this.#values = grown(this.#values, Float64Array);
		}
		this.#values[this.#count++] = value ?? Number.NaN;
	}

	misfitShare(): number {
		return this.#unreadable / Math.max(1, this.#count - this.#missing);
	}

	finish(): FileColumn {
		return {
			name: this.#name,
			type: "timestamp",
			values: this.#values.slice(0, this.#count),
			infinite: 0,
			unreadable: this.#unreadable,
		};
	}
}

export class CategoricalAccumulator implements ColumnAccumulator {
	readonly #name: string;
	readonly #codeOf = new Map<string, number>();
	#codes = new Int32Array(FIRST_CAPACITY);
	#count = 0;

	constructor(name: string) {
		this.#name = name;
	}

	add(cell: Cell): void {
		if (this.#count === this.#codes.length) {
			this.#codes = grown(this.#codes, Int32Array);
		}
		this.#codes[this.#count++] = this.#encode(cell);
	}

	misfitShare(): number {
		return 0;
	}

	finish(): FileColumn {
		return {
			name: this.#name,
			type: "categorical",
			dictionary: [...this.#codeOf.keys()],
			codes: this.#codes.slice(0, this.#count),
		};
	}

	#encode(cell: Cell): number {
		if (isMissing(cell)) return -1;
		// A list or an object is compared as its JSON.
		const value = readCategory(cell) ?? JSON.stringify(cell);
		const known = this.#codeOf.get(value);
		if (known !== undefined) return known;
		const code = this.#codeOf.size;
		// A copy: a part of a text keeps the whole text, a block of the file, alive.
		this.#codeOf.set(Buffer.from(value).toString(), code);
		return code;
	}
}

function grown<T extends Float64Array | Int32Array>(
	values: T,
	Kind: new (length: number) => T,
): T {
	const larger = new Kind(values.length * 2);
	larger.set(values);
	return larger;
}
