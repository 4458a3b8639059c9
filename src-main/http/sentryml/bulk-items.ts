import { isUtf8 } from "node:buffer";
import type { BulkItem } from "../../engine/predictions/index.ts";

/** Longest line or element of a bulk body, in bytes. */
export const itemLimit = 1024 * 1024;

/** Splits a streamed body into decoded items, whatever the borders of its chunks. */
export interface ItemSplitter {
	/** The items that this chunk completes. */
	push(chunk: Buffer): BulkItem[];
	/** What is left at the end of the body. */
	end(): BulkItem[];
}

/** NDJSON: one item a line, numbered from 1; blank lines count but are no items. */
export class LineSplitter implements ItemSplitter {
	#line = 0;
	#rest: Buffer[] = [];
	#restLength = 0;

	push(chunk: Buffer): BulkItem[] {
		const items: BulkItem[] = [];
		let start = 0;
		for (;;) {
			const end = chunk.indexOf(0x0a, start);
			if (end < 0) break;
			this.#take(chunk.subarray(start, end), items);
			start = end + 1;
		}
		this.#keep(chunk.subarray(start));
		return items;
	}

	end(): BulkItem[] {
		const items: BulkItem[] = [];
		if (this.#restLength > 0) this.#take(Buffer.alloc(0), items);
		return items;
	}

	#keep(part: Buffer): void {
		this.#restLength += part.length;
		// A line over the limit is refused whole: only its length is still needed.
		if (this.#restLength > itemLimit) this.#rest = [];
		else if (part.length > 0) this.#rest.push(Buffer.from(part));
	}

	#take(part: Buffer, items: BulkItem[]): void {
		this.#line++;
		const length = this.#restLength + part.length;
		const line =
			this.#rest.length === 0 ? part : Buffer.concat([...this.#rest, part]);
		this.#rest = [];
		this.#restLength = 0;
		if (length > itemLimit) items.push(tooLong(this.#line));
		else if (!isBlank(line)) {
			items.push(decode(withoutMark(line, this.#line), this.#line));
		}
	}
}

const quote = 0x22;
const backslash = 0x5c;

/** A JSON array, or one JSON value: items are numbered from 1 by their place. */
export class ElementSplitter implements ItemSplitter {
	#state: "before" | "single" | "elements" | "after" = "before";
	#parts: Buffer[] = [];
	#length = 0;
	#depth = 0;
	#inString = false;
	#isEscaped = false;
	#count = 0;
	/** A comma came, so another element has to. */
	#awaits = false;
	#isBroken = false;

	/** The body was an array, be it broken. */
	get isArray(): boolean {
		return this.#state === "elements" || this.#state === "after";
	}

	/** The body as a whole was no JSON. */
	get isBroken(): boolean {
		return this.#isBroken;
	}

	push(chunk: Buffer): BulkItem[] {
		const items: BulkItem[] = [];
		let start = 0;
		for (let index = 0; index < chunk.length && !this.#isBroken; index++) {
			const byte = chunk[index] ?? 0;
			if (this.#state === "before") {
				if (isSpace(byte) || byteOrderMark.includes(byte)) continue;
				this.#state = byte === 0x5b ? "elements" : "single";
				start = byte === 0x5b ? index + 1 : index;
				if (byte === 0x5b) continue;
			}
			if (this.#state === "after") {
				if (!isSpace(byte)) this.#fail("text follows the array", items);
				continue;
			}
			if (this.#inString) {
				if (this.#isEscaped) this.#isEscaped = false;
				else if (byte === backslash) this.#isEscaped = true;
				else if (byte === quote) this.#inString = false;
			} else if (byte === quote) this.#inString = true;
			else if (byte === 0x7b || byte === 0x5b) this.#depth++;
			else if (byte === 0x7d || (byte === 0x5d && this.#depth > 0)) {
				// A bracket too many breaks its own element only.
				this.#depth = Math.max(0, this.#depth - 1);
			} else if (
				this.#state === "elements" &&
				this.#depth === 0 &&
				(byte === 0x2c || byte === 0x5d)
			) {
				this.#complete(chunk.subarray(start, index), byte === 0x2c, items);
				start = index + 1;
			}
		}
		if (this.#state === "single" || this.#state === "elements") {
			this.#keep(chunk.subarray(start));
		}
		return items;
	}

	end(): BulkItem[] {
		const items: BulkItem[] = [];
		if (this.#isBroken) return items;
		if (this.#state === "before") this.#isBroken = true;
		else if (this.#state === "single") {
			this.#emit(items);
			this.#isBroken = items.some(
				(item) => "code" in item && item.code !== "line_too_long",
			);
		} else if (this.#state === "elements") {
			this.#fail("the array breaks off", items);
		}
		return items;
	}

	#keep(part: Buffer): void {
		this.#length += part.length;
		if (this.#length > itemLimit) this.#parts = [];
		else if (part.length > 0) this.#parts.push(Buffer.from(part));
	}

	#complete(part: Buffer, hasNext: boolean, items: BulkItem[]): void {
		this.#keep(part);
		const isEmpty =
			this.#length <= itemLimit && isBlank(Buffer.concat(this.#parts));
		if (isEmpty && (hasNext || this.#awaits)) {
			this.#fail("an element is missing between commas", items);
			return;
		}
		if (isEmpty) this.#clear();
		else this.#emit(items);
		this.#awaits = hasNext;
		if (!hasNext) this.#state = "after";
	}

	#emit(items: BulkItem[]): void {
		this.#count++;
		const element = Buffer.concat(this.#parts);
		items.push(
			this.#length > itemLimit
				? tooLong(this.#count)
				: decode(element, this.#count),
		);
		this.#clear();
	}

	#fail(message: string, items: BulkItem[]): void {
		this.#isBroken = true;
		this.#clear();
		items.push({ line: this.#count + 1, code: "json_broken", message });
	}

	#clear(): void {
		this.#parts = [];
		this.#length = 0;
	}
}

/** As some programs begin a file of UTF-8. */
const byteOrderMark = Buffer.from("\ufeff");

function withoutMark(text: Buffer, line: number): Buffer {
	return line === 1 && text.subarray(0, 3).equals(byteOrderMark)
		? text.subarray(3)
		: text;
}

function decode(text: Buffer, line: number): BulkItem {
	if (!isUtf8(text)) {
		return { line, code: "invalid_utf8", message: "is not UTF-8" };
	}
	try {
		return { line, value: JSON.parse(text.toString("utf8")) as unknown };
	} catch {
		return { line, code: "json_broken", message: "is not JSON" };
	}
}

function tooLong(line: number): BulkItem {
	return {
		line,
		code: "line_too_long",
		message: `is longer than ${itemLimit} bytes`,
	};
}

function isBlank(text: Buffer): boolean {
	for (const byte of text) if (!isSpace(byte)) return false;
	return true;
}

function isSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
