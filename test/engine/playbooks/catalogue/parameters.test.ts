// Parameters are checked against a JSON Schema of the playbook: every fault at once with its
// place, defaults filled in, nothing that was given changed, and never a hang: texts are
// bounded before a pattern meets them, and a pattern has a time limit.
import { expect, test } from "vitest";
import { must } from "../../../../src-shared/domain/must.ts";
import { argumentsOf, playbookOf } from "./written-catalogue.ts";

function playbookWith(schema: string) {
	return playbookOf(`
id: sample
name: Sample
description: A sample
risk: { level: low }
parameters: ${schema}
steps:
  - { id: run, wait: { seconds: 1 } }
`);
}

function faultsWith(schema: string, params: unknown) {
	return argumentsOf(playbookWith(schema), params);
}

const good = `{ type: object, required: [name], properties: {
  name: { type: string, minLength: 2, maxLength: 5, pattern: "^[a-z]+$" },
  count: { type: integer, minimum: 1, default: 4 },
  kinds: { type: array, uniqueItems: true, maxItems: 2, items: { enum: [a, b] }, default: [a, b] },
  when: { type: string, format: date-time },
  part: { type: object, properties: { x: { type: number, default: 0.5 } }, additionalProperties: false } } }`;

test("defaults are filled in, and what was given is left as it was", () => {
	const given = Object.freeze({ name: "abc", part: Object.freeze({}) });
	const outcome = playbookWith(good).resolve(given);
	expect(outcome).toMatchObject({
		ok: true,
		resolved: {
			params: { name: "abc", count: 4, kinds: ["a", "b"], part: { x: 0.5 } },
		},
	});
	expect(given).toEqual({ name: "abc", part: {} });
});

test.each<[params: unknown, faults: object]>([
	[{}, { "/name": "is required" }],
	[undefined, { "/name": "is required" }],
	[null, { "/name": "is required" }],
	["text", { "": "must be object" }],
	[[], { "": "must be object" }],
	[{ name: 5 }, { "/name": "must be string" }],
	[{ name: "a" }, { "/name": "must have 2 characters at least" }],
	[{ name: "abcdef" }, { "/name": "must have 5 characters at most" }],
	[{ name: "ABC" }, { "/name": "must look like ^[a-z]+$" }],
	[{ name: "abc", count: 0 }, { "/count": "must be >= 1" }],
	[{ name: "abc", count: 1.5 }, { "/count": "must be integer" }],
	[{ name: "abc", count: "4" }, { "/count": "must be integer" }],
	[{ name: "abc", count: Number.NaN }, { "/count": "must be a finite number" }],
	[
		{ name: "abc", kinds: ["a", "c"] },
		{ "/kinds/1": 'must be one of "a", "b"' },
	],
	[
		{ name: "abc", kinds: ["a", "a"] },
		{ "/kinds": "must not hold the same value twice" },
	],
	[{ name: "abc", when: "today" }, { "/when": "must be a valid date-time" }],
	[{ name: "abc", part: { y: 1 } }, { "/part/y": "is not known here" }],
	[
		{ nmae: "abc" },
		{
			"/name": "is required",
			"/nmae":
				'is not known; did you mean "name"? Known: name, count, kinds, when, part.',
		},
	],
	[
		{ name: 1, count: "x", kinds: 2 },
		{
			"/name": "must be string",
			"/count": "must be integer",
			"/kinds": "must be array",
		},
	],
])("%j: %j", (params, faults) => {
	expect(faultsWith(good, params)).toEqual(faults);
});

test.each([
	['{"__proto__": {"count": 9}, "name": "abc"}', "/__proto__"],
	['{"name": "abc", "part": {"__proto__": 1}}', "/part/__proto__"],
	['{"name": "abc", "constructor": 1}', "/constructor"],
	['{"name": "abc", "a/b~c": 1}', "/a~1b~0c"],
])("%s is refused at %s", (json, path) => {
	const faults = faultsWith(good, JSON.parse(json));
	expect(Object.keys(faults)).toEqual([path]);
	expect(Object.hasOwn({}, "count")).toBe(false);
});

test.each([
	["a function", () => 1],
	["a big number", 5n],
	["a symbol", Symbol("x")],
])("%s is no parameter", (_, value) => {
	expect(faultsWith(good, { name: value })).toEqual({
		"/name": expect.stringContaining("is no JSON value"),
	});
});

