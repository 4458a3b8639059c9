// A value becomes exactly one argument of a program, whatever is in it, and never an option:
// what begins with a dash, holds a control character or looks like something else is refused
// with the place it came from, and what is accepted reaches a real program byte for byte.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	argumentsOf,
	commandPlaybook,
	dataFolder,
	playbookOf,
} from "./written-catalogue.ts";

const text = "{ a: { type: string }, b: { type: string } }";
const lists =
	"{ l: { type: array, items: { type: string } }, n: { type: integer }, on: { type: boolean, default: false } }";

test.each([
	["[run]", text, {}, ["run"]],
	["[-x, --yes]", text, {}, ["-x", "--yes"]],
	["[{value: params.a}]", text, { a: "x y" }, ["x y"]],
	["[{value: params.n}]", lists, { n: 4 }, ["4"]],
	["[{value: params.n}]", lists, { n: 0 }, ["0"]],
	["[{value: params.on}]", lists, {}, ["false"]],
	["[{each: params.l}]", lists, { l: ["p", "q r"] }, ["p", "q r"]],
	["[{option: --in, value: params.a}]", text, { a: "x" }, ["--in", "x"]],
	[
		"[{option: --in, values: params.l}]",
		lists,
		{ l: ["p", "q"] },
		["--in", "p", "q"],
	],
	[
		"[{option: --in, values: params.l, attached: true}]",
		lists,
		{ l: ["p", "-q"] },
		["--in=p", "--in=-q"],
	],
	[
		"[{option: --in, value: params.a, attached: true}]",
		text,
		{ a: "" },
		["--in="],
	],
	[
		"[{when: params.on, then: [--full], else: [--part]}]",
		lists,
		{},
		["--part"],
	],
	[
		"[{when: params.on, then: [--full, {value: params.n}]}]",
		lists,
		{ on: true, n: 2 },
		["--full", "2"],
	],
	["[{value: \"'+' + params.a\"}]", text, { a: "x" }, ["+x"]],
])("%s with %s and %j is %j", (args, properties, params, expected) => {
	const playbook = playbookOf(commandPlaybook(args, properties));
	expect(argumentsOf(playbook, params)).toEqual(expected);
});

const ordinary = [
	"two words",
	'it\'s "quoted"',
	"a; rm -rf /",
	"$(id)",
	"`id`",
	"a | b > c & d",
	"%PATH%",
	"*",
	"~",
	"\\",
	"größe",
	"日本語",
	"a-b--c",
	" leading space",
];

test.each(ordinary)("%j is one argument as it is", (value) => {
	const playbook = playbookOf(
		commandPlaybook("[run, {value: params.a}, end]", text),
	);
	expect(argumentsOf(playbook, { a: value })).toEqual(["run", value, "end"]);
});

test.each([
	["-x", 'begins with "-"'],
	["--full-refresh", 'begins with "-"'],
	["", "must not be empty"],
	["a\nb", "U+000A (line feed)"],
	["a\r\nb", "U+000D (carriage return)"],
	["a\0b", "U+0000 (NUL)"],
	["a\tb", "U+0009 (tab)"],
	["a\u001b[31m", "U+001B (escape)"],
	["a\u0085b", "U+0085 (a control character)"],
	["\u2010x", 'U+2010 (hyphen), which looks like "-"'],
	["a\u2011b", "U+2011 (non-breaking hyphen)"],
	["\u2013x", "U+2013 (en dash)"],
	["\u2014\u2014full", "U+2014 (em dash)"],
	["a\u2015", "U+2015 (horizontal bar)"],
	["\u2212x", "U+2212 (minus sign)"],
	["\uff0dx", "U+FF0D (full-width hyphen-minus)"],
	["in\u200bbox", "U+200B, a character that shows nothing"],
	["in\u200dbox", "U+200D, a character that shows nothing"],
	["\ufeffinbox", "U+FEFF, a character that shows nothing"],
	["in\u00adbox", "U+00AD, a character that shows nothing"],
	["in\u{e0041}box", "U+E0041, a character that shows nothing"],
	["a\u202eb", "U+202E, a character that shows nothing or turns the text"],
	["a\u2066b", "U+2066, a character that shows nothing or turns the text"],
	["a\u2028b", "U+2028, a character that shows nothing or turns the text"],
	["a\u00a0b", "U+00A0, which looks like a space"],
	["a\u3000b", "U+3000, which looks like a space"],
	["\uff41bc", 'U+FF41 ("ａ"), which looks like "a"'],
	["a\uff0fb", 'U+FF0F ("／"), which looks like "/"'],
	["a\u2024b", 'U+2024 ("․"), which looks like "."'],
	["inb\u043ex", "mixes Latin letters with letters of another script"],
	["\ud800", "half a character"],
])("%j is refused: %s", (value, message) => {
	for (const args of [
		"[{value: params.a}]",
		"[{option: --in, value: params.a}]",
		"[{value: \"'+' + params.a\"}]",
	]) {
		const playbook = playbookOf(commandPlaybook(args, text));
		expect(argumentsOf(playbook, { a: value })).toEqual({
			"/a": expect.stringContaining(message),
		});
	}
});

test("a value after --option= may begin with a dash, and nothing else is let through", () => {
	const playbook = playbookOf(
		commandPlaybook("[{option: --in, value: params.a, attached: true}]", text),
	);
	expect(argumentsOf(playbook, { a: "-5" })).toEqual(["--in=-5"]);
	for (const value of ["a\nb", "a\0", "\u2013x", "a\u200b"]) {
		expect(argumentsOf(playbook, { a: value })).toHaveProperty("/a");
	}
});

