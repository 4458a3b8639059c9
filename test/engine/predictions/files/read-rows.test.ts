// Every row of a file is either in a batch or among the rejected, with its own line; a good row is never lost to a bad one.
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import {
	guessMapping,
	inspectFile,
	type ParsedBatch,
	readRows,
	transferListOf,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { plainRows, readAll, temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

const good = "e1,m1,v2,2026-01-02T03:04:05Z,0.5,1,0,u1,12.5,red,true";
const header =
	"event_id,model_id,version,timestamp,score,y_pred,y_true,user_id,amount,colour,vip";

test("all fields of a row arrive", async () => {
	const path = await files.write("a.csv", `${header}\n${good}\n`);
	const inspection = await inspectFile(path);
	const { mapping, confidence, problems } = guessMapping(inspection);
	expect(problems).toEqual([]);
	expect(confidence).toBeGreaterThan(0.5);
	const rows = [];
	for await (const batch of readRows(
		path,
		inspection,
		mapping ?? expect.fail("no mapping"),
	)) {
		rows.push(...plainRows(batch));
	}
	expect(rows).toEqual([
		{
			line: 2,
			time: Date.UTC(2026, 0, 2, 3, 4, 5),
			score: 0.5,
			model: "m1",
			version: "v2",
			prediction: "1",
			label: "0",
			eventId: "e1",
			entityId: "u1",
			features: { amount: 12.5, colour: "red", vip: "true" },
		},
	]);
});

describe("bad rows are rejected with their line and reason, the others kept", () => {
	const long = "x".repeat(201);
	const columns = "id,model,score,time,amount";
	const cases: [string, string, string][] = [
		["too few cells", "e,m,0.5,2026-01-01", "wrong_cell_count"],
		["too many cells", "e,m,0.5,2026-01-01,1,2", "wrong_cell_count"],
		["no score", "e,m,,2026-01-01,1", "score_missing"],
		["a score of NaN", "e,m,NaN,2026-01-01,1", "score_missing"],
		["a score of text", "e,m,high,2026-01-01,1", "score_not_a_number"],
		["a score in hexadecimal", "e,m,0x1,2026-01-01,1", "score_not_a_number"],
		["a score in binary", "e,m,0b1,2026-01-01,1", "score_not_a_number"],
		["a score with a comma", 'e,m,"0,5",2026-01-01,1', "score_not_a_number"],
		["a score with a unit", "e,m,50%,2026-01-01,1", "score_not_a_number"],
		["a score of true", "e,m,true,2026-01-01,1", "score_not_a_number"],
		["a score of two numbers", "e,m,1 2,2026-01-01,1", "score_not_a_number"],
		["an infinite score", "e,m,Infinity,2026-01-01,1", "score_not_finite"],
		["a score of -inf", "e,m,-inf,2026-01-01,1", "score_not_finite"],
		["an overflowing score", "e,m,1e999,2026-01-01,1", "score_not_finite"],
		["no time", "e,m,0.5,,1", "time_missing"],
		["an impossible day", "e,m,0.5,2026-02-30,1", "time_invalid"],
		["a time of text", "e,m,0.5,soon,1", "time_invalid"],
		["no model", "e,,0.5,2026-01-01,1", "model_missing"],
		["a long model", `e,${long},0.5,2026-01-01,1`, "id_invalid"],
		["a long id", `${long},m,0.5,2026-01-01,1`, "id_invalid"],
		["a zero in an id", "e\u0001\u0000,m,0.5,2026-01-01,1", "id_invalid"],
		[
			"text in a numeric feature",
			"e,m,0.5,2026-01-01,much",
			"feature_not_a_number",
		],
		[
			"an infinite feature",
			"e,m,0.5,2026-01-01,-Infinity",
			"feature_not_finite",
		],
		["a quote never closed", 'e,m,0.5,2026-01-01,"1', "quote_not_closed"],
		["text after a quote", '"e"x,m,0.5,2026-01-01,1', "quote_malformed"],
	];
	test.each(cases)("%s", async (_, row, code) => {
		const before = "a,m,0.1,2026-01-01,1\n".repeat(30);
		const after = "b,m,0.2,2026-01-01,2\n";
		// Zero bytes in the first bytes of a file are refused as a whole.
		const filler = "a,m,0.1,2026-01-01,1\n".repeat(13_000);
		const start = `${columns}\n${before}${row.includes("\u0000") ? filler : ""}`;
		const path = await files.write("r.csv", `${start}${row}\n${after}`);
		const { rows, rejected } = await readAll(path, {
			model: { column: "model" },
		});
		const line = start.split("\n").length;
		expect(rejected.map((entry) => [entry.line, entry.code])).toEqual([
			[line, code],
		]);
		expect(rows.at(-1)).toMatchObject({ line: line + 1, eventId: "b" });
		expect(rows).toHaveLength(line - 1);
	});

	test("the message names the column and the value", async () => {
		const rows = `${"1,2\n".repeat(60)}1,"=cmd()"\n`;
		const path = await files.write("r.csv", `score,amount\n${rows}`);
		const inspection = await inspectFile(path, {
			sampleRows: 50,
			blockBytes: 256,
		});
		const batches = readRows(path, inspection, {
			model: { constant: "m" },
			score: "score",
			eventTime: null,
			features: ["amount"],
		});
		const { value } = await batches.next();
		expect((value as ParsedBatch).rejected).toEqual([
			{
				line: 62,
				code: "feature_not_a_number",
				message: 'The feature "amount" is "=cmd()", which is not a number.',
				raw: "1,=cmd()",
			},
		]);
	});
});

describe("missing values", () => {
	test("are NaN and null, in every spelling", async () => {
		const words = [
			"",
			"NA",
			"N/A",
			"NaN",
			"nan",
			"null",
			"NULL",
			"None",
			"<NA>",
		];
		const lines = words.map((word) => `0.5,${word},${word},${word}`);
		const path = await files.write(
			"m.csv",
			`score,amount,colour,event_id\n0.5,1,red,e\n${lines.join("\n")}`,
		);
		const { rows } = await readAll(path);
		expect(rows.slice(1).map(({ features }) => features)).toEqual(
			words.map(() => ({ amount: Number.NaN, colour: null })),
		);
		// "NA" is a fine id; only an empty one is none.
		expect(rows.slice(1).map(({ eventId }) => eventId)).toEqual(
			words.map((word) => (word === "" ? null : word)),
		);
	});
});

test("classes and labels read the same however they are written", async () => {
	const path = await files.write(
		"c.csv",
		"score,y_pred,y_true,ok\n1,1,1.0,True\n1,0.0,0,FALSE\n1,1.5,a.0,false\n",
	);
	const { rows } = await readAll(path);
	expect(
		rows.map(({ prediction, label, features }) => [
			prediction,
			label,
			features.ok,
		]),
	).toEqual([
		["1", "1", "true"],
		["0", "0", "false"],
		["1.5", "a.0", "false"],
	]);
});

describe("JSON", () => {
	test("keys of a features object are features", async () => {
		const path = await files.write(
			"a.ndjson",
			[
				'{"score":0.5,"features":{"amount":1,"score":7,"vip":true},"timestamp":"2026-01-01T00:00:00Z"}',
				...Array(10).fill('{"score":1,"timestamp":"2026-01-01 00:00"}'),
				'{"score":0.25,"features":null,"timestamp":1767225600000}',
			].join("\n"),
		);
		const { rows, rejected } = await readAll(path);
		expect(rows[0]?.features).toEqual({
			amount: 1,
			"features.score": 7,
			vip: "true",
		});
		expect(rejected.map(({ code }) => code)).toEqual(["time_invalid"]);
	});

	test("a column that comes after the sample is named, not lost in silence", async () => {
		const path = await files.write(
			"a.ndjson",
			`${'{"score":0.5}\n'.repeat(60)}{"score":1,"late":1,"__proto__":2}\n`,
		);
		const inspection = await inspectFile(path, {
			sampleRows: 50,
			blockBytes: 256,
		});
		const unmapped: string[] = [];
		for await (const batch of readRows(path, inspection, {
			model: { constant: "m" },
			score: "score",
			eventTime: null,
			features: [],
		})) {
			unmapped.push(...batch.unmappedColumns);
		}
		expect(unmapped).toEqual(["late", "__proto__"]);
	});

	test("ids beyond 2^53 are refused, not rounded", async () => {
		const path = await files.write(
			"a.ndjson",
			'{"event_id":12345678901234567890,"score":1}\n{"event_id":"12345678901234567890","score":1}\n{"event_id":7,"score":1}\n',
		);
		const { rows, rejected } = await readAll(path);
		expect(rejected).toMatchObject([{ line: 1, code: "id_not_exact" }]);
		expect(rows.map(({ eventId }) => eventId)).toEqual([
			"12345678901234567890",
			"7",
		]);
	});

	test("bad lines are told apart", async () => {
		const path = await files.write(
			"a.ndjson",
			[
				'{"score":1}',
				'{"score":NaN}',
				"",
				"[1]",
				"null",
				'{"score":1e999}',
				'{"score":{"a":1}}',
				'{"score":1',
			].join("\n"),
		);
		const { rows, rejected } = await readAll(path);
		expect(rows.map(({ line }) => line)).toEqual([1]);
		expect(rejected.map(({ line, code }) => [line, code])).toEqual([
			[2, "json_broken"],
			[4, "json_not_object"],
			[5, "json_not_object"],
			[6, "score_not_finite"],
			[7, "score_not_a_number"],
			[8, "json_broken"],
		]);
		expect(rejected[0]?.message).toContain("write null");
	});

	test("elements of an array keep the line they start on", async () => {
		const path = await files.write(
			"a.json",
			'[\n{"score":1},\n{\n"score":2, "t": "],[\\"{"}\n, 3,\n{"score": }\n]\n',
		);
		const { rows, rejected } = await readAll(path);
		expect(rows.map(({ line, score }) => [line, score])).toEqual([
			[2, 1],
			[3, 2],
		]);
		expect(rejected.map(({ line, code }) => [line, code])).toEqual([
			[5, "json_not_object"],
			[6, "json_broken"],
		]);
	});
});

describe("Parquet", () => {
	test("types arrive as what they are", async () => {
		const time = new Date("2026-01-02T03:04:05.678Z");
		const path = await files.write(
			"a.parquet",
			new Uint8Array(
				parquetWriteBuffer({
					columnData: [
						{ name: "event_id", data: [2n ** 60n + 1n, 2n], type: "INT64" },
						{ name: "timestamp", data: [time, time], type: "TIMESTAMP" },
						{ name: "score", data: [0.5, 0.25], type: "DOUBLE" },
						{ name: "vip", data: [true, null], type: "BOOLEAN" },
						{ name: "colour", data: ["röd", null], type: "STRING" },
						{ name: "amount", data: [null, 7], type: "INT32" },
						{ name: "tags", data: [{ a: 1 }, { a: 2 }], type: "JSON" },
					],
				}),
			),
		);
		const { rows, rejected } = await readAll(path);
		expect(rejected).toEqual([]);
		expect(rows[0]).toMatchObject({
			line: 1,
			eventId: "1152921504606846977",
			time: time.getTime(),
			score: 0.5,
			features: { vip: "true", colour: "röd", amount: Number.NaN },
		});
		expect(rows[1]?.features).toEqual({ vip: null, colour: null, amount: 7 });
	});
});

describe("batches", () => {
	test("are full but for the last, and a file of bad rows is bounded too", async () => {
		const path = await files.write(
			"b.csv",
			`score\n${"1\n".repeat(25)}${"x\n".repeat(25)}`,
		);
		const inspection = await inspectFile(path, {
			sampleRows: 20,
			blockBytes: 32,
		});
		const sizes: number[][] = [];
		const progress: number[] = [];
		for await (const batch of readRows(
			path,
			inspection,
			{
				model: { constant: "m" },
				score: "score",
				eventTime: null,
				features: [],
			},
			{ batchRows: 10, onProgress: ({ rows }) => progress.push(rows) },
		)) {
			sizes.push([batch.count, batch.rejected.length]);
		}
		expect(sizes).toEqual([
			[10, 0],
			[10, 0],
			[5, 5],
			[0, 10],
			[0, 10],
		]);
		expect(progress).toEqual([10, 20, 30, 40, 50]);
	});

	test("can be transferred to another thread whole", async () => {
		const path = await files.write("a.csv", `${header}\n${good}\n${good}\n`);
		const inspection = await inspectFile(path);
		const { mapping } = guessMapping(inspection);
		for await (const batch of readRows(
			path,
			inspection,
			mapping ?? expect.fail("no mapping"),
		)) {
			const before = plainRows(batch);
			const moved = structuredClone(batch, { transfer: transferListOf(batch) });
			expect(plainRows(moved)).toEqual(before);
			expect(batch.score).toHaveLength(0);
			expect(batch.eventTimeMs).toHaveLength(0);
		}
	});

	test("reading stops when it is called off", async () => {
		const path = await files.write("b.csv", `score\n${"1\n".repeat(500)}`);
		const inspection = await inspectFile(path);
		const controller = new AbortController();
		const rows = readRows(
			path,
			inspection,
			{
				model: { constant: "m" },
				score: "score",
				eventTime: null,
				features: [],
			},
			{ batchRows: 10, blockBytes: 64, signal: controller.signal },
		);
		await rows.next();
		controller.abort(new Error("called off"));
		await expect(
			(async () => {
				for await (const _ of rows);
			})(),
		).rejects.toThrow("called off");
	});
});
