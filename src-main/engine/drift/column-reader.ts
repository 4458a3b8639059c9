import {
	listSegments,
	readCategories,
	readCodes,
	readNumbers,
	type Segment,
} from "../predictions/index.ts";
import type { ReadConnection } from "../store/index.ts";
import { hourOfWeek, type Window, windowHours } from "./windows.ts";

/** Which rows of the log a side of an assessment may see. */
export interface Side {
	readonly window: Window;
	/** Rows of a reference set: only those inside, for a baseline; null for all. */
	readonly only: { readonly first: number; readonly last: number } | null;
	/** Rows to leave out: the reference set, for a current window. */
	readonly except: { readonly first: number; readonly last: number } | null;
	/** Hours of the week to keep; null for all. */
	readonly hoursOfWeek: readonly number[] | null;
}

/** Reads the sealed columns of one tenant as they were at one watermark. */
export class ColumnReader {
	readonly connection: ReadConnection;
	readonly tenantKey: number;
	readonly #watermark: number;
	readonly #listed = new Map<Side, Map<number, Segment[]>>();

	constructor(
		connection: ReadConnection,
		tenantKey: number,
		watermark: number,
	) {
		this.connection = connection;
		this.tenantKey = tenantKey;
		this.#watermark = watermark;
	}

	/** The segments of a column that a side may see; listed once and kept. */
	segments(columnKey: number, side: Side): readonly Segment[] {
		const listed = this.#listed.get(side) ?? new Map<number, Segment[]>();
		this.#listed.set(side, listed);
		const known = listed.get(columnKey);
		if (known !== undefined) return known;
		const segments = this.#list(columnKey, side);
		listed.set(columnKey, segments);
		return segments;
	}

	#list(columnKey: number, side: Side): Segment[] {
		const { from, to } = windowHours(side.window);
		const keep = side.hoursOfWeek === null ? null : new Set(side.hoursOfWeek);
		return listSegments(this.connection, {
			tenantKey: this.tenantKey,
			columnKey,
			fromHour: from,
			toHour: to,
			watermark: this.#watermark,
		}).filter(
			(segment) =>
				(keep === null || keep.has(hourOfWeek(segment.hour))) &&
				(side.only === null || isWithin(segment, side.only)) &&
				(side.except === null || !isWithin(segment, side.except)),
		);
	}

	numbers(segments: readonly Segment[]): Float64Array {
		return readNumbers(this.connection, segments);
	}

	codes(segments: readonly Segment[]): Int32Array {
		return readCodes(this.connection, segments);
	}

	/** The categories of a column, by code. */
	categories(columnKey: number): string[] {
		return readCategories(this.connection, this.tenantKey, columnKey);
	}
}

function isWithin(
	segment: Segment,
	rows: { readonly first: number; readonly last: number },
): boolean {
	return segment.firstRow >= rows.first && segment.lastRow <= rows.last;
}

export function countOf(segments: readonly Segment[]): number {
	return segments.reduce((sum, segment) => sum + segment.count, 0);
}
