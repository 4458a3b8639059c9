// Rows written by another library in any format come back as they were, wherever the blocks of the file are cut.
import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import Papa from "papaparse";
import { expect, test } from "vitest";
import type { ColumnMapping } from "../../../../src-main/engine/predictions/files/index.ts";
import { readAll, temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

const mapping: ColumnMapping = {
	model: { column: "model" },
	score: "score",
	eventTime: "time",
	eventId: "id",
	features: ["amount", "colour"],
};

const missingWords = /^\s*(NA|N\/A|<NA>|NaN|nan|NaT|null|NULL|None)?\s*$/;
/** Text of all sorts, line ends and quotes included, that means itself: no word for missing, no number, no boolean. */
const text = fc
	.oneof(
		fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
		fc.stringMatching(/^[a-zé"',;|\t\n 中😀]{1,12}$/u),
	)
	.filter(
		(value) =>
			value.isWellFormed() &&
			!value.includes("\u0000") &&
			!value.includes("\r") &&
			!missingWords.test(value) &&
			!/^(true|false)$/i.test(value) &&
			!/^[\s\d+-.]+$/.test(value),
	);
/** Without -0, which JSON.stringify itself writes as 0. */
const number = fc
	.double({ noNaN: true, noDefaultInfinity: true })
	.map((value) => value + 0);
const row = fc.record({
	id: text,
	model: text,
	time: fc.integer({ min: 0, max: 253_402_300_799_999 }),
	score: number,
	amount: fc.option(number),
	colour: fc.option(text),
});
const rows = fc.array(row, { minLength: 1, maxLength: 12 });
type Row = {
	id: string;
	model: string;
	time: number;
	score: number;
	amount: number | null;
	colour: string | null;
};

/** Rows that fix every column's type, written before the ones under test. */
const seed: Row[] = Array.from({ length: 3 }, () => ({
	id: "seed",
	model: "seed",
	time: 0,
	score: 0,
	amount: 1,
	colour: "red",
}));

function written(given: readonly Row[]) {
	return [...seed, ...given].map(({ time, ...rest }) => ({
		...rest,
		time: new Date(time).toISOString(),
	}));
}

async function check(
	path: string,
	given: readonly Row[],
	blockBytes: number,
): Promise<void> {
	const { rows: read, rejected } = await readAll(path, mapping, {
		blockBytes,
		batchRows: 4,
	});
	expect(rejected).toEqual([]);
	expect(
		read.map(({ eventId, model, time, score, features }) => ({
			id: eventId,
			model,
			time,
			score,
			...features,
		})),
	).toEqual(
		[...seed, ...given].map((expected) => ({
			...expected,
			amount: expected.amount ?? Number.NaN,
		})),
	);
}

/** From blocks smaller than a character to blocks larger than the file. */
const blockBytes = fc.oneof(
	fc.integer({ min: 1, max: 16 }),
	fc.integer({ min: 17, max: 4096 }),
);

test("CSV", async () => {
	const path = await files.write("r.csv", "");
	await fc.assert(
		fc.asyncProperty(
			rows,
			blockBytes,
			fc.constantFrom(",", ";", "\t", "|"),
			fc.constantFrom("\n", "\r\n"),
			fc.boolean(),
			async (given, bytes, delimiter, newline, mark) => {
				const csv = Papa.unparse(written(given), { delimiter, newline });
				await writeFile(path, (mark ? "\ufeff" : "") + csv);
				await check(path, given, bytes);
			},
		),
		{ numRuns: 150 },
	);
});

test("NDJSON", async () => {
	const path = await files.write("r.ndjson", "");
	await fc.assert(
		fc.asyncProperty(rows, blockBytes, async (given, bytes) => {
			const lines = written(given).map((value) => JSON.stringify(value));
			await writeFile(path, lines.join("\n"));
			await check(path, given, bytes);
		}),
	);
});

test("JSON array", async () => {
	const path = await files.write("r.json", "");
	await fc.assert(
		fc.asyncProperty(
			rows,
			blockBytes,
			fc.constantFrom(undefined, 2),
			async (given, bytes, indent) => {
				await writeFile(path, JSON.stringify(written(given), null, indent));
				await check(path, given, bytes);
			},
		),
	);
});

test("Parquet", async () => {
	const path = await files.write("r.parquet", "");
	await fc.assert(
		fc.asyncProperty(rows, fc.constantFrom(1, 3, 1000), async (given, size) => {
			const all = [...seed, ...given];
			const buffer = parquetWriteBuffer({
				rowGroupSize: size,
				columnData: [
					{ name: "id", data: all.map(({ id }) => id), type: "STRING" },
					{
						name: "model",
						data: all.map(({ model }) => model),
						type: "STRING",
					},
					{
						name: "time",
						data: all.map(({ time }) => new Date(time)),
						type: "TIMESTAMP",
					},
					{
						name: "score",
						data: all.map(({ score }) => score),
						type: "DOUBLE",
					},
					{
						name: "amount",
						data: all.map(({ amount }) => amount),
						type: "DOUBLE",
					},
					{
						name: "colour",
						data: all.map(({ colour }) => colour),
						type: "STRING",
					},
				],
			});
			await writeFile(path, new Uint8Array(buffer));
			await check(path, given, 4096);
		}),
	);
});
