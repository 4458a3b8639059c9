// What src-* exports is used in src-*: imported by another of its files, or needed by the
// file itself. A name that only tests know is dead, and so is one that an index passes on to
// nobody: a test takes it from where it is made.
import { expect, test } from "vitest";
import { parseSource, readSources } from "./source-file.ts";
import { findUnusedExports } from "./unused-exports.ts";

test("every export is used", () => {
	const sources = readSources(["src-main", "src-renderer", "src-shared"]);
	expect(findUnusedExports(sources)).toEqual([]);
});

const unusedIn = (files: Readonly<Record<string, string>>) =>
	findUnusedExports(
		Object.entries(files).map(([path, text]) =>
			parseSource(`src-main/${path}`, text),
		),
	);

test.each([
	"export const a = 1;",
	"export function a() {}",
	"export class A {} export type a = A;",
	"export interface a { b: 1 }",
	"const a = 1; export { a };",
	"export default function a() {}",
])("a planted export is found: %s", (text) => {
	expect(unusedIn({ "b.ts": text })).toHaveLength(1);
});

test("a name passed on to nobody is found, and what is passed on to somebody is used", () => {
	expect(
		unusedIn({
			"a/index.ts":
				'export { b, c as d } from "./b.ts"; export * from "./e.ts";',
			"a/b.ts": "export const b = 1; export const c = 2;",
			"a/e.ts": "export const e = 1; export const f = 1;",
			"g.ts": 'import { d, e } from "./a/index.ts"; d(e);',
		}),
	).toEqual([
		"src-main/a/b.ts: b",
		"src-main/a/e.ts: f",
		"src-main/a/index.ts: b",
	]);
});

test.each([
	'import { a } from "./b.ts"; a();',
	'import type { a } from "./b.ts"; let x: a;',
	'import { a as c } from "./b.ts"; c();',
	'import * as b from "./b.ts"; b.a();',
	'const { a } = await import("./b.ts"); a();',
])("what is imported is used: %s", (text) => {
	expect(unusedIn({ "b.ts": "export const a = 1;", "c.ts": text })).toEqual([]);
});

test("what its own file needs is used", () => {
	expect(unusedIn({ "b.ts": "export const a = 1; console.log(a);" })).toEqual(
		[],
	);
});
