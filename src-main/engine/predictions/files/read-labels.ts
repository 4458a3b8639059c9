import { must } from "../../../../src-shared/domain/must.ts";
import { CategoryBuilder, IdColumn, type RowRun } from "./batch-columns.ts";
import type { LabelMapping } from "./column-mapping.ts";
import { checkColumnsExist } from "./column-names.ts";
import type { FileInspection } from "./inspect-file.ts";
import type { CategoryColumn, TextColumn } from "./parsed-batch.ts";
import { readBlocks } from "./read-blocks.ts";
import type { ReadRowsOptions } from "./read-rows.ts";
import {
	type RejectedRow,
	type RowBlock,
	rawText,
	rejectRow,
} from "./row-block.ts";

/** Labels of events, index by index. */
export interface LabelBatch {
	readonly count: number;
	readonly lines: Float64Array<ArrayBuffer>;
	readonly eventId: TextColumn;
	readonly label: CategoryColumn;
	readonly rejected: readonly RejectedRow[];
	readonly bytesRead: number;
}

/**
 * Labels that came later, one batch per block of the file. A row without an id or without a
 * label is rejected. Throws FileError, or the signal's reason.
 */
export async function* readLabels(
	path: string,
	inspection: FileInspection,
	mapping: LabelMapping,
	options: Pick<ReadRowsOptions, "signal" | "onProgress" | "blockBytes"> = {},
): AsyncGenerator<LabelBatch> {
	const names = [mapping.eventId, mapping.label];
	checkColumnsExist(names, inspection.columnNames);
	let rows = 0;
	let rejected = 0;
	const blocks = readBlocks(path, inspection, {
		signal: options.signal,
		blockBytes: options.blockBytes,
		columns: names,
	});
	for await (const block of blocks) {
		const batch = labelsOf(block, inspection, mapping);
		if (batch.count + batch.rejected.length === 0) continue;
		rows += batch.count + batch.rejected.length;
		rejected += batch.rejected.length;
		options.onProgress?.({
			bytesRead: batch.bytesRead,
			totalBytes: inspection.sizeBytes,
			rows,
			rejected,
		});
		yield batch;
	}
}

function labelsOf(
	block: RowBlock,
	{ columnNames, delimiter }: FileInspection,
	mapping: LabelMapping,
): LabelBatch {
	const total = block.rows.length;
	const eventId = new IdColumn(
		columnNames.indexOf(mapping.eventId),
		mapping.eventId,
		true,
		total,
	);
	const label = new CategoryBuilder(
		columnNames.indexOf(mapping.label),
		mapping.label,
		{ asId: false, required: "label_missing" },
		total,
	);
	const problems = new Map<number, RejectedRow>();
	const run: RowRun = {
		rows: block.rows,
		from: 0,
		to: total,
		at: 0,
		reject: (row, code, message) => {
			if (problems.has(row)) return;
			const line = must(block.lines[row], "every row has its line");
			const raw = rawText(block.rows[row] ?? [], delimiter);
			problems.set(row, rejectRow(line, code, message, raw));
		},
	};
	eventId.read(run);
	label.read(run);
	const lines = new Float64Array(total);
	let count = 0;
	for (let row = 0; row < total; row++) {
		if (problems.has(row)) continue;
		eventId.move(count, row);
		label.move(count, row);
		lines[count++] = block.lines[row] ?? 0;
	}
	const rejected = [...block.rejected, ...problems.values()];
	return {
		count,
		lines: lines.slice(0, count),
		eventId: eventId.finish(count),
		label: label.finish(count),
		rejected: rejected.sort((a, b) => a.line - b.line),
		bytesRead: block.bytesRead,
	};
}
