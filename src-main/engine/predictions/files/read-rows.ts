import { BatchBuilder } from "./batch-builder.ts";
import { type ColumnMapping, mappedColumns } from "./column-mapping.ts";
import type { FileInspection } from "./inspect-file.ts";
import type { ParsedBatch } from "./parsed-batch.ts";
import { readBlocks } from "./read-blocks.ts";

/** How far reading is. */
export interface ReadProgress {
	readonly bytesRead: number;
	readonly totalBytes: number;
	/** Rows read so far, taken and rejected. */
	readonly rows: number;
	readonly rejected: number;
}

export interface ReadRowsOptions {
	/** Rows of a batch, taken and rejected together; 5,000 unless told. */
	readonly batchRows?: number | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
	/** Bytes read at once; for tests of block boundaries. */
	readonly blockBytes?: number | undefined;
}

const BATCH_ROWS = 5000;

/**
 * The file's rows in batches, good rows as columns and bad ones with their line and reason.
 * Nothing is read ahead of the consumer, so memory stays at one block and one batch whatever
 * the size of the file. Throws FileError, or the signal's reason; batches already given stay
 * good.
 */
export async function* readRows(
	path: string,
	inspection: FileInspection,
	mapping: ColumnMapping,
	options: ReadRowsOptions = {},
): AsyncGenerator<ParsedBatch> {
	const builder = new BatchBuilder(
		inspection,
		mapping,
		options.batchRows ?? BATCH_ROWS,
	);
	let rows = 0;
	let rejected = 0;
	const report = (batch: ParsedBatch) => {
		rows += batch.count + batch.rejected.length;
		rejected += batch.rejected.length;
		options.onProgress?.({
			bytesRead: batch.bytesRead,
			totalBytes: inspection.sizeBytes,
			rows,
			rejected,
		});
		return batch;
	};
	const blocks = readBlocks(path, inspection, {
		signal: options.signal,
		blockBytes: options.blockBytes,
		columns: mappedColumns(mapping),
	});
	for await (const block of blocks) {
		for (const batch of builder.add(block)) yield report(batch);
	}
	const last = builder.end();
	if (last) yield report(last);
}
