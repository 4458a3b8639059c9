import { must } from "../../../../src-shared/domain/must.ts";
import {
	CategoricalAccumulator,
	type ColumnAccumulator,
	type FileColumn,
	NumericAccumulator,
	TimestampAccumulator,
} from "./column-accumulators.ts";
import { checkColumnCount, checkColumnsExist } from "./column-names.ts";
import { type ColumnProfile, TYPE_SHARE } from "./column-profile.ts";
import { timeReaderFor } from "./date-format.ts";
import { type FileInspection, inspectFile } from "./inspect-file.ts";
import { readBlocks } from "./read-blocks.ts";
import type { RejectedRow } from "./row-block.ts";

export interface FileColumns {
	readonly inspection: FileInspection;
	/** In the order asked for, else in the file's. */
	readonly columns: readonly FileColumn[];
	readonly rowCount: number;
	/** Rows left out because they could not be read at all; the first 100. */
	readonly rejected: readonly RejectedRow[];
	readonly rejectedCount: number;
}

export interface ReadColumnsOptions {
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?:
		| ((bytesRead: number, totalBytes: number) => void)
		| undefined;
	/** Of a CSV file; guessed unless told. */
	readonly delimiter?: FileInspection["delimiter"] | undefined;
	readonly header?: boolean | undefined;
}

/**
 * Whole columns of a file as typed arrays: all of them, or those named. Every column has
 * `rowCount` values. A column is numeric when 90 % of its values in the whole file are, by
 * the same rule as in an inspection; where that turns out wrong after the sample, the file is
 * read once more with that column as categories.
 * Throws FileError (unknown_column lists what exists), or the signal's reason.
 */
export async function readColumns(
	path: string,
	columnNames?: readonly string[],
	options: ReadColumnsOptions = {},
): Promise<FileColumns> {
	const inspection = await inspectFile(path, options);
	const sampled = [...new Set(columnNames ?? inspection.columnNames)];
	// A JSON file may show a column only after the sample.
	const growing =
		inspection.format === "json" || inspection.format === "ndjson";
	if (!growing) checkColumnsExist(sampled, inspection.columnNames);
	const asText = new Set<string>();
	for (;;) {
		const pass = new ColumnPass(
			inspection,
			sampled,
			columnNames === undefined,
			asText,
		);
		await pass.run(path, options);
		const misfits = pass.misfits();
		if (misfits.length === 0) {
			checkColumnsExist(sampled, pass.names);
			return pass.result();
		}
		for (const name of misfits) asText.add(name);
	}
}

/** One reading of the file. */
class ColumnPass {
	readonly #inspection: FileInspection;
	readonly #wanted: readonly string[];
	readonly #takeNew: boolean;
	readonly #asText: ReadonlySet<string>;
	readonly #accumulators = new Map<string, ColumnAccumulator>();
	#rejected: RejectedRow[] = [];
	#rejectedCount = 0;
	#rowCount = 0;
	names: readonly string[];

	constructor(
		inspection: FileInspection,
		wanted: readonly string[],
		takeNew: boolean,
		asText: ReadonlySet<string>,
	) {
		this.#inspection = inspection;
		this.#wanted = wanted;
		this.#takeNew = takeNew;
		this.#asText = asText;
		this.names = inspection.columnNames;
		for (const name of wanted) {
			if (this.names.includes(name)) this.#addColumn(name);
		}
	}

	async run(path: string, options: ReadColumnsOptions): Promise<void> {
		const blocks = readBlocks(path, this.#inspection, {
			signal: options.signal,
			columns: this.#wanted,
		});
		for await (const block of blocks) {
			if (block.columns.length > this.names.length) {
				this.#noteColumns([...block.columns]);
			}
			for (const [name, accumulator] of this.#accumulators) {
				const index = this.names.indexOf(name);
				for (const row of block.rows) accumulator.add(row[index]);
			}
			this.#rowCount += block.rows.length;
			this.#rejectedCount += block.rejected.length;
			const room = 100 - this.#rejected.length;
			this.#rejected = this.#rejected.concat(block.rejected.slice(0, room));
			options.onProgress?.(block.bytesRead, this.#inspection.sizeBytes);
		}
	}

	/** Columns that turned out to hold other values than the sample promised. */
	misfits(): string[] {
		return [...this.#accumulators]
			.filter(([, accumulator]) => accumulator.misfitShare() > 1 - TYPE_SHARE)
			.map(([name]) => name);
	}

	result(): FileColumns {
		const order = this.#takeNew ? this.names : this.#wanted;
		return {
			inspection: this.#inspection,
			columns: order.map((name) =>
				must(
					this.#accumulators.get(name),
					"every name asked for exists by now",
				).finish(),
			),
			rowCount: this.#rowCount,
			rejected: this.#rejected,
			rejectedCount: this.#rejectedCount,
		};
	}

	#noteColumns(names: readonly string[]): void {
		const added = names.slice(this.names.length);
		checkColumnCount(names.length);
		this.names = names;
		for (const name of added) {
			if (!this.#takeNew && !this.#wanted.includes(name)) continue;
			const accumulator = this.#addColumn(name);
			for (let i = 0; i < this.#rowCount; i++) accumulator.add(undefined);
		}
	}

	#addColumn(name: string): ColumnAccumulator {
		const profile = this.#inspection.columns.find(
			(column) => column.name === name,
		);
		const accumulator = this.#asText.has(name)
			? new CategoricalAccumulator(name)
			: accumulatorFor(name, profile);
		this.#accumulators.set(name, accumulator);
		return accumulator;
	}
}

function accumulatorFor(
	name: string,
	profile: ColumnProfile | undefined,
): ColumnAccumulator {
	const format = profile?.dateFormat;
	if (profile?.type === "timestamp" && format && format !== "ambiguous") {
		return new TimestampAccumulator(name, timeReaderFor(format));
	}
	const type = profile?.type ?? "empty";
	return type === "number" || type === "empty"
		? new NumericAccumulator(name)
		: new CategoricalAccumulator(name);
}
