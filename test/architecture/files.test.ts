// A reader who opens a folder knows from the file names what is in it, and no file is too
// long to be read in one sitting.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { checkout, listFiles } from "./source-file.ts";

const longest = 450;
const written = listFiles([
	"src-main",
	"src-renderer",
	"src-shared",
	"test",
	"resources/run",
]).filter((path) => /\.(ts|tsx|mjs|css)$/.test(path));

test(`no file is over ${longest} lines`, () => {
	const long = written
		.map((path) => ({ path, lines: lineCount(path) }))
		.filter(({ lines }) => lines > longest);
	expect(long).toEqual([]);
});

test("no file or folder has a name that says nothing", () => {
	const empty = /(^|[/.-])(utils?|helpers?|managers?|common|misc)([/.-]|$)/;
	expect(written.filter((path) => empty.test(path))).toEqual([]);
});

test("files are named in kebab-case", () => {
	const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/;
	expect(written.filter((path) => !kebab.test(basename(path)))).toEqual([]);
});

test("every module of the engine opens by saying what it is", () => {
	const modules = listFiles(["src-main/engine"]).filter((path) =>
		/^src-main\/engine\/[^/]+\/index\.ts$/.test(path),
	);
	const opening =
		/^\/\*\*\n( \* .+\n)+ \*\n \* Offers: (.+\n)+ \* Needs: (.+\n)+ \* Does not touch: (.+\n)+ \*\n \* ```ts\n(.+\n)+ \* ```\n \*\/\n\n/;
	expect(modules.length).toBeGreaterThan(15);
	expect(
		modules.filter(
			(path) => !opening.test(readFileSync(join(checkout, path), "utf8")),
		),
	).toEqual([]);
});

function lineCount(path: string): number {
	return readFileSync(join(checkout, path), "utf8").split("\n").length - 1;
}
