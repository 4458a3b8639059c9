import { must } from "../../../../src-shared/domain/must.ts";
import {
	type BatchColumn,
	CategoryBuilder,
	IdColumn,
	NumberColumn,
	type RowRun,
	TimeColumn,
} from "./batch-columns.ts";
import { type ColumnMapping, checkMapping } from "./column-mapping.ts";
import { timeReaderFor } from "./date-format.ts";
import type { FileInspection } from "./inspect-file.ts";
import type {
	CategoryColumn,
	FeatureColumn,
	ParsedBatch,
} from "./parsed-batch.ts";
import {
	type RejectedRow,
	type RowBlock,
	rawText,
	rejectRow,
} from "./row-block.ts";

/**
 * Gathers rows until a batch is full. A batch is full at `batchRows` rows, good and bad ones
 * together, so that a file of nothing but bad rows stays within bounds too.
 */
export class BatchBuilder {
	readonly #batchRows: number;
	readonly #columns: BatchColumn[] = [];
	readonly #lines: Float64Array<ArrayBuffer>;
	readonly #finish: (count: number) => BatchColumns;
	readonly #knownColumns: number;
	readonly #delimiter: string;
	#count = 0;
	#rejected: RejectedRow[] = [];
	#seenColumns: number;
	#newColumns: string[] = [];
	#bytesRead = 0;

	/** Throws FileError when the mapping does not fit the file. */
	constructor(
		inspection: FileInspection,
		mapping: ColumnMapping,
		batchRows: number,
	) {
		this.#batchRows = batchRows;
		this.#lines = new Float64Array(batchRows);
		this.#knownColumns = inspection.columnNames.length;
		this.#seenColumns = this.#knownColumns;
		this.#delimiter = inspection.delimiter;
		this.#finish = this.#createColumns(inspection, mapping);
	}

