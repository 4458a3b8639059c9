// Whole columns keep every row of the file, and a column's type is that of the whole file, not of its beginning.
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import {
	type FileColumn,
	readColumns,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

function plain(column: FileColumn | undefined) {
	if (column?.type === "categorical") {
		return [...column.codes].map((code) => column.dictionary[code] ?? null);
	}
	return [...(column?.values ?? [])];
}

test("numbers, categories and times", async () => {
	const path = await files.write(
		"a.csv",
		"n,c,t\n1,red,2026-01-01\n,NA,\n-2.5,blue,2026-01-02\n",
	);
	const { columns, rowCount } = await readColumns(path);
	expect(rowCount).toBe(3);
	expect(columns.map(({ name, type }) => [name, type])).toEqual([
		["n", "numeric"],
		["c", "categorical"],
		["t", "timestamp"],
	]);
	expect(columns.map(plain)).toEqual([
		[1, Number.NaN, -2.5],
		["red", null, "blue"],
		[Date.UTC(2026, 0, 1), Number.NaN, Date.UTC(2026, 0, 2)],
	]);
});

test("only the columns asked for, in the order asked for", async () => {
	const path = await files.write("a.csv", "a,b,c\n1,2,3\n");
	const { columns } = await readColumns(path, ["c", "a"]);
	expect(columns.map((column) => [column.name, plain(column)])).toEqual([
		["c", [3]],
		["a", [1]],
	]);
});

test.each([
	["a.csv", "a,b\n1,2\n"],
	["a.ndjson", '{"a":1,"b":2}\n'],
])(
	"an unknown column of %s is refused with a list of those there are",
	async (name, content) => {
		const path = await files.write(name, content);
		await expect(readColumns(path, ["a", "x"])).rejects.toMatchObject({
			code: "unknown_column",
			message: 'There is no column "x". The file has: a, b.',
		});
	},
);

describe("a column's type is decided over the whole file", () => {
	test("text after the sample makes categories, with nothing lost", async () => {
		const path = await files.write(
			"a.csv",
			`x,y\n${"1.0,2\n".repeat(40_000)}${"one,3\n".repeat(10_000)}`,
		);
		const { columns, rowCount } = await readColumns(path);
		expect(rowCount).toBe(50_000);
		expect(columns.map(({ type }) => type)).toEqual(["categorical", "numeric"]);
		expect(columns[0]).toMatchObject({ dictionary: ["1", "one"] });
	});

	test("a slip does not, and is counted", async () => {
		const path = await files.write(
			"a.csv",
			`x\n${"1\n".repeat(40_000)}?\ninf\n`,
		);
		const { columns } = await readColumns(path);
		expect(columns[0]).toMatchObject({
			type: "numeric",
			unreadable: 1,
			infinite: 1,
		});
	});

	test("a key that a JSON file brings late is missing before", async () => {
		const path = await files.write(
			"a.ndjson",
			`${'{"a":1}\n'.repeat(30_000)}{"a":2,"late":5}\n`,
		);
		const { columns } = await readColumns(path);
		expect(columns.map(({ name }) => name)).toEqual(["a", "late"]);
		expect(plain(columns[1]).slice(-2)).toEqual([Number.NaN, 5]);
		const { columns: asked } = await readColumns(path, ["late"]);
		expect(plain(asked[0])).toHaveLength(30_001);
	});
});

test("rows that cannot be read are left out and named", async () => {
	const path = await files.write("a.csv", "a,b\n1,2\n1\n3,4\n");
	const { columns, rowCount, rejected, rejectedCount } =
		await readColumns(path);
	expect([rowCount, rejectedCount]).toEqual([2, 1]);
	expect(rejected).toMatchObject([{ line: 3, code: "wrong_cell_count" }]);
	expect(columns.map(plain)).toEqual([
		[1, 3],
		[2, 4],
	]);
});

test("Parquet, over several row groups", async () => {
	const data = Array.from({ length: 25 }, (_, i) => i);
	const buffer = parquetWriteBuffer({
		rowGroupSize: 10,
		columnData: [
			{ name: "n", data, type: "INT64" },
			{ name: "c", data: data.map((i) => `c${i % 3}`), type: "STRING" },
		].map((column) =>
			column.type === "INT64"
				? { name: "n", data: data.map(BigInt), type: "INT64" as const }
				: { name: "c", data: column.data, type: "STRING" as const },
		),
	});
	const path = await files.write("a.parquet", new Uint8Array(buffer));
	const { columns } = await readColumns(path);
	expect(columns.map(plain)).toEqual([data, data.map((i) => `c${i % 3}`)]);
});
