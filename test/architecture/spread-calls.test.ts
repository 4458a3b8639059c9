// A list that is spread into the arguments of a call overflows the stack once it has some
// 100,000 items ("Maximum call stack size exceeded"), far from where it grew. Loops, `concat`
// and `largest` or `smallest` (src-shared/domain/extremes.ts) take any number.
import { expect, test } from "vitest";
import { parseSource, readSources } from "./source-file.ts";

test("no call in the engine or its entries takes as many arguments as there is data", () => {
	const spreading = readSources(["src-main/engine", "src-main/entry"]).flatMap(
		({ path, spreadCalls }) => spreadCalls.map((call) => `${path}: ${call}`),
	);
	expect(spreading).toEqual([]);
});

test.each([
	"Math.max(...xs);",
	"into.push(a, ...xs.map(f));",
	"new Thing(...xs);",
	"f?.(...xs);",
])("a planted spread is found: %s", (text) => {
	expect(parseSource("src-main/engine/a.ts", text).spreadCalls).toEqual([
		text.slice(0, -1),
	]);
});

test.each(["f([...xs]);", "f({ ...xs });", "const g = (...xs) => xs;"])(
	"what is no spread argument is left alone: %s",
	(text) => {
		expect(parseSource("src-main/engine/a.ts", text).spreadCalls).toEqual([]);
	},
);
