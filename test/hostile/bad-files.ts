import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";

const header = "event_id,timestamp,score";
const good = "a,2026-01-01T00:00:00Z,0.5";

const parquet = Buffer.from(
	parquetWriteBuffer({
		columnData: [
			{ name: "timestamp", data: ["2026-01-01T00:00:00Z"], type: "STRING" },
			{ name: "score", data: [0.5], type: "DOUBLE" },
		],
	}),
);

/** A copy of a good Parquet file with one byte of its end changed. */
function mutated(offsetFromEnd: number): Buffer {
	const copy = Buffer.from(parquet);
	const at = Math.max(0, copy.length - offsetFromEnd);
	copy[at] = (copy[at] ?? 0) ^ 0xff;
	return copy;
}

/** Files of which no row can be taken, by name. */
export const badFiles: Readonly<Record<string, string | Buffer>> = {
	"empty.csv": "",
	"blank.csv": "\n\n\n",
	"header-only.csv": `${header}\n`,
	"no-score.csv": "event_id,timestamp\na,2026-01-01T00:00:00Z\n",
	"no-columns-known.csv": "p,q\nx,y\n",
	"scores-of-words.csv": `${header}\na,2026-01-01T00:00:00Z,high\n`,
	"scores-nan.csv": `${header}\na,2026-01-01T00:00:00Z,NaN\n`,
	"scores-infinite.csv": `${header}\na,2026-01-01T00:00:00Z,1e400\n`,
	"scores-empty.csv": `${header}\na,2026-01-01T00:00:00Z,\n`,
	"dates-of-no-calendar.csv": `${header}\na,2026-02-30T00:00:00Z,0.5\n`,
	"dates-ambiguous.csv": `${header}\na,01/02/2026,0.5\nb,03/04/2026,0.5\n`,
	"dates-of-words.csv": `${header}\na,yesterday,0.5\n`,
	"dates-mixed.csv": `${header}\na,2026-13-01,0.5\nb,99,0.5\n`,
	"id-too-long.csv": `${header}\n${"x".repeat(300)},2026-01-01T00:00:00Z,0.5\n`,
	"unclosed-quote.csv": `${header}\n"a,2026-01-01T00:00:00Z,0.5\n`,
	"too-many-cells.csv": `${header}\n${good},1,2,3\n`,
	"nul-bytes.csv": Buffer.alloc(5_000),
	"binary.csv": Buffer.from(
		Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 251),
	),
	"twice-the-same-column.csv": "score,score\n",
	"wide.csv": `${Array.from({ length: 5_000 }, (_, i) => `c${i}`).join(",")}\n`,
	"html.csv": "<!doctype html><html><body>Not found</body></html>",
	"empty.ndjson": "",
	"broken.ndjson": '{"score":\n{"score"\n',
	"numbers.ndjson": "1\n2\n3\n",
	"arrays.ndjson": "[1]\n[2]\n",
	"nulls.ndjson": "null\nnull\n",
	"texts.ndjson": '"a"\n"b"\n',
	"scores-of-words.ndjson":
		'{"timestamp":"2026-01-01T00:00:00Z","score":"x"}\n',
	"scores-infinite.ndjson":
		'{"timestamp":"2026-01-01T00:00:00Z","score":1e400}\n',
	"scores-missing.ndjson": '{"timestamp":"2026-01-01T00:00:00Z"}\n',
	"depth-bomb.ndjson": `${"[".repeat(100_000)}\n`,
	"long-line.ndjson": `{"score":0.5,"x":"${"x".repeat(2_000_000)}"}\n`,
	"no-newline.ndjson": "x".repeat(3_000_000),
	"empty.json": "",
	"open-array.json": "[",
	"object.json": '{"score":"x"}',
	"number.json": "5",
	"array-of-numbers.json": "[1,2,3]",
	"words.json": "not json at all",
	"empty.parquet": "",
	"magic-only.parquet": "PAR1",
	"magic-twice.parquet": "PAR1PAR1",
	"text.parquet": "score\n0.5\n",
	"cut-in-half.parquet": parquet.subarray(0, parquet.length >> 1),
	"no-end.parquet": parquet.subarray(0, parquet.length - 4),
	"no-start.parquet": parquet.subarray(4),
	"footer-length-huge.parquet": Buffer.concat([
		parquet.subarray(0, parquet.length - 8),
		Buffer.from([0xff, 0xff, 0xff, 0x7f]),
		Buffer.from("PAR1"),
	]),
	"footer-length-mutated.parquet": mutated(6),
	"zip.csv": Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(200)]),
	"gzip-cut.csv": gzipSync(Buffer.from(`${header}\n${good}\n`)).subarray(0, 20),
	"gzip-bomb.csv": gzipSync(Buffer.alloc(50_000_000, 0x31)),
	"png.csv": Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"),
	"utf16.csv": Buffer.from(`${header}\n${good}\n`, "utf16le"),
	"sqlite.csv": Buffer.from("SQLite format 3\u0000".padEnd(4_096, "\u0000")),
};