test("prose may hold dashes and every script, yet nothing unseen and no first dash", () => {
	const playbook = playbookOf(
		commandPlaybook(
			"[{value: params.a}]",
			"{ a: { type: string, x-free-text: true } }",
		),
	);
	const prose = "Größe – «привет» and “hello” ½";
	expect(argumentsOf(playbook, { a: prose })).toEqual([prose]);
	for (const value of ["-a", "a\nb", "a\u202eb", "a\u200bb"]) {
		expect(argumentsOf(playbook, { a: value })).toHaveProperty("/a");
	}
});

test("each value at fault is named, and the others are not", () => {
	const playbook = playbookOf(
		commandPlaybook("[{option: --in, values: params.l}]", lists),
	);
	expect(argumentsOf(playbook, { l: ["ok", "-x", "fine", "\u2013"] })).toEqual({
		"/l/1": expect.stringContaining('begins with "-"'),
		"/l/3": expect.stringContaining("en dash"),
	});
});

test("an empty list would leave an option without its value", () => {
	const playbook = playbookOf(
		commandPlaybook(
			"[{option: --in, values: params.l}, {option: --n, value: params.n}]",
			lists,
		),
	);
	expect(argumentsOf(playbook, { l: [], n: 1 })).toEqual({
		"/l": "must hold at least one",
	});
});

test("a value that is no single text is refused", () => {
	const any = "{ a: {} }";
	const playbook = playbookOf(commandPlaybook("[{value: params.a}]", any));
	for (const value of [null, [], ["a"], {}, { toString: "x" }]) {
		expect(argumentsOf(playbook, { a: value })).toHaveProperty("/a");
	}
});

test("a parameter of a megabyte is refused before any pattern meets it", () => {
	const playbook = playbookOf(
		commandPlaybook(
			"[{value: params.a}]",
			'{ a: { type: string, pattern: "^(a+)+$", maxLength: 60000 } }',
		),
	);
	expect(argumentsOf(playbook, { a: "a".repeat(1_048_576) })).toEqual({
		"/a": "is 1,048,576 characters long; 65,536 at most",
	});
	const many = Array.from({ length: 5_000 }, () => "a".repeat(10_000));
	expect(argumentsOf(playbook, { a: many })).not.toBeInstanceOf(Array);
});

test("a command longer than a system passes to a program is refused", () => {
	const playbook = playbookOf(
		commandPlaybook(
			"[{each: params.l}]",
			"{ l: { type: array, items: { type: string, maxLength: 60000 } } }",
		),
	);
	// In UTF-8 each is over the 128 KiB that Linux allows an argument.
	expect(argumentsOf(playbook, { l: ["語".repeat(50_000)] })).toEqual({
		"": "makes a command longer than a program can be given",
	});
});

test("what is accepted reaches a real program as it is, and stays apart", () => {
	const folder = dataFolder({});
	const recorder = join(folder, "recorder.mjs");
	writeFileSync(
		recorder,
		"process.stdout.write(JSON.stringify(process.argv.slice(2)));",
	);
	const playbook = playbookOf(
		commandPlaybook(
			"[run, {value: params.a}, {option: --in, values: params.l}, {option: --to, value: params.b, attached: true}, --, {each: params.l}]",
			"{ a: { type: string }, b: { type: string }, l: { type: array, items: { type: string } } }",
		),
	);
	const value = fc.oneof(
		fc.string({ unit: "binary", maxLength: 40 }),
		fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
		fc.constantFrom(...ordinary),
		fc
			.tuple(
				fc.constantFrom("-", "--", "\u2013", "", " ", "'", '"', "$", "\\"),
				fc.string({ unit: "grapheme-ascii", maxLength: 20 }),
			)
			.map((pair) => pair.join("")),
	);
	// A process for each run would be the whole cost: the accepted lists of many runs share one.
	const accepted: { args: readonly string[]; params: Sample }[] = [];
	interface Sample {
		a: string;
		b: string;
		l: string[];
	}
	fc.assert(
		fc.property(
			fc.record({
				a: value,
				b: value,
				l: fc.array(value, { minLength: 1, maxLength: 4 }),
			}),
			(params) => {
				const outcome = playbook.resolve(params);
				if (!outcome.ok) {
					expect(outcome.faults).not.toHaveLength(0);
					return;
				}
				const args = argumentsOf(playbook, params) as readonly string[];
				const { a, b, l } = params;
				expect(args).toEqual(["run", a, "--in", ...l, `--to=${b}`, "--", ...l]);
				accepted.push({ args, params });
			},
		),
		{ numRuns: 3_000 },
	);
	expect(accepted.length).toBeGreaterThan(300);
	const perProcess = 100;
	for (let from = 0; from < accepted.length; from += perProcess) {
		const args = accepted
			.slice(from, from + perProcess)
			.flatMap((entry) => entry.args);
		const { stdout } = spawnSync(process.execPath, [recorder, ...args], {
			shell: false,
			encoding: "utf8",
		});
		expect(JSON.parse(stdout)).toEqual(args);
	}
	// And one by one, so that no list leans on its neighbour.
	for (const { args } of accepted.slice(0, 40)) {
		const { stdout } = spawnSync(process.execPath, [recorder, ...args], {
			shell: false,
			encoding: "utf8",
		});
		expect(JSON.parse(stdout)).toEqual(args);
	}
});
