// Whatever bytes a file has: a FileError or rejected rows with a reason, never another error and never a row made up.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import {
	FileError,
	guessMapping,
	inspectFile,
	readColumns,
	readRows,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

/** Reads the file as an import would; the refusal's code, or the counts of rows. */
async function outcome(
	path: string,
): Promise<{ refused: string } | { taken: number; rejected: number }> {
	try {
		const inspection = await inspectFile(path);
		const { mapping, fields, features } = guessMapping(inspection, {
			modelId: "m",
		});
		const rows = readRows(
			path,
			inspection,
			mapping ?? {
				model: { constant: "m" },
				score: fields.score ?? "score",
				eventTime: null,
				features,
			},
		);
		let taken = 0;
		let rejected = 0;
		for await (const batch of rows) {
			taken += batch.count;
			rejected += batch.rejected.length;
			for (const score of batch.score) {
				expect(Number.isFinite(score)).toBe(true);
			}
			for (const { code, message, line } of batch.rejected) {
				expect(code).toMatch(/^[a-z0-9_]+$/);
				expect(message.length).toBeGreaterThan(10);
				expect(line).toBeGreaterThan(0);
			}
		}
		return { taken, rejected };
	} catch (error) {
		if (error instanceof FileError) {
			expect(error.message.length).toBeGreaterThan(10);
			return { refused: error.code };
		}
		throw error;
	}
}

const parquet = new Uint8Array(
	parquetWriteBuffer({
		columnData: [
			{
				name: "score",
				data: Array.from({ length: 500 }, (_, i) => i / 500),
				type: "DOUBLE",
			},
			{
				name: "colour",
				data: Array.from({ length: 500 }, (_, i) => `c${i % 7}`),
				type: "STRING",
			},
		],
	}),
);

/** A good file's rows with one bad thing in them: none of these may be taken whole. */
const badText: Record<string, string | Uint8Array> = {
	"nothing.csv": "",
	"spaces.csv": "   \n \t \n",
	"newlines.csv": "\n\n\n\r\n",
	"mark.csv": "\ufeff",
	"zero.csv": "\u0000",
	"zeros.csv": "\u0000".repeat(1000),
	"zero-later.csv": "score\n1\n\u0000\n",
	"utf16.csv": Buffer.from("\ufeffscore\n1\n", "utf16le"),
	"utf16-no-mark.csv": Buffer.from("score\n1\n", "utf16le"),
	"latin1-header.csv": Buffer.from("scöre\n1\n", "latin1"),
	"latin1-row.csv": Buffer.from("score,a\n1,x\n2,\xe9\n", "latin1"),
	"overlong.csv": Buffer.from("73636f72650a310ac0af0a", "hex"),
	"surrogate.csv": Buffer.from("73636f72650a310aeda0800a", "hex"),
	"cut-character.csv": Buffer.from("73636f72650a310ae4b8", "hex"),
	"no-score.csv": "a,b\n1,2\n",
	"text-score.csv": "score\nlow\nhigh\n",
	"short-row.csv": "score,a,b\n1,2,3\n1,2\n",
	"long-row.csv": "score,a\n1,2\n1,2,3\n",
	"other-delimiter.csv": "score,a\n1,2\n1;2\n",
	"open-quote.csv": 'score,a\n1,"x\n',
	"open-quote-header.csv": '"score,a\n1,2\n',
	"quote-then-text.csv": 'score,a\n1,"x"y\n',
	"quotes-only.csv": '"""\n"""\n"',
	"one-quote.csv": '"',
	"two-quotes.csv": '""',
	"commas.csv": ",,,,\n,,,,\n",
	"comma.csv": ",",
	"long-line.csv": `score\n${"1".repeat(1_100_000)}\n`,
	"long-cell.csv": `score,a\n1,"${"x\n".repeat(600_000)}"\n`,
	"wide.csv": `${Array.from({ length: 2001 }, (_, i) => `c${i}`).join(",")}\n`,
	"long-name.csv": `${"n".repeat(500)},score\n1,1\n`,
	"infinite.csv": "score\n1\nInfinity\n-Infinity\n",
	"huge-number.csv": "score\n1\n1e400\n",
	"hex.csv": "score\n1\n0xff\n",
	"decimal-comma.csv": "score;a\n0,5;1\n",
	"bad-time.csv": `score,time\n${"1,2026-01-01\n".repeat(20)}1,2026-02-30\n`,
	"short-then-long.csv": "score,time\n1\n1,2,3\n",
	"long-id.csv": `score,id\n1,${"x".repeat(300)}\n`,
	"html.csv": "<!doctype html><html><body>404</body></html>",
	"php.csv": "<?php echo 1; ?>\n",
	"pdf.csv": "%PDF-1.7\n%\u00e2\u00e3\n",
	"workbook.csv": Buffer.from("504b0304140006000800", "hex"),
	"old-workbook.csv": Buffer.from("d0cf11e0a1b11ae10000", "hex"),
	"zstd.csv": Buffer.from("28b52ffd04", "hex"),
	"bzip2.csv": Buffer.from("425a6839314159265359", "hex"),
	"sqlite.csv": "SQLite format 3\u0000",
	"elf.csv": Buffer.from("7f454c4602010100", "hex"),
	"gzip-nothing.csv.gz": gzipSync(""),
	"gzip-cut.csv.gz": gzipSync("score\n1\n".repeat(100)).subarray(0, 30),
	"gzip-short.csv.gz": Buffer.from("1f8b", "hex"),
	"gzip-flipped.csv.gz": flip(gzipSync("score\n1\n".repeat(100)), 20),
	"gzip-crc.csv.gz": flip(gzipSync("score\n1\n"), -6),
	"gzip-twice.csv.gz": gzipSync(gzipSync("score\n1\n")),
	"gzip-parquet.parquet.gz": gzipSync(parquet),
	"broken.ndjson": '{"score":1}\n{"score":\n',
	"nan.ndjson": '{"score":1}\n{"score":NaN}\n',
	"array-line.ndjson": '{"score":1}\n[1]\n',
	"words.ndjson": "hello\nworld\n",
	"numbers.ndjson": "1\n2\n3\n",
	"single-quotes.ndjson": "{'score':1}\n",
	"no-score.ndjson": '{"a":1}\n',
	"null-score.ndjson": '{"score":1}\n{"score":null}\n',
	"text-score.ndjson": '{"score":1}\n{"score":"x"}\n',
	"nested-score.ndjson": '{"score":1}\n{"score":[1]}\n',
	"bool-score.ndjson": '{"score":1}\n{"score":true}\n',
	"broken-utf8.ndjson": Buffer.from('{"score":1,"a":"\xff"}\n', "latin1"),
	"deep.ndjson": `{"score":1}\n{"score":1,"a":${"[".repeat(20_000)}\n`,
	"wide.ndjson": `{${Array.from({ length: 2001 }, (_, i) => `"c${i}":1`).join(",")}}\n`,
	"long-key.ndjson": `{"score":1,"${"k".repeat(300)}":1}\n`,
	"long-line.ndjson": `{"score":1,"a":"${"x".repeat(1_100_000)}"}\n`,
	"open.json": '[{"score":1}',
	"open-string.json": '[{"score":"1}]',
	"double-comma.json": '[{"score":1},,{"score":1}]',
	"last-comma.json": '[{"score":1},]',
	"trailer.json": '[{"score":1}] extra',
	"bracket.json": '[{"score":1}}]',
	"empty.json": "[]",
	"words.json": "[yes, no]",
	"open-only.json": "[",
	"long-element.json": `[{"score":1,"a":"${"x".repeat(1_100_000)}"}]`,
	"broken-utf8.json": Buffer.from('[{"score":1,"a":"\xff"}]', "latin1"),
	"text.parquet": "score\n1\n",
	"magic.parquet": "PAR1",
	"magics.parquet": "PAR1PAR1",
	"long-footer.parquet": Buffer.concat([
		Buffer.from("PAR1"),
		Buffer.from("ffffff7f", "hex"),
		Buffer.from("PAR1"),
	]),
	"cut.parquet": parquet.subarray(0, parquet.length - 10),
	"half.parquet": parquet.subarray(0, parquet.length / 2),
	"no-footer.parquet": Buffer.concat([
		parquet.subarray(0, 200),
		Buffer.alloc(8),
		Buffer.from("PAR1"),
	]),
	"encrypted.parquet": "PAREPARE",
	"no-columns.parquet": new Uint8Array(parquetWriteBuffer({ columnData: [] })),
};

