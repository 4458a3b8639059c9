import { openBytes } from "./byte-source.ts";
import { readCsvRows } from "./csv-rows.ts";
import type { FileLayout, ReadOptions } from "./file-layout.ts";
import { readJsonArrayRows, readNdjsonRows } from "./json-rows.ts";
import { readParquetRows } from "./parquet-rows.ts";
import type { RowBlock } from "./row-block.ts";

/** The rows of a file of any format. The file is closed when the generator ends or is returned early. */
export async function* readBlocks(
	path: string,
	layout: FileLayout,
	options: ReadOptions,
): AsyncGenerator<RowBlock> {
	if (layout.format === "parquet") {
		yield* readParquetRows(path, options);
		return;
	}
	const source = await openBytes(path, layout.gzip);
	try {
		switch (layout.format) {
			case "csv":
				yield* readCsvRows(source, layout, options);
				break;
			case "ndjson":
				yield* readNdjsonRows(source, layout, options);
				break;
			case "json":
				yield* readJsonArrayRows(source, layout, options);
				break;
		}
	} finally {
		await source.close();
	}
}