	/** Takes the block's rows, yielding each batch that fills up. */
	*add(block: RowBlock): Generator<ParsedBatch> {
		this.#bytesRead = block.bytesRead;
		for (const row of block.rejected) {
			this.#rejected.push(row);
			if (this.#isFull()) yield this.#take(block);
		}
		let from = 0;
		while (from < block.rows.length) {
			const room = this.#batchRows - this.#count - this.#rejected.length;
			const to = Math.min(block.rows.length, from + room);
			this.#readRun(block, from, to);
			from = to;
			if (this.#isFull()) yield this.#take(block);
		}
		this.#noteColumns(block);
	}

	/** The last batch, or null when nothing is left. */
	end(): ParsedBatch | null {
		const isEmpty = this.#count === 0 && this.#rejected.length === 0;
		return isEmpty ? null : this.#take(null);
	}

	#isFull(): boolean {
		return this.#count + this.#rejected.length >= this.#batchRows;
	}

	#noteColumns(block: RowBlock): void {
		if (block.columns.length <= this.#seenColumns) return;
		this.#newColumns = this.#newColumns.concat(
			block.columns.slice(this.#seenColumns),
		);
		this.#seenColumns = block.columns.length;
	}

	#readRun(block: RowBlock, from: number, to: number): void {
		const problems = new Map<number, RejectedRow>();
		const run: RowRun = {
			rows: block.rows,
			from,
			to,
			at: this.#count,
			reject: (row, code, message) => {
				if (problems.has(row)) return;
				const line = block.lines[row] ?? 0;
				const raw = rawText(block.rows[row] ?? [], this.#delimiter);
				problems.set(row, rejectRow(line, code, message, raw));
			},
		};
		for (const column of this.#columns) column.read(run);
		let target = this.#count;
		for (let row = from; row < to; row++) {
			const problem = problems.size > 0 ? problems.get(row) : undefined;
			if (problem) {
				this.#rejected.push(problem);
				continue;
			}
			const source = this.#count + row - from;
			if (source !== target) {
				for (const column of this.#columns) column.move(target, source);
			}
			this.#lines[target++] = block.lines[row] ?? 0;
		}
		this.#count = target;
	}

	#take(block: RowBlock | null): ParsedBatch {
		if (block) this.#noteColumns(block);
		const batch: ParsedBatch = {
			...this.#finish(this.#count),
			count: this.#count,
			lines: this.#lines.slice(0, this.#count),
			rejected: this.#rejected.sort((a, b) => a.line - b.line),
			unmappedColumns: this.#newColumns,
			bytesRead: this.#bytesRead,
		};
		this.#count = 0;
		this.#rejected = [];
		this.#newColumns = [];
		return batch;
	}

	#add<T extends BatchColumn>(column: T): T {
		this.#columns.push(column);
		return column;
	}

	#createColumns(
		inspection: FileInspection,
		mapping: ColumnMapping,
	): (count: number) => BatchColumns {
		const dateFormat = checkMapping(inspection, mapping);
		const capacity = this.#batchRows;
		const indexOf = (name: string) => inspection.columnNames.indexOf(name);
		const category = (
			name: string | undefined,
			rules: ConstructorParameters<typeof CategoryBuilder>[2],
		) =>
			name === undefined
				? null
				: this.#add(new CategoryBuilder(indexOf(name), name, rules, capacity));
		const id = (name: string | undefined) =>
			name === undefined
				? null
				: this.#add(new IdColumn(indexOf(name), name, false, capacity));
		const time =
			mapping.eventTime === null
				? null
				: this.#add(
						new TimeColumn(
							indexOf(mapping.eventTime),
							mapping.eventTime,
							timeReaderFor(
								must(dateFormat, "checkMapping returns one for a mapped time"),
								mapping.timeZone,
							),
							capacity,
						),
					);
		const score = this.#add(
			new NumberColumn(indexOf(mapping.score), mapping.score, true, capacity),
		);
		const model =
			"constant" in mapping.model
				? { constant: mapping.model.constant }
				: category(mapping.model.column, {
						asId: true,
						required: "model_missing",
					});
		const plain = { asId: false, required: null };
		const modelVersion = category(mapping.modelVersion, {
			asId: true,
			required: null,
		});
		const prediction = category(mapping.prediction, plain);
		const label = category(mapping.label, plain);
		const eventId = id(mapping.eventId);
		const entityId = id(mapping.entityId);
		const features = mapping.features.map((name) =>
			this.#featureColumn(inspection, name),
		);
		return (count) => ({
			eventTimeMs:
				time?.finish(count) ?? new Float64Array(count).fill(Number.NaN),
			score: score.finish(count),
			modelId: modelColumn(model, count),
			modelVersion: modelVersion?.finish(count) ?? null,
			prediction: prediction?.finish(count) ?? null,
			label: label?.finish(count) ?? null,
			eventId: eventId?.finish(count) ?? null,
			entityId: entityId?.finish(count) ?? null,
			features: features.map((finish) => finish(count)),
		});
	}

	#featureColumn(
		{ columns, columnNames }: FileInspection,
		name: string,
	): (count: number) => FeatureColumn {
		const index = columnNames.indexOf(name);
		const type = columns[index]?.type;
		if (type === "number" || type === "empty") {
			const column = this.#add(
				new NumberColumn(index, name, false, this.#batchRows),
			);
			return (count) => ({
				name,
				kind: "number",
				values: column.finish(count),
			});
		}
		const column = this.#add(
			new CategoryBuilder(
				index,
				name,
				{ asId: false, required: null },
				this.#batchRows,
			),
		);
		return (count) => ({ name, kind: "category", ...column.finish(count) });
	}
}

type BatchColumns = Omit<
	ParsedBatch,
	"count" | "lines" | "rejected" | "unmappedColumns" | "bytesRead"
>;

function modelColumn(
	model: CategoryBuilder | { readonly constant: string } | null,
	count: number,
): CategoryColumn {
	if (model instanceof CategoryBuilder) return model.finish(count);
	return {
		dictionary: [must(model, "a mapping names its model").constant],
		codes: new Int32Array(count),
	};
}
