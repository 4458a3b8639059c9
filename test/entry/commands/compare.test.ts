// `tocsin compare` answers the same figures as the statistics it is made of, at full
// precision, for the columns that mean something, and needs no engine.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareNumeric } from "../../../src-main/engine/drift/statistics/index.ts";
import { compareCategorical } from "../../engine/drift/statistics/compare-categorical.ts";
import { runCli } from "./run-cli.ts";

const rows = 300;
const start = Date.UTC(2026, 0, 1);
let folder: string;
let baseline: string;
let current: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "tocsin-compare-"));
	baseline = join(folder, "baseline.csv");
	current = join(folder, "current.ndjson");
	writeFileSync(
		baseline,
		[
			"id,ts,x,c,old,__proto__",
			...Array.from(
				{ length: rows },
				(_, row) =>
					`tx-a${row},${time(row)},${x(row)},${category(row, 3)},1,${row % 5}`,
			),
		].join("\n"),
	);
	writeFileSync(
		current,
		Array.from(
			{ length: rows },
			(_, row) =>
				`{"id":"tx-b${row}","ts":"${time(row)}","x":${row % 10 === 0 ? null : x(row) * 1.5},"c":"${category(row, 4)}","__proto__":${row % 7},"new":1}`,
		).join("\n"),
	);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the JSON holds every statistic of every common column", async () => {
	const { code, stdout, stderr } = await runCli(
		["compare", baseline, current, "--json"],
		{ env: { TOCSIN_DATA_DIR: join(folder, "data") } },
	);
	expect(code).toBe(0);
	const report = JSON.parse(stdout);
	expect(Object.keys(report.columns)).toEqual(["x", "c", "__proto__"]);
	expect(Object.keys(report.skipped)).toEqual(["id", "ts", "old", "new"]);
	for (const column of ["id", "ts", "old", "new"]) {
		expect(stderr).toContain(`"${column}" is left out`);
	}
	const numbers = [...Array(rows).keys()];
	const expectedX = compareNumeric(
		Float64Array.from(numbers, x),
		Float64Array.from(numbers, (row) =>
			row % 10 === 0 ? Number.NaN : x(row) * 1.5,
		),
	);
	const expectedC = compareCategorical(
		numbers.map((row) => category(row, 3)),
		numbers.map((row) => category(row, 4)),
	);
	expect(report.columns.x).toEqual(JSON.parse(JSON.stringify(expectedX)));
	expect(report.columns.c).toEqual(JSON.parse(JSON.stringify(expectedC)));
	expect(report.columns.x).toMatchObject({
		type: "numeric",
		n_baseline: rows,
		n_current: rows - rows / 10,
		ks: { method: "exact" },
		chi_square: null,
		quality: { current: { missing_share: 0.1 } },
	});
	expect(report.columns.c).toMatchObject({ type: "categorical", ks: null });
	expect(readdirSync(folder).sort()).toEqual([
		"baseline.csv",
		"current.ndjson",
	]);
});

test("named columns are compared as they are named", async () => {
	const { stdout } = await runCli([
		"compare",
		baseline,
		current,
		"--columns",
		"c,x",
		"--json",
	]);
	expect(Object.keys(JSON.parse(stdout).columns)).toEqual(["c", "x"]);
});

test("without --json a person reads a table", async () => {
	const { code, stdout } = await runCli(["compare", baseline, current]);
	expect(code).toBe(0);
	expect(stdout).toMatch(/column +type +n base +n cur +PSI/);
	expect(stdout).toMatch(/^x +numeric/m);
});

test.each([
	[["missing.csv", "--columns=x"], "missing.csv"],
	[["--columns=nope"], "nope"],
])("%j is refused with what to do", async ([first, ...rest], clue) => {
	const files = first?.startsWith("--")
		? [baseline, current, first]
		: [baseline, join(folder, first ?? "")];
	const { code, stdout, stderr } = await runCli([
		"compare",
		...files,
		...rest,
		"--json",
	]);
	expect(code).toBe(1);
	expect(stderr).toMatch(/^tocsin: [^\n]+\n$/);
	expect(stderr).toContain(clue);
	expect(JSON.parse(stdout).error.message).toContain(clue);
});

function time(row: number): string {
	return new Date(start + row * 60_000).toISOString();
}

function x(row: number): number {
	return ((row * 7919) % 1000) / 7;
}

function category(row: number, kinds: number): string {
	return `kind ${(row * 31) % kinds}`;
}
