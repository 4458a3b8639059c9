// What a file is follows from its content first and its name second, and what is refused says why.
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import {
	FileError,
	hashFile,
	inspectFile,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

describe("formats", () => {
	const csv = "id,score\na,0.5\nb,0.25\n";
	const cases: [string, string, string | Uint8Array, object][] = [
		["plain CSV", "a.csv", csv, { format: "csv", delimiter: "," }],
		["semicolons", "a.csv", csv.replaceAll(",", ";"), { delimiter: ";" }],
		["tabs", "a.csv", csv.replaceAll(",", "\t"), { delimiter: "\t" }],
		["tabs by name", "a.tsv", "score\n1\n", { delimiter: "\t" }],
		["bars", "a.txt", csv.replaceAll(",", "|"), { delimiter: "|" }],
		["CRLF", "a.csv", csv.replaceAll("\n", "\r\n"), { newline: "\n" }],
		["CR", "a.csv", csv.replaceAll("\n", "\r"), { newline: "\r" }],
		["byte order mark", "a.csv", `\ufeff${csv}`, { format: "csv" }],
		["gzip", "a.csv.gz", gzipSync(csv), { gzip: true, format: "csv" }],
		["NDJSON by content", "a.csv", '{"score":1}\n', { format: "ndjson" }],
		["NDJSON by name", "a.ndjson", 'x\n{"score":1}\n', { format: "ndjson" }],
		["JSON array", "a.json", '[\n{"score":1}]', { format: "json" }],
		["empty JSON array", "a.json", " [ ] ", { format: "json" }],
		["braces in CSV", "a.csv", "{a},score\n1,2\n", { format: "csv" }],
		[
			"Parquet by content",
			"a.bin",
			new Uint8Array(
				parquetWriteBuffer({ columnData: [{ name: "score", data: [1, 2] }] }),
			),
			{ format: "parquet", estimatedRows: 2, rowsExact: true },
		],
	];
	test.each(cases)("%s", async (_, name, content, expected) => {
		const inspection = await inspectFile(await files.write(name, content));
		expect(inspection).toMatchObject(expected);
	});
});

test("columns are profiled by their values", async () => {
	const path = await files.write(
		"types.csv",
		[
			"n,s,b,t,m,e,z",
			"1,x,true,2026-01-01,1,,2026-01-01T00:00:00Z",
			"2.5e3,y,False,2026-01-02,a,NA,2026-01-01 00:00",
			",z,TRUE,,2,,",
		].join("\n"),
	);
	const { columns, sampledRows, estimatedRows, rowsExact, firstRows } =
		await inspectFile(path);
	expect(
		columns.map(({ name, type, dateFormat }) => [name, type, dateFormat]),
	).toEqual([
		["n", "number", undefined],
		["s", "string", undefined],
		["b", "boolean", undefined],
		["t", "timestamp", "iso"],
		["m", "mixed", undefined],
		["e", "empty", undefined],
		["z", "timestamp", "iso"],
	]);
	expect(columns[0]).toMatchObject({
		missingShare: 1 / 3,
		examples: ["1", "2.5e3"],
		range: { min: 1, max: 2500 },
	});
	expect([sampledRows, estimatedRows, rowsExact]).toEqual([3, 3, true]);
	expect(firstRows[1]?.[1]).toBe("y");
});

describe("header", () => {
	const cases: [string, string, boolean, string[]][] = [
		["names", "a,b\n1,2\n", true, ["a", "b"]],
		["none", "1,2\n3,4\n", false, ["column_1", "column_2"]],
		["none, with text", "x,2\ny,4\n", false, ["column_1", "column_2"]],
		["none, with dates", "x,2026-01-01\n", false, ["column_1", "column_2"]],
		["an empty name", ",b\n1,2\n", true, ["column_1", "b"]],
		["a double name", "a,a,a_2\n1,2,3\n", true, ["a", "a_3", "a_2"]],
		["spaces and quotes", ' a ,"b,c"\n1,2\n', true, ["a", "b,c"]],
		["a newline in a name", '"a\nb",c\n1,2\n', true, ["a\nb", "c"]],
		["after blank lines", "\n\r\na,b\n1,2\n", true, ["a", "b"]],
	];
	test.each(cases)("%s", async (_, text, header, columnNames) => {
		const inspection = await inspectFile(await files.write("h.csv", text));
		expect(inspection).toMatchObject({ header, columnNames });
	});

	test("can be told", async () => {
		const path = await files.write("h.csv", "a,b\nc,d\n");
		const inspection = await inspectFile(path, { header: false });
		expect(inspection).toMatchObject({ header: false, sampledRows: 2 });
	});
});

describe("refused files", () => {
	const text = "score,id\n1,a\n";
	const utf16 = Buffer.from(text, "utf16le");
	const cases: [string, string, string | Uint8Array, string][] = [
		["no bytes", "a.csv", "", "empty_file"],
		["only blank lines", "a.csv", "\n \r\n\n", "empty_file"],
		["only a byte order mark", "a.csv", "\ufeff", "empty_file"],
		["empty gzip", "a.csv.gz", gzipSync(""), "empty_file"],
		[
			"UTF-16 LE with a mark",
			"a.csv",
			Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
			"unsupported_encoding",
		],
		[
			"UTF-16 BE with a mark",
			"a.csv",
			Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
			"unsupported_encoding",
		],
		["UTF-16 without a mark", "a.csv", utf16, "unsupported_encoding"],
		[
			"a header in Latin-1",
			"a.csv",
			Buffer.from("scoré\n1\n", "latin1"),
			"unsupported_encoding",
		],
		[
			"a workbook",
			"a.xlsx",
			Buffer.from("PK\u0003\u0004rest"),
			"unsupported_format",
		],
		[
			"zstd",
			"a.csv.zst",
			Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]),
			"unsupported_format",
		],
		["a database", "a.csv", "SQLite format 3\u0000", "unsupported_format"],
		["a false Parquet", "a.parquet", text, "format_mismatch"],
		[
			"cut gzip",
			"a.csv.gz",
			gzipSync(text.repeat(50)).subarray(0, 25),
			"gzip_broken",
		],
		["cut Parquet", "a.parquet", "PAR1abc", "parquet_broken"],
		[
			"too many columns",
			"a.csv",
			`${"a,".repeat(2000)}b\n`,
			"too_many_columns",
		],
		[
			"a huge name",
			"a.csv",
			`${"a".repeat(201)},score\n`,
			"column_name_too_long",
		],
		["a huge line", "a.csv", "a,b".repeat(400_000), "line_too_long"],
	];
	test.each(cases)("%s", async (_, name, content, code) => {
		const path = await files.write(name, content);
		await expect(inspectFile(path)).rejects.toMatchObject({
			name: "FileError",
			code,
		});
	});

	test("no file, and a folder", async () => {
		const path = await files.write("a.csv", text);
		await expect(inspectFile(`${path}.no`)).rejects.toMatchObject({
			code: "not_found",
		});
		await expect(inspectFile(`${path}/..`)).rejects.toBeInstanceOf(FileError);
		await expect(inspectFile("/")).rejects.toMatchObject({
			code: "not_a_file",
		});
	});
});

test("a gzip bomb is refused before it fills the memory", async () => {
	const zeros = Buffer.alloc(300 * 1024 ** 2, `${"a".repeat(500_000)},b\n`);
	const path = await files.write(
		"bomb.csv.gz",
		gzipSync(Buffer.concat([Buffer.from("x,y\n"), zeros])),
	);
	await expect(inspectFile(path)).rejects.toMatchObject({
		code: "gzip_too_large",
	});
});

test("hashFile is the SHA-256 of the bytes", async () => {
	const path = await files.write("a.txt", "abc");
	expect(await hashFile(path)).toBe(
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	);
});

test("inspection can be called off", async () => {
	const path = await files.write("a.csv", "score\n1\n");
	const signal = AbortSignal.abort(new Error("called off"));
	await expect(inspectFile(path, { signal })).rejects.toThrow("called off");
});
