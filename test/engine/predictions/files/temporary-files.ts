import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import {
	type ColumnMapping,
	categoryAt,
	guessMapping,
	inspectFile,
	type ParsedBatch,
	type ReadRowsOptions,
	type RejectedRow,
	readRows,
	unpackTexts,
} from "../../../../src-main/engine/predictions/files/index.ts";

/** A folder for the files of one test file, and a function that puts a file there. */
export function temporaryFiles(): {
	write(name: string, content: string | Uint8Array): Promise<string>;
} {
	let folder = "";
	let count = 0;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "tocsin-files-"));
	});
	afterAll(() => rm(folder, { recursive: true }));
	return {
		async write(name, content) {
			const path = join(folder, `${count++}-${name}`);
			await writeFile(path, content);
			return path;
		},
	};
}

/** A row of a batch as an object, to compare with. */
export interface PlainRow {
	readonly line: number;
	readonly time: number;
	readonly score: number;
	readonly model: string | null;
	readonly version: string | null;
	readonly prediction: string | null;
	readonly label: string | null;
	readonly eventId: string | null;
	readonly entityId: string | null;
	readonly features: Readonly<Record<string, number | string | null>>;
}

export function plainRows(batch: ParsedBatch): PlainRow[] {
	const eventIds = batch.eventId ? unpackTexts(batch.eventId) : [];
	const entityIds = batch.entityId ? unpackTexts(batch.entityId) : [];
	return Array.from({ length: batch.count }, (_, i) => ({
		line: batch.lines[i] ?? -1,
		time: batch.eventTimeMs[i] ?? -1,
		score: batch.score[i] ?? -1,
		model: categoryAt(batch.modelId, i),
		version: batch.modelVersion ? categoryAt(batch.modelVersion, i) : null,
		prediction: batch.prediction ? categoryAt(batch.prediction, i) : null,
		label: batch.label ? categoryAt(batch.label, i) : null,
		eventId: eventIds[i] ?? null,
		entityId: entityIds[i] ?? null,
		features: Object.fromEntries(
			batch.features.map((feature) => [
				feature.name,
				feature.kind === "number"
					? (feature.values[i] ?? -1)
					: categoryAt(feature, i),
			]),
		),
	}));
}

/** Reads a whole file with the guessed mapping, changed by `overrides`. */
export async function readAll(
	path: string,
	overrides: Partial<ColumnMapping> = {},
	options: ReadRowsOptions = {},
): Promise<{ rows: PlainRow[]; rejected: RejectedRow[]; batches: number }> {
	const inspection = await inspectFile(path);
	const guess = guessMapping(inspection, { modelId: "m" });
	const { fields, features } = guess;
	const mapping: ColumnMapping = {
		model: { constant: "m" },
		score: fields.score ?? "score",
		eventTime: fields.eventTime ?? null,
		...guess.mapping,
		features,
		...overrides,
	};
	const rows: PlainRow[] = [];
	const rejected: RejectedRow[] = [];
	let batches = 0;
	for await (const batch of readRows(path, inspection, mapping, options)) {
		rows.push(...plainRows(batch));
		rejected.push(...batch.rejected);
		batches++;
	}
	return { rows, rejected, batches };
}
