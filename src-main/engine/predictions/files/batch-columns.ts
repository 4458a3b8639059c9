import { identifierFault } from "../../../../src-shared/domain/identifier.ts";
import {
	isMissing,
	NOT_A_NUMBER,
	readCategory,
	readNumber,
	showCell,
} from "./cells.ts";
import type { TimeReader } from "./date-format.ts";
import type { CategoryColumn, TextColumn } from "./parsed-batch.ts";
import type { Cell, RejectionCode } from "./row-block.ts";

/** Where the values of one run of rows come from and go to. */
export interface RowRun {
	readonly rows: readonly (readonly Cell[])[];
	/** First row of the run, and the one after its last. */
	readonly from: number;
	readonly to: number;
	/** Index in the batch of the first row of the run. */
	readonly at: number;
	/** Says that a row is not to be taken; `row` is its index in `rows`. The first reason counts. */
	reject(row: number, code: RejectionCode, message: string): void;
}

/**
 * One column of a batch under construction. Values are read a column at a time, which keeps
 * each loop on one kind of value; rows that turn out bad are closed up afterwards.
 */
export interface BatchColumn {
	read(run: RowRun): void;
	/** Moves the value at `source` to `target`, which is smaller. */
	move(target: number, source: number): void;
}

/** Numbers: the score (required) or a feature, as 8 bytes each. */
export class NumberColumn implements BatchColumn {
	readonly #index: number;
	readonly #name: string;
	readonly #isScore: boolean;
	readonly #values: Float64Array<ArrayBuffer>;

	constructor(index: number, name: string, isScore: boolean, capacity: number) {
		this.#index = index;
		this.#name = name;
		this.#isScore = isScore;
		this.#values = new Float64Array(capacity);
	}

	read(run: RowRun): void {
		for (let i = run.from; i < run.to; i++) {
			const cell = run.rows[i]?.[this.#index];
			const value = readNumber(cell);
			if (typeof value === "number" && value - value === 0) {
				this.#values[run.at + i - run.from] = value;
			} else {
				this.#values[run.at + i - run.from] = Number.NaN;
				this.#check(run, i, cell, value);
			}
		}
	}

	move(target: number, source: number): void {
		this.#values[target] = this.#values[source] ?? Number.NaN;
	}

	finish(count: number): Float64Array<ArrayBuffer> {
		return this.#values.slice(0, count);
	}

	#check(
		run: RowRun,
		row: number,
		cell: Cell,
		value: number | typeof NOT_A_NUMBER,
	): void {
		const what = `The ${this.#isScore ? "score" : "feature"} "${this.#name}"`;
		if (value === NOT_A_NUMBER) {
			run.reject(
				row,
				this.#isScore ? "score_not_a_number" : "feature_not_a_number",
				`${what} is ${showCell(cell)}, which is not a number.`,
			);
		} else if (!Number.isNaN(value)) {
			run.reject(
				row,
				this.#isScore ? "score_not_finite" : "feature_not_finite",
				`${what} is ${showCell(cell)}, which is not finite.`,
			);
		} else if (this.#isScore) {
			run.reject(row, "score_missing", `${what} is missing.`);
		}
	}
}

/** Event times in milliseconds. */
export class TimeColumn implements BatchColumn {
	readonly #index: number;
	readonly #name: string;
	readonly #read: TimeReader;
	readonly #values: Float64Array<ArrayBuffer>;

	constructor(index: number, name: string, read: TimeReader, capacity: number) {
		this.#index = index;
		this.#name = name;
		this.#read = read;
		this.#values = new Float64Array(capacity);
	}

	read(run: RowRun): void {
		for (let i = run.from; i < run.to; i++) {
			const cell = run.rows[i]?.[this.#index];
			const value = this.#read(cell);
			this.#values[run.at + i - run.from] = value ?? Number.NaN;
			if (value === null) {
				const message = `The time "${this.#name}" is missing.`;
				run.reject(i, "time_missing", message);
			} else if (Number.isNaN(value)) {
				const message = `The time "${this.#name}" is ${showCell(cell)}, which is not a time in the column's format.`;
				run.reject(i, "time_invalid", message);
			}
		}
	}

	move(target: number, source: number): void {
		this.#values[target] = this.#values[source] ?? Number.NaN;
	}

	finish(count: number): Float64Array<ArrayBuffer> {
		return this.#values.slice(0, count);
	}
}

/** Categories. `asId` holds values to the rules of ids, `required` is the code to reject a missing one with. */
export class CategoryBuilder implements BatchColumn {
	readonly #index: number;
	readonly #name: string;
	readonly #asId: boolean;
	readonly #required: RejectionCode | null;
	readonly #codes: Int32Array<ArrayBuffer>;
	#dictionary: string[] = [];
	#codeOf = new Map<string, number>();

