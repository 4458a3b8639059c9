import { isUtf8 } from "node:buffer";
import type { ByteSource } from "./byte-source.ts";
import { FILE_LIMITS, FileError } from "./file-error.ts";
import type { ReadOptions } from "./file-layout.ts";

/** One element of the array, as text. */
export interface JsonElement {
	readonly text: string;
	/** 1-based line where it starts. */
	readonly line: number;
	/** Its bytes are not UTF-8. */
	readonly broken: boolean;
}

/**
 * Cuts a file that is one JSON array into the texts of its elements, without ever holding
 * more than one element and one block. Only brackets, strings and commas are looked at;
 * whether an element is valid JSON is for the caller to find out. Throws FileError
 * json_broken where the array itself is malformed, and line_too_long for a huge element.
 */
export async function* readJsonArray(
	source: ByteSource,
	options: ReadOptions,
): AsyncGenerator<{ elements: JsonElement[]; bytesRead: number }> {
	const splitter = new ArraySplitter();
	const buffer = Buffer.allocUnsafe(options.blockBytes ?? 128 * 1024);
	for (;;) {
		options.signal?.throwIfAborted();
		const count = await source.read(buffer, 0);
		if (count === 0) break;
		const elements = splitter.push(buffer.subarray(0, count));
		yield { elements, bytesRead: source.position() };
	}
	splitter.end();
}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

class ArraySplitter {
	#state: "before" | "inside" | "after" = "before";
	#depth = 0;
	#inString = false;
	#escaped = false;
	#line = 1;
	#elementLine = 1;
	/** Bytes of the current element from earlier blocks. */
	#carry: Buffer = Buffer.alloc(0);
	#hasContent = false;
	#afterComma = false;

	push(bytes: Buffer): JsonElement[] {
		const elements: JsonElement[] = [];
		let start = 0;
		for (let i = 0; i < bytes.length; i++) {
			const byte = bytes[i] ?? 0;
			if (byte === 10) this.#line++;
			if (this.#inString) {
				this.#insideString(byte);
				continue;
			}
			if (byte <= 32) continue;
			if (this.#state !== "inside") {
				if (this.#outside(byte)) start = i + 1;
				continue;
			}
			const ends =
				this.#depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY);
			if (ends) {
				this.#endElement(elements, bytes.subarray(start, i), byte);
				start = i + 1;
				continue;
			}
			if (!this.#hasContent) {
				this.#hasContent = true;
				this.#elementLine = this.#line;
			}
			if (byte === QUOTE) this.#inString = true;
			else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth++;
			else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#depth--;
			if (this.#depth < 0)
				throw this.#broken("closes a bracket it never opened");
		}
		if (this.#state === "inside") this.#keep(bytes.subarray(start));
		return elements;
	}

	end(): void {
		if (this.#state !== "after") {
			throw this.#broken("ends before its closing ]. Is the file cut off?");
		}
	}

	#insideString(byte: number): void {
		if (this.#escaped) this.#escaped = false;
		else if (byte === BACKSLASH) this.#escaped = true;
		else if (byte === QUOTE) this.#inString = false;
	}

	/** True when the array opens here. */
	#outside(byte: number): boolean {
		const mark = byte === 0xef || byte === 0xbb || byte === 0xbf;
		if (this.#state === "before" && mark) return false;
		if (this.#state === "before" && byte === OPEN_ARRAY) {
			this.#state = "inside";
			return true;
		}
		throw this.#broken("has something after its closing ]");
	}

	#endElement(elements: JsonElement[], tail: Buffer, byte: number): void {
		const emptyArray = byte === CLOSE_ARRAY && !this.#afterComma;
		if (this.#hasContent) {
			const bytes =
				this.#carry.length === 0 ? tail : Buffer.concat([this.#carry, tail]);
			checkLength(bytes.length, this.#elementLine);
			elements.push({
				text: bytes.toString("utf8").trim(),
				line: this.#elementLine,
				broken: !isUtf8(bytes),
			});
		} else if (!emptyArray) {
			throw this.#broken("has a comma with no element beside it");
		}
		this.#carry = Buffer.alloc(0);
		this.#hasContent = false;
		this.#afterComma = byte === COMMA;
		if (byte === CLOSE_ARRAY) this.#state = "after";
	}

	#keep(tail: Buffer): void {
		if (!this.#hasContent) return;
		this.#carry = Buffer.concat([this.#carry, tail]);
		checkLength(this.#carry.length, this.#elementLine);
	}

	#broken(what: string): FileError {
		return new FileError(
			"json_broken",
			`The JSON array ${what} (line ${this.#line}). Write one array of objects, or one object per line.`,
		);
	}
}

function checkLength(length: number, line: number): void {
	if (length > FILE_LIMITS.lineBytes) {
		throw new FileError(
			"line_too_long",
			`The element at line ${line} is longer than ${FILE_LIMITS.lineBytes} bytes.`,
		);
	}
}
