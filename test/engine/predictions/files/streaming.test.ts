// Where the blocks of a file are cut changes nothing, and nothing is read ahead of the consumer.
import { readdir, readlink } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
	inspectFile,
	readRows,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { readAll, temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

/** Every hard case in one table: characters of 1 to 4 bytes, quoted delimiters, quotes and newlines, CRLF, blank and broken lines. */
const hard = Buffer.concat([
	Buffer.from("\ufeffid,score,note\r\n"),
	Buffer.from('a,0.5,"plain"\r\n'),
	Buffer.from('b,0.25,"é中😀, and ""more"""\r\n'),
	Buffer.from('c,1,"two\r\nlines\nor three"\r\n'),
	Buffer.from("\r\n\n"),
	Buffer.from([0x64, 0x2c, 0x31, 0x2c, 0xff, 0xfe, 0x0a]),
	Buffer.from('e,2,"broken '),
	Buffer.from([0xc3, 0x28, 0x0a]),
	Buffer.from('in the middle"\n'),
	Buffer.from('f,3,"x"y\n'),
	Buffer.from('g,4,"open\n'),
	Buffer.from("h,5,\n"),
	Buffer.from("i,6\n"),
	Buffer.from("j,7,last"),
]);

const expected = {
	rows: [
		[2, "a", "plain"],
		[3, "b", 'é中😀, and "more"'],
		[4, "c", "two\r\nlines\nor three"],
		[14, "h", null],
		[16, "j", "last"],
	],
	rejected: [
		[9, "invalid_utf8"],
		[10, "invalid_utf8"],
		[12, "quote_malformed"],
		[13, "quote_not_closed"],
		[15, "wrong_cell_count"],
	],
};

async function readHard(path: string, blockBytes: number) {
	const { rows, rejected } = await readAll(
		path,
		{ eventId: "id", features: ["note"] },
		{ blockBytes },
	);
	return {
		rows: rows.map(({ line, eventId, features }) => [
			line,
			eventId,
			features.note,
		]),
		rejected: rejected.map(({ line, code }) => [line, code]),
	};
}

test("a table of hard cases reads the same at every block size", async () => {
	const path = await files.write("hard.csv", hard);
	const packed = await files.write("hard.csv.gz", gzipSync(hard));
	for (let blockBytes = 1; blockBytes <= hard.length + 1; blockBytes++) {
		expect(await readHard(path, blockBytes), `${blockBytes} bytes`).toEqual(
			expected,
		);
	}
	expect(await readHard(packed, 7)).toEqual(expected);
});

test("carriage returns alone end lines too", async () => {
	const path = await files.write("mac.csv", "id,score\ra,1\r\rb,2\r");
	const { rows } = await readAll(path, {}, { blockBytes: 3 });
	expect(rows.map(({ line, eventId }) => [line, eventId])).toEqual([
		[2, "a"],
		[4, "b"],
	]);
});

test("NDJSON keeps its lines at every block size", async () => {
	const text = '{"score":1,"event_id":"é😀"}\r\n\n{"score":}\n[]\n{"score":2}';
	const path = await files.write("a.ndjson", text);
	for (let blockBytes = 1; blockBytes <= text.length + 5; blockBytes++) {
		const { rows, rejected } = await readAll(path, {}, { blockBytes });
		expect(rows.map(({ line, eventId }) => [line, eventId])).toEqual([
			[1, "é😀"],
			[5, null],
		]);
		expect(rejected.map(({ line }) => line)).toEqual([3, 4]);
	}
});

describe("nothing runs ahead", () => {
	const rows = 200_000;
	const mapping = {
		model: { constant: "m" },
		score: "score",
		eventTime: null,
		features: ["note"],
	};
	const openFiles = async () => {
		const names = await readdir("/proc/self/fd").catch(() => []);
		const targets = names.map((name) =>
			readlink(`/proc/self/fd/${name}`).catch(() => ""),
		);
		return (await Promise.all(targets)).filter((target) =>
			target.includes("ahead."),
		);
	};

	test("a consumer that stops has made the reader read one block, and the file is closed", async () => {
		const path = await files.write(
			"ahead.csv",
			`score,note\n${"0.123456789,some words here\n".repeat(rows)}`,
		);
		const inspection = await inspectFile(path);
		for await (const batch of readRows(path, inspection, mapping, {
			batchRows: 100,
		})) {
			expect(batch.bytesRead).toBeLessThanOrEqual(128 * 1024);
			break;
		}
		expect(await openFiles()).toEqual([]);
	});

	test("so for NDJSON", async () => {
		const path = await files.write(
			"ahead.ndjson",
			'{"score":0.123456789,"note":"some words here"}\n'.repeat(rows),
		);
		const inspection = await inspectFile(path);
		for await (const batch of readRows(path, inspection, mapping)) {
			expect(batch.bytesRead).toBeLessThanOrEqual(3 * 128 * 1024);
			break;
		}
		expect(await openFiles()).toEqual([]);
	});
});

test("an open quote costs its own line, not the rest of a large file", async () => {
	const after = "b,1,x\n".repeat(300_000);
	const path = await files.write("open.csv", `id,score,n\na,1,"oops\n${after}`);
	const { rows, rejected } = await readAll(path, { features: [] });
	expect(rejected.map(({ line, code }) => [line, code])).toEqual([
		[2, "quote_not_closed"],
	]);
	expect(rows).toHaveLength(300_000);
	expect(rows.at(-1)?.line).toBe(300_002);
});

test("a file of nothing but broken quotes is refused, not chewed on", async () => {
	const path = await files.write(
		"quotes.csv",
		`id,score\nx,1\n${'"a"b,1\n'.repeat(5000)}`,
	);
	await expect(readAll(path)).rejects.toMatchObject({ code: "quotes_broken" });
});
