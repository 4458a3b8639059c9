// The table of planted faults stays true: each text that is replaced stands exactly once in
// its file, wherever that has moved to, and each test file is there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultyFiles } from "./faults/index.ts";
import { checkout, findFile, timesIn } from "./find-file.ts";
import { eachFault } from "./planted-fault.ts";

test.each(faultyFiles)("$file", ({ file, tests, faults }) => {
	const text = readFileSync(join(checkout, findFile(file)), "utf8");
	for (const [what, from, to] of faults) {
		expect([what, timesIn(text, from)]).toEqual([what, 1]);
		expect(to).not.toBe(from);
	}
	expect(tests.map((end) => findFile(end))).toHaveLength(tests.length);
});

test("no fault is planted twice", () => {
	const all = eachFault(faultyFiles).map(
		({ file, from, to }) => `${file} ${from} ${to}`,
	);
	expect(new Set(all).size).toBe(all.length);
});
