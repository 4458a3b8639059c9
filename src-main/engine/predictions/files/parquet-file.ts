import type { FileHandle } from "node:fs/promises";
import {
	type AsyncBuffer,
	type Compressors,
	type FileMetaData,
	type ParquetParsers,
	parquetMetadataAsync,
	parquetSchema,
	type SchemaTree,
} from "hyparquet";
import { compressors as codecs } from "hyparquet-compressors";
import { must } from "../../../../src-shared/domain/must.ts";
import { openFile, reasonOf } from "./byte-source.ts";
import { checkColumnCount, checkColumnName } from "./column-names.ts";
import { FILE_LIMITS, FileError } from "./file-error.ts";

/** What a column holds, as far as rows care. */
export type ParquetColumnKind = "value" | "timestamp" | "nested";

/** An open Parquet file. */
export interface ParquetFile {
	readonly buffer: AsyncBuffer;
	readonly metadata: FileMetaData;
	readonly columns: readonly {
		readonly name: string;
		readonly kind: ParquetColumnKind;
	}[];
	readonly rowCount: number;
	readonly sizeBytes: number;
	close(): Promise<void>;
}

/** Opens a Parquet file and reads its footer. Throws FileError parquet_broken, parquet_too_large and too_many_columns. */
export async function openParquet(path: string): Promise<ParquetFile> {
	const { handle, sizeBytes } = await openFile(path);
	try {
		const buffer = boundedBuffer(handle, sizeBytes);
		const metadata = await parquetStep(path, () =>
			parquetMetadataAsync(buffer, { geoparquet: false }),
		);
		const columns = await parquetStep(path, () =>
			parquetSchema(metadata).children.map((child) => ({
				name: must(child.element.name, "every column of a schema has a name"),
				kind: kindOf(child),
			})),
		);
		checkColumnCount(columns.length);
		for (const { name } of columns) checkColumnName(name);
		const rowCount = checkRowGroups(path, metadata);
		return {
			buffer,
			metadata,
			columns,
			rowCount,
			sizeBytes,
			close: () => handle.close(),
		};
	} catch (error) {
		await handle.close();
		throw error;
	}
}

/** Runs a step of the library; whatever it throws over broken bytes becomes a FileError. */
export async function parquetStep<T>(
	path: string,
	step: () => T | Promise<T>,
): Promise<T> {
	try {
		return await step();
	} catch (error) {
		if (error instanceof FileError) throw error;
		throw new FileError(
			"parquet_broken",
			`${path} cannot be read as Parquet (${reasonOf(error)}). Write the file again, or convert it to CSV.`,
			{ cause: error },
		);
	}
}

/** Text whose bytes are not UTF-8, as it comes out of the library. */
export const BROKEN_TEXT: object = Object.freeze({ brokenText: true });

const fatalDecoder = new TextDecoder("utf-8", { fatal: true });

/** Times come as milliseconds, text is decoded strictly. */
export const PARQUET_PARSERS: Partial<ParquetParsers> = {
	timestampFromMilliseconds: (value) => milliseconds(value, 1n),
	timestampFromMicroseconds: (value) => milliseconds(value, 1000n),
	timestampFromNanoseconds: (value) => milliseconds(value, 1_000_000n),
	dateFromDays: (days) =>
		days === undefined || days === null ? null : days * 86_400_000,
	stringFromBytes: (bytes) => {
		if (bytes === undefined || bytes === null) return null;
		try {
			return fatalDecoder.decode(bytes);
		} catch {
			return BROKEN_TEXT;
		}
	},
};

/** The library's codecs, refusing pages that claim to unpack to more than `FILE_LIMITS.pageBytes`. */
export const PARQUET_CODECS: Compressors = Object.fromEntries(
	Object.entries(codecs).map(([name, unpack]) => [
		name,
		(input: Uint8Array, outputLength: number) => {
			if (outputLength > FILE_LIMITS.pageBytes) {
				throw new FileError(
					"parquet_too_large",
					`A page of the file unpacks to ${outputLength} bytes. Write it with smaller pages.`,
				);
			}
			return unpack(input, outputLength);
		},
	]),
);

function milliseconds(value: bigint | null | undefined, unit: bigint) {
	if (value === undefined || value === null) return null;
	// BigInt division cuts towards zero; before 1970 that would be later than the time given.
	const quotient = value / unit;
	return Number(value % unit < 0n ? quotient - 1n : quotient);
}

function kindOf({ element, children }: SchemaTree): ParquetColumnKind {
	if (children.length > 0 || element.repetition_type === "REPEATED") {
		return "nested";
	}
	const { converted_type: converted, logical_type: logical, type } = element;
	const isTime =
		converted === "DATE" ||
		converted === "TIMESTAMP_MILLIS" ||
		converted === "TIMESTAMP_MICROS" ||
		logical?.type === "DATE" ||
		logical?.type === "TIMESTAMP" ||
		(type === "INT96" && converted === undefined);
	return isTime ? "timestamp" : "value";
}

/** The footer's promises, checked before anything is allocated for them. */
function checkRowGroups(path: string, metadata: FileMetaData): number {
	let total = 0;
	for (const group of metadata.row_groups) {
		const rows = Number(group.num_rows);
		if (!Number.isSafeInteger(rows) || rows < 0) {
			throw new FileError(
				"parquet_broken",
				`${path} is broken as a Parquet file (a row group of ${group.num_rows} rows). Write the file again.`,
			);
		}
		if (
			rows > FILE_LIMITS.rowGroupRows ||
			Number(group.total_byte_size) > FILE_LIMITS.rowGroupBytes
		) {
			throw new FileError(
				"parquet_too_large",
				`${path} has a row group of ${rows} rows, ${group.total_byte_size} bytes. Write it with row groups of at most ${FILE_LIMITS.rowGroupRows} rows.`,
			);
		}
		total += rows;
	}
	return total;
}

function boundedBuffer(handle: FileHandle, sizeBytes: number): AsyncBuffer {
	return {
		byteLength: sizeBytes,
		// The library starts several reads and may give up before it awaits them all: what can
		// be refused is refused at once, and no rejection is left without a handler.
		slice(start: number, end: number = sizeBytes) {
			if (!(start >= 0 && end >= start && end <= sizeBytes)) {
				throw new RangeError(
					`bytes ${start} to ${end} are outside the file's ${sizeBytes}`,
				);
			}
			const reading = readRange(handle, start, end);
			reading.catch(() => undefined);
			return reading;
		},
	};
}

async function readRange(
	handle: FileHandle,
	start: number,
	end: number,
): Promise<ArrayBuffer> {
	const bytes = new Uint8Array(end - start);
	let filled = 0;
	while (filled < bytes.length) {
		const { bytesRead } = await handle.read(
			bytes,
			filled,
			bytes.length - filled,
			start + filled,
		);
		if (bytesRead === 0) throw new RangeError("the file became shorter");
		filled += bytesRead;
	}
	return bytes.buffer;
}