	constructor(
		index: number,
		name: string,
		rules: { readonly asId: boolean; readonly required: RejectionCode | null },
		capacity: number,
	) {
		this.#index = index;
		this.#name = name;
		this.#asId = rules.asId;
		this.#required = rules.required;
		this.#codes = new Int32Array(capacity);
	}

	read(run: RowRun): void {
		for (let i = run.from; i < run.to; i++) {
			const value = readCategory(run.rows[i]?.[this.#index]);
			this.#codes[run.at + i - run.from] =
				typeof value === "string" ? this.#encode(run, i, value) : -1;
			if (value === undefined) {
				const message = `The value of "${this.#name}" is a list or an object.`;
				run.reject(i, "cell_nested", message);
			} else if (value === null && this.#required !== null) {
				run.reject(i, this.#required, `"${this.#name}" is missing.`);
			}
		}
	}

	move(target: number, source: number): void {
		this.#codes[target] = this.#codes[source] ?? -1;
	}

	finish(count: number): CategoryColumn {
		const dictionary = this.#dictionary;
		this.#dictionary = [];
		this.#codeOf = new Map();
		return { dictionary, codes: this.#codes.slice(0, count) };
	}

	#encode(run: RowRun, row: number, value: string): number {
		const known = this.#codeOf.get(value);
		if (known !== undefined) return known;
		const fault = this.#asId ? identifierFault(value) : null;
		if (fault !== null) {
			run.reject(row, "id_invalid", `"${this.#name}" ${fault}.`);
			return -1;
		}
		const code = this.#dictionary.length;
		this.#dictionary.push(value);
		this.#codeOf.set(value, code);
		return code;
	}
}

/** Ids, of which most are different. Empty ids are missing; words such as "NA" are ids. */
export class IdColumn implements BatchColumn {
	readonly #index: number;
	readonly #name: string;
	readonly #required: boolean;
	readonly #values: (string | null)[];

	constructor(
		index: number,
		name: string,
		required: boolean,
		capacity: number,
	) {
		this.#index = index;
		this.#name = name;
		this.#required = required;
		this.#values = new Array<string | null>(capacity).fill(null);
	}

	read(run: RowRun): void {
		for (let i = run.from; i < run.to; i++) {
			this.#values[run.at + i - run.from] = this.#idOf(
				run,
				i,
				run.rows[i]?.[this.#index],
			);
		}
	}

	move(target: number, source: number): void {
		this.#values[target] = this.#values[source] ?? null;
	}

	finish(count: number): TextColumn {
		const lengths = new Int32Array(count);
		for (let i = 0; i < count; i++) lengths[i] = this.#values[i]?.length ?? -1;
		// join() writes null as nothing.
		const text = this.#values.slice(0, count).join("");
		this.#values.fill(null);
		return { text, lengths };
	}

	#idOf(run: RowRun, row: number, cell: Cell): string | null {
		if (typeof cell === "number" && !Number.isNaN(cell)) {
			if (Number.isInteger(cell) && !Number.isSafeInteger(cell)) {
				const message = `The id "${this.#name}" is a number above 2^53, whose last digits are lost in JSON. Write ids as text.`;
				run.reject(row, "id_not_exact", message);
				return null;
			}
			return String(cell);
		}
		if (typeof cell === "boolean") return String(cell);
		if (typeof cell !== "string") {
			if (!isMissing(cell)) {
				const message = `The id "${this.#name}" is a list or an object.`;
				run.reject(row, "cell_nested", message);
			} else this.#missing(run, row);
			return null;
		}
		if (cell === "") {
			this.#missing(run, row);
			return null;
		}
		const fault = identifierFault(cell);
		if (fault === null) return cell;
		run.reject(row, "id_invalid", `The id "${this.#name}" ${fault}.`);
		return null;
	}

	#missing(run: RowRun, row: number): void {
		if (this.#required) {
			run.reject(row, "id_missing", `The id "${this.#name}" is missing.`);
		}
	}
}
