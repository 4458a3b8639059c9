import type { AsyncBuffer, RowGroup } from "hyparquet";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";
import { FILE_LIMITS, FileError } from "./file-error.ts";

/**
 * One column's bytes of a row group, with its page headers checked. The library trusts them:
 * a page without a size makes it read the first page for ever, one of a billion values makes
 * it allocate them. The result stands in for the file, as far as this column goes. Throws
 * RangeError for headers that cannot be right, and FileError parquet_too_large.
 */
export async function readCheckedColumn(
	file: AsyncBuffer,
	group: RowGroup,
	name: string,
): Promise<AsyncBuffer> {
	const chunk = group.columns.find(
		({ meta_data }) => meta_data?.path_in_schema[0] === name,
	)?.meta_data;
	if (!chunk) throw new RangeError(`no data for the column "${name}"`);
	const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
	const end = start + Number(chunk.total_compressed_size);
	const bytes = await file.slice(start, end);
	checkPages(bytes, Number(group.num_rows));
	return {
		byteLength: file.byteLength,
		slice(from: number, to: number = file.byteLength) {
			if (!(from >= start && to <= end && from <= to)) {
				throw new RangeError(`bytes ${from} to ${to} are outside the column`);
			}
			return bytes.slice(from - start, to - start);
		},
	};
}

/** The greatest number that stands for an encoding. */
const ENCODINGS = 9;

/** Walks the page headers: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift, PageHeader. */
function checkPages(bytes: ArrayBuffer, rows: number): void {
	const reader = { view: new DataView(bytes), offset: 0 };
	let values = 0;
	while (values < rows) {
		const header = deserializeTCompactProtocol(reader);
		const unpacked = sizeOf(header.field_2, FILE_LIMITS.pageBytes);
		const packed = sizeOf(header.field_3, bytes.byteLength - reader.offset);
		const dataPage = header.field_5 ?? header.field_8;
		const page = dataPage ?? header.field_7;
		const count = sizeOf(page?.field_1, dataPage ? rows : unpacked);
		sizeOf(page?.field_2, header.field_8 ? count : ENCODINGS);
		if (header.field_8) checkPageV2(header.field_8, count, packed);
		if (dataPage && count === 0 && packed === 0) {
			throw new RangeError("a data page has neither values nor bytes");
		}
		if (dataPage) values += count;
		reader.offset += packed;
	}
}

/** Rows, encoding and the bytes of the two runs of levels, which lie before the values. */
function checkPageV2(
	page: Record<string, unknown>,
	count: number,
	packed: number,
): void {
	sizeOf(page.field_3, count);
	sizeOf(page.field_4, ENCODINGS);
	const definitions = sizeOf(page.field_5, packed);
	sizeOf(page.field_6, packed - definitions);
}

function sizeOf(value: unknown, most: number): number {
	if (typeof value !== "number" || !(value >= 0)) {
		throw new RangeError("a page header lacks a size");
	}
	if (value > FILE_LIMITS.pageBytes) {
		throw new FileError(
			"parquet_too_large",
			`A page of the file claims a size of ${value}. Write it with smaller pages.`,
		);
	}
	if (value > most) {
		throw new RangeError(`a page header claims ${value} where ${most} fit`);
	}
	return value;
}
