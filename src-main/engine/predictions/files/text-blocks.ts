import { isAscii, isUtf8 } from "node:buffer";
import type { ByteSource } from "./byte-source.ts";
import { FILE_LIMITS, FileError } from "./file-error.ts";

/** Whole lines of a text file. */
export interface TextBlock {
	/** Ends with the newline, except perhaps in the last block; may be empty there. */
	readonly text: string;
	/** 0-based lines of this block whose bytes are not UTF-8; shown with U+FFFD in `text`. */
	readonly brokenLines: readonly number[];
	readonly last: boolean;
	readonly bytesRead: number;
}

/** How much is read at once: larger blocks are no faster and leave more garbage alive (128 KiB: 147 MB, 1 MiB: 310 MB for a million rows). */
const BLOCK_BYTES = 128 * 1024;

/**
 * Cuts bytes into blocks of whole lines, so that no character and no line end is ever split.
 * `newline` is the byte a line ends with (10, or 13 for old Macintosh files). A UTF-8 byte
 * order mark is dropped. Throws FileError line_too_long.
 */
export async function* readTextBlocks(
	source: ByteSource,
	newline: number,
	signal?: AbortSignal,
	blockBytes: number = BLOCK_BYTES,
): AsyncGenerator<TextBlock> {
	let buffer = Buffer.allocUnsafe(blockBytes);
	let filled = 0;
	let offset = 0;
	let first = true;
	for (;;) {
		signal?.throwIfAborted();
		if (filled === buffer.length) {
			const larger = Buffer.allocUnsafe(buffer.length * 2);
			buffer.copy(larger, 0, 0, filled);
			buffer = larger;
		}
		const count = await source.read(buffer, filled);
		const searchFrom = filled;
		filled += count;
		if (count > 0) {
			checkFirstLine(buffer.subarray(0, filled), newline, searchFrom, offset);
		}
		if (first && filled < 3 && count > 0) continue;
		let start = 0;
		if (first) {
			first = false;
			if (hasByteOrderMark(buffer, filled)) start = 3;
		}
		const end =
			count === 0
				? filled
				: buffer.subarray(0, filled).lastIndexOf(newline) + 1;
		if (end > start || count === 0) {
			const bytes = buffer.subarray(start, end);
			yield {
				...decodeLines(bytes, newline),
				last: count === 0,
				bytesRead: source.position(),
			};
		}
		if (count === 0) return;
		const consumed = Math.max(end, start);
		buffer.copy(buffer, 0, consumed, filled);
		filled -= consumed;
		offset += consumed;
	}
}

function hasByteOrderMark(buffer: Buffer, filled: number): boolean {
	return (
		filled >= 3 &&
		buffer[0] === 0xef &&
		buffer[1] === 0xbb &&
		buffer[2] === 0xbf
	);
}

/** Only the first line of the buffer can be long: the others fit in one read. */
function checkFirstLine(
	bytes: Buffer,
	newline: number,
	searchFrom: number,
	offset: number,
): void {
	const found = bytes.indexOf(newline, searchFrom);
	const length = found === -1 ? bytes.length : found;
	if (length > FILE_LIMITS.lineBytes) {
		throw new FileError(
			"line_too_long",
			`The line that starts at byte ${offset} is longer than ${FILE_LIMITS.lineBytes} bytes. Is this a text table with one row per line?`,
		);
	}
}

function decodeLines(
	bytes: Buffer,
	newline: number,
): { text: string; brokenLines: readonly number[] } {
	if (isAscii(bytes))
		return { text: bytes.toString("latin1"), brokenLines: [] };
	if (isUtf8(bytes)) return { text: bytes.toString("utf8"), brokenLines: [] };
	const brokenLines: number[] = [];
	let start = 0;
	for (let line = 0; start < bytes.length; line++) {
		const found = bytes.indexOf(newline, start);
		const end = found === -1 ? bytes.length : found + 1;
		if (!isUtf8(bytes.subarray(start, end))) brokenLines.push(line);
		start = end;
	}
	return { text: bytes.toString("utf8"), brokenLines };
}