function flip(bytes: Buffer, index: number): Buffer {
	const copy = Buffer.from(bytes);
	const at = index < 0 ? copy.length + index : index;
	copy[at] = (copy[at] ?? 0) ^ 0x55;
	return copy;
}

describe("bad files", () => {
	test("there are many of them", () => {
		expect(Object.keys(badText).length).toBeGreaterThanOrEqual(60);
	});

	test.each(Object.entries(badText))("%s", async (name, content) => {
		const result = await outcome(await files.write(name, content));
		if ("refused" in result) {
			expect(result.refused).toMatch(/^[a-z0-9_]+$/);
		} else if (!/^(empty\.json|no-columns)/.test(name)) {
			expect(result.rejected).toBeGreaterThan(0);
		}
	});
});

// Run lengths inside a page can only be bounded by decoding them: a corrupt one may cost seconds.
const fuzzing = { timeout: 180_000 };

test(
	"a Parquet file with any bytes overwritten is refused or read, never worse",
	fuzzing,
	async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.tuple(
						fc.integer({ min: 4, max: parquet.length - 1 }),
						fc.integer({ min: 0, max: 255 }),
					),
					{ minLength: 1, maxLength: 6 },
				),
				async (changes) => {
					const bytes = Uint8Array.from(parquet);
					for (const [index, value] of changes) bytes[index] = value;
					await outcome(await files.write("m.parquet", bytes));
				},
			),
			{ numRuns: 100 },
		);
	},
);

test("any bytes and any text at all are refused or read", fuzzing, async () => {
	const lines = fc
		.array(
			fc.oneof(
				fc.string(),
				fc.stringMatching(/^[",;{}[\]:\r\n01a.-]*$/),
				fc.json(),
			),
		)
		.map((parts) => Buffer.from(parts.join("\n")));
	const bytes = fc.uint8Array({ maxLength: 300 }).map((b) => Buffer.from(b));
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(lines, bytes),
			fc.constantFrom("csv", "ndjson", "json", "parquet", "csv.gz", "bin"),
			async (content, extension) => {
				const path = await files.write(`f.${extension}`, content);
				await outcome(path);
				await readColumns(path).catch((error: unknown) => {
					expect(error).toBeInstanceOf(FileError);
				});
			},
		),
		{ numRuns: 300 },
	);
});
