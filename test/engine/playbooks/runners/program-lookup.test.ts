// A program that is not there is said to be missing, with where it was looked for: each
// folder of PATH once and the first few alone, however long and repeated PATH is.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findProgram } from "../../../../src-main/engine/playbooks/runners/program-lookup.ts";
import { temporaryFolder } from "../../test-ports.ts";

const folders = Array.from({ length: 9 }, (_, index) => `/no-such-${index}`);

test.each<[string, string[], string]>([
	["no folder", [], "PATH names no folder"],
	["a relative folder alone", ["bin"], "PATH names no folder"],
	["one folder twice", ["/no-such", "/no-such"], "looked in /no-such"],
	[
		"one folder in two spellings",
		["/no-such", "/no-such/", "/other/../no-such"],
		"looked in /no-such",
	],
	[
		"three folders",
		folders.slice(0, 3),
		"looked in /no-such-0, /no-such-1, /no-such-2",
	],
	[
		"nine folders, each twice",
		[...folders, ...folders],
		"looked in /no-such-0, /no-such-1, /no-such-2 and 6 more folders",
	],
	[
		"four folders",
		folders.slice(0, 4),
		"looked in /no-such-0, /no-such-1, /no-such-2 and 1 more folder",
	],
])("%s", (_, path, looked) => {
	const { fault } = findProgram("dbt", path.join(delimiter));
	expect(fault).toBe(
		`dbt is not installed or not on PATH (${looked}); install it or name its absolute path in the playbook.`,
	);
});

test("a program in the last of many folders is found", () => {
	const folder = join(temporaryFolder(onTestFinished), "bin");
	mkdirSync(folder);
	const program = join(folder, "dbt");
	writeFileSync(program, "");
	chmodSync(program, 0o755);
	expect(findProgram("dbt", [...folders, folder].join(delimiter))).toEqual({
		path: program,
		fault: null,
	});
});
