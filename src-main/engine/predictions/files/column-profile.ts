import { isBooleanText, isMissing, parseDecimal, showCell } from "./cells.ts";
import { DateFormatVote, type DetectedDateFormat } from "./date-format.ts";
import type { Cell } from "./row-block.ts";

/** What a column's values are; "mixed" when they are of several kinds, "nested" for lists and objects. */
export type ColumnType =
	| "number"
	| "string"
	| "boolean"
	| "timestamp"
	| "mixed"
	| "nested"
	| "empty";

/**
 * A column is one of numbers, or of times, when this share of its values are: a few slips
 * must not turn a measurement into categories. The rows that slip are rejected on reading.
 */
export const TYPE_SHARE = 0.9;

/** A column as inspection found it. */
export interface ColumnProfile {
	readonly name: string;
	readonly type: ColumnType;
	/** Up to five different values, as text. */
	readonly examples: readonly string[];
	/** Share of missing values among the rows looked at, 0 to 1. */
	readonly missingShare: number;
	/** Of a timestamp column. */
	readonly dateFormat?: DetectedDateFormat;
	/** Smallest and largest number of the rows looked at; null without one. */
	readonly range: { readonly min: number; readonly max: number } | null;
	/** Every value of the rows looked at is another: an identifier, or free text. */
	readonly allDifferent: boolean;
}

/** Gathers one column's profile, cell by cell. */
export class ColumnProfiler {
	readonly #name: string;
	readonly #dates = new DateFormatVote();
	readonly #distinct = new Set<string>();
	readonly #examples: string[] = [];
	#rows = 0;
	#missing = 0;
	#numbers = 0;
	#booleans = 0;
	#nested = 0;
	#min = Number.POSITIVE_INFINITY;
	#max = Number.NEGATIVE_INFINITY;

	constructor(name: string) {
		this.#name = name;
	}

	add(cell: Cell): void {
		this.#rows++;
		if (isMissing(cell)) {
			this.#missing++;
			return;
		}
		const text = typeof cell === "string" ? cell : (JSON.stringify(cell) ?? "");
		if (!this.#distinct.has(text)) {
			this.#distinct.add(text);
			if (this.#examples.length < 5) this.#examples.push(exampleOf(cell));
		}
		if (typeof cell === "number") this.#addNumber(cell);
		else if (typeof cell === "boolean") this.#booleans++;
		else if (typeof cell === "string") this.#addText(cell);
		else this.#nested++;
	}

	/** `knownDateFormat` is for a column that the file itself declares to hold times. */
	finish(knownDateFormat: DetectedDateFormat | null): ColumnProfile {
		const present = this.#rows - this.#missing;
		const base = {
			name: this.#name,
			examples: this.#examples,
			missingShare: this.#rows === 0 ? 0 : this.#missing / this.#rows,
			range: this.#min <= this.#max ? { min: this.#min, max: this.#max } : null,
			allDifferent: present > 1 && this.#distinct.size === present,
		};
		if (knownDateFormat !== null) {
			return { ...base, type: "timestamp", dateFormat: knownDateFormat };
		}
		const dateFormat = this.#dates.result(present * TYPE_SHARE);
		if (dateFormat !== null) {
			return { ...base, type: "timestamp", dateFormat };
		}
		return { ...base, type: this.#typeOf(present) };
	}

	#addText(text: string): void {
		// An infinity is a number that the file should not have; the rows that hold it are rejected.
		const value = parseDecimal(text);
		if (!Number.isNaN(value)) this.#addNumber(value);
		else if (isBooleanText(text)) this.#booleans++;
		else this.#dates.add(text);
	}

	#addNumber(value: number): void {
		this.#numbers++;
		this.#min = Math.min(this.#min, value);
		this.#max = Math.max(this.#max, value);
	}

	#typeOf(present: number): ColumnType {
		if (present === 0) return "empty";
		if (this.#nested > 0) return "nested";
		if (this.#numbers >= present * TYPE_SHARE) return "number";
		if (this.#booleans === present) return "boolean";
		if (this.#numbers + this.#booleans === 0) return "string";
		return "mixed";
	}
}

function exampleOf(cell: Cell): string {
	if (typeof cell === "string") return cell.slice(0, 100);
	return showCell(cell).slice(1, -1);
}
