import { isUtf8 } from "node:buffer";
import { extname } from "node:path";
import Papa from "papaparse";
import { openBytes } from "./byte-source.ts";
import { FileError } from "./file-error.ts";
import { CSV_LAYOUT, type FileLayout } from "./file-layout.ts";

/** How much of a file's beginning is looked at. */
const HEAD_BYTES = 256 * 1024;

/** What a file is, by its content first and its name's ending second. The layout's `header` and `columnNames` are still to be found. */
export interface DetectedFile {
	readonly layout: FileLayout;
	/** The beginning of the text, unpacked; empty for Parquet. */
	readonly head: string;
}

/** Throws FileError: empty_file, unsupported_encoding, unsupported_format, format_mismatch, gzip_broken. */
export async function detectFormat(path: string): Promise<DetectedFile> {
	const packed = await readHead(path, false);
	if (packed.length === 0) throw emptyFile(path);
	const gzip = startsWith(packed, [0x1f, 0x8b]);
	const head = gzip ? await readHead(path, true) : packed;
	if (head.length === 0) throw emptyFile(path);
	const name = path.replace(/\.gz$/i, "");
	const extension = extname(name).toLowerCase();
	if (startsWith(head, [0x50, 0x41, 0x52, 0x31])) {
		if (gzip) {
			throw new FileError(
				"unsupported_format",
				`${path} is a Parquet file inside gzip. Unpack it first: Parquet is compressed already.`,
			);
		}
		return {
			layout: { ...CSV_LAYOUT, format: "parquet" },
			head: "",
		};
	}
	refuseOtherFormats(path, head, extension);
	const text = decodeHead(head);
	if (text.trim() === "") throw emptyFile(path);
	return { layout: textLayout(text, extension, gzip), head: text };
}

function textLayout(
	text: string,
	extension: string,
	gzip: boolean,
): FileLayout {
	const newline = text.includes("\r") && !text.includes("\n") ? "\r" : "\n";
	const base: FileLayout = { ...CSV_LAYOUT, gzip, newline };
	const start = text.trimStart();
	const isTable = [".csv", ".tsv", ".tab", ".txt"].includes(extension);
	if (start.startsWith("{") && !(isTable && !firstLineIsJson(start))) {
		return { ...base, format: "ndjson" };
	}
	if (/^\[\s*(\{|\]\s*$)/.test(start)) return { ...base, format: "json" };
	if ([".ndjson", ".jsonl", ".json"].includes(extension)) {
		return { ...base, format: start.startsWith("[") ? "json" : "ndjson" };
	}
	return { ...base, delimiter: guessDelimiter(text, extension, newline) };
}

function firstLineIsJson(text: string): boolean {
	try {
		JSON.parse(text.split("\n", 1)[0] ?? "");
		return true;
	} catch {
		return false;
	}
}

function guessDelimiter(
	text: string,
	extension: string,
	newline: FileLayout["newline"],
): FileLayout["delimiter"] {
	if (extension === ".tsv") return "\t";
	const { meta } = Papa.parse(text.slice(0, 64 * 1024), {
		delimitersToGuess: [",", ";", "\t", "|"],
		newline,
		preview: 20,
		skipEmptyLines: true,
	});
	const guess = meta.delimiter;
	return guess === ";" || guess === "\t" || guess === "|" ? guess : ",";
}

function refuseOtherFormats(
	path: string,
	head: Buffer,
	extension: string,
): void {
	if (extension === ".parquet") {
		throw new FileError(
			"format_mismatch",
			`${path} is named .parquet but does not begin as a Parquet file. Write it again, or give it the ending of what it holds.`,
		);
	}
	if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) {
		throw new FileError(
			"unsupported_encoding",
			`${path} is UTF-16 text. Save it as UTF-8 ("CSV UTF-8" in a spreadsheet).`,
		);
	}
	if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
		throw new FileError(
			"unsupported_format",
			`${path} is a zip archive or a spreadsheet workbook. Save the sheet as "CSV UTF-8", or unpack the archive.`,
		);
	}
	if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) {
		throw new FileError(
			"unsupported_format",
			`${path} is compressed with zstd. Unpack it, or compress it with gzip.`,
		);
	}
	const nul = head.indexOf(0);
	if (nul !== -1) {
		const utf16 = nul < 2 || looksUtf16(head);
		throw new FileError(
			utf16 ? "unsupported_encoding" : "unsupported_format",
			utf16
				? `${path} looks like UTF-16 text. Save it as UTF-8.`
				: `${path} is not a text table (it has a zero byte at ${nul}). CSV, NDJSON and Parquet files can be imported.`,
		);
	}
}

function looksUtf16(head: Buffer): boolean {
	let zeros = 0;
	const length = Math.min(head.length, 200);
	for (let i = 0; i < length; i++) if (head[i] === 0) zeros++;
	return zeros > length * 0.4;
}

function decodeHead(head: Buffer): string {
	// The last character may be cut: up to three bytes are dropped to find out.
	let bytes = head;
	for (let cut = 0; cut < 4 && head.length === HEAD_BYTES; cut++) {
		bytes = head.subarray(0, head.length - cut);
		if (isUtf8(bytes)) break;
	}
	const text = bytes.toString("utf8");
	return text.startsWith("\ufeff") ? text.slice(1) : text;
}

async function readHead(path: string, gzip: boolean): Promise<Buffer> {
	const source = await openBytes(path, gzip);
	try {
		const buffer = Buffer.alloc(HEAD_BYTES);
		let filled = 0;
		while (filled < buffer.length) {
			const count = await source.read(buffer, filled);
			if (count === 0) break;
			filled += count;
		}
		return buffer.subarray(0, filled);
	} finally {
		await source.close();
	}
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
	return (
		bytes.length >= magic.length &&
		magic.every((byte, index) => bytes[index] === byte)
	);
}

function emptyFile(path: string): FileError {
	return new FileError("empty_file", `${path} is empty. Nothing was imported.`);
}