test("a text without a limit of its own has one of 4,096 characters, a list one of 1,000", () => {
	const schema =
		"{ type: object, properties: { a: { type: string }, l: { type: array, items: { type: string } } } }";
	expect(faultsWith(schema, { a: "x".repeat(4_096) })).toEqual([]);
	expect(faultsWith(schema, { a: "x".repeat(4_097) })).toEqual({
		"/a": "must have 4,096 characters at most",
	});
	expect(faultsWith(schema, { l: Array(1_001).fill("") })).toEqual({
		"/l": "must hold 1000 at most",
	});
});

test("too many values, too deep, too much: refused before the schema is asked", () => {
	const any = "{ type: object, properties: { a: {} } }";
	expect(faultsWith(any, { a: Array(20_000).fill(1) })).toEqual({
		"": "holds over 10000 values",
	});
	let deep: unknown = 1;
	for (let i = 0; i < 100_000; i++) deep = [deep];
	const faults = faultsWith(any, { a: deep });
	expect(Object.values(faults)).toEqual(["is nested over 16 deep"]);
	expect(
		faultsWith(any, { a: Array(30).fill("x".repeat(60_000)) }),
	).not.toEqual([]);
});

test("a pattern that would take for ever is given up, and counts as broken", () => {
	const schema =
		'{ type: object, properties: { l: { type: array, items: { type: string, pattern: "^(a+)+$" } } } }';
	const playbook = playbookWith(schema);
	expect(argumentsOf(playbook, { l: ["aaaa"] })).toEqual([]);
	const slow = `${"a".repeat(60)}!`;
	const before = performance.now();
	const faults = argumentsOf(playbook, { l: Array(50).fill(slow) });
	expect(performance.now() - before).toBeLessThan(15_000);
	expect(Object.keys(faults)).toHaveLength(50);
	expect(faults).toHaveProperty("/l/0", "must look like ^(a+)+$");
	expect(argumentsOf(playbook, { l: ["aaaa"] })).toEqual([]);
});

test("each text is held against its own pattern", () => {
	const schema =
		'{ type: object, properties: { a: { type: string, pattern: "^a$" }, b: { type: string, pattern: "^b$" } } }';
	expect(faultsWith(schema, { a: "a", b: "b" })).toEqual([]);
	expect(faultsWith(schema, { a: "b", b: "a" })).toEqual({
		"/a": "must look like ^a$",
		"/b": "must look like ^b$",
	});
});

test("references within the file are followed", () => {
	const schema =
		'{ type: object, $defs: { name: { type: string, pattern: "^[a-z]+$" } }, properties: { l: { type: array, items: { $ref: "#/$defs/name" } } } }';
	expect(faultsWith(schema, { l: ["a", "B"] })).toEqual({
		"/l/1": "must look like ^[a-z]+$",
	});
});

test("parameters are told in the words of API E", () => {
	const playbook = playbookWith(`{ type: object, required: [a, u], properties: {
  a: { type: array, items: { type: string } },
  u: { type: [string, integer] },
  s: { type: string },
  b: { type: boolean, default: false },
  n: { type: integer, default: 4 },
  t: { type: string, default: x },
  e: { enum: [p, q] },
  l: { type: array, items: { type: string, enum: [p, q] }, default: [q, p] },
  m: { type: array, items: { type: string, enum: [p, q] }, default: [q] },
  o: { type: object, properties: {} },
  hidden: { type: string, x-advanced: true } } }`);
	expect(playbook.parameterWords()).toEqual({
		a: "array[string] (required)",
		u: "string (required)",
		s: "string (optional)",
		b: "boolean (optional, default: false)",
		n: "integer (optional, default: 4)",
		t: "string (optional, default: x)",
		e: "string (optional)",
		l: "array[string] (optional, default: all)",
		m: "array[string] (optional, default: q)",
		o: "object (optional)",
	});
});

test("the hash is of the file, the parameters and the steps, whatever their order", () => {
	const playbook = playbookWith(
		"{ type: object, properties: { a: { type: string }, b: { type: string } } }",
	);
	const hashOf = (params: unknown) => {
		const outcome = playbook.resolve(params);
		return outcome.ok ? outcome.resolved.contentHash : null;
	};
	const hash = must(hashOf({ a: "1", b: "2" }), "hash");
	expect(hash).toMatch(/^[0-9a-f]{64}$/);
	expect(hashOf({ b: "2", a: "1" })).toBe(hash);
	expect(hashOf({ a: "1", b: "3" })).not.toBe(hash);
	expect(hashOf({ a: "1" })).not.toBe(hash);
});
