// Every parameter of an object schema becomes a field that can say all that the schema allows;
// what no field can say is JSON. What is sent is what was meant: empty fields are left out,
// numbers are numbers, and defaults that nobody touched come out as they went in.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	faultsOf,
	isSameParams,
	paramsOf,
	valuesOf,
} from "../../../src-renderer/features/playbooks/field-values.ts";
import { fieldsOfSchema } from "../../../src-renderer/features/playbooks/schema-fields.ts";

const of = (properties: Record<string, unknown>, more = {}) =>
	fieldsOfSchema({ type: "object", properties, ...more });
const shape = (schema: unknown) => of({ a: schema })[0]?.shape;

test.each([
	[{ type: "string" }, { kind: "text", isSecret: false, maxLength: null }],
	[
		{ type: "string", writeOnly: true, maxLength: 9 },
		{ kind: "text", isSecret: true, maxLength: 9 },
	],
	[
		{ type: "integer", minimum: 1, maximum: 256 },
		{ kind: "number", isInteger: true, min: 1, max: 256, step: null },
	],
	[
		{ type: "number", exclusiveMinimum: 0, multipleOf: 0.5 },
		{ kind: "number", isInteger: false, min: 0, max: null, step: 0.5 },
	],
	[
		{ type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10 },
		{ kind: "number", isInteger: true, min: 1, max: 9, step: null },
	],
	[{ type: "boolean" }, { kind: "boolean" }],
	[
		{ enum: ["a", 2, null] },
		{
			kind: "choice",
			options: [
				{ label: "a", value: "a" },
				{ label: "2", value: 2 },
				{ label: "null", value: null },
			],
		},
	],
	[
		{ type: "array", items: { type: "string" } },
		{ kind: "list", options: null },
	],
	[
		{ type: "array", items: { type: "string", enum: ["x", "y"] } },
		{ kind: "list", options: ["x", "y"] },
	],
	[
		{ oneOf: [{ type: "string" }, { type: "integer" }] },
		{ kind: "text_or_number", isInteger: true },
	],
	[
		{ type: ["string", "number"] },
		{ kind: "text_or_number", isInteger: false },
	],
	[{ type: "object" }, { kind: "json", types: ["object"] }],
	[
		{ type: "array", items: { type: "integer" } },
		{ kind: "json", types: ["array"] },
	],
	[
		{ anyOf: [{ type: "string" }, { minimum: 3 }] },
		{ kind: "json", types: [] },
	],
	[{}, { kind: "json", types: [] }],
	[{ type: ["string", "null"] }, { kind: "json", types: ["string", "null"] }],
])("%j becomes the field that can say it", (schema, expected) => {
	expect(shape(schema)).toEqual(expected);
});

test("labels, order, required marks, help, defaults and what is seldom needed are kept", () => {
	const fields = of(
		{
			full_refresh: { type: "boolean", description: "Anew", default: false },
			threadCount: { type: "integer", title: "Threads", examples: [4] },
			x: { type: "string", "x-advanced": true },
		},
		{ required: ["x"] },
	);
	expect(fields.map(({ shape: _, ...field }) => field)).toEqual([
		{
			name: "full_refresh",
			label: "Full refresh",
			description: "Anew",
			isRequired: false,
			defaultValue: false,
			example: null,
			isAdvanced: false,
		},
		{
			name: "threadCount",
			label: "Threads",
			description: "",
			isRequired: false,
			defaultValue: undefined,
			example: "4",
			isAdvanced: false,
		},
		{
			name: "x",
			label: "X",
			description: "",
			isRequired: true,
			defaultValue: undefined,
			example: null,
			isAdvanced: true,
		},
	]);
});

test("references are followed within the schema, and one that turns in a circle ends", () => {
	const [fine, circle, nowhere] = of(
		{
			fine: { $ref: "#/$defs/a~1b" },
			circle: { $ref: "#/$defs/circle" },
			nowhere: { $ref: "https://example.org/schema" },
		},
		{
			$defs: {
				"a/b": { type: "boolean", title: "Flag" },
				circle: { $ref: "#/$defs/circle" },
			},
		},
	);
	expect(fine).toMatchObject({ label: "Flag", shape: { kind: "boolean" } });
	expect(circle?.shape.kind).toBe("json");
	expect(nowhere?.shape.kind).toBe("json");
});

test("a schema that lists no parameters is one field of JSON, an empty one has none", () => {
	expect(
		fieldsOfSchema({ type: "object", additionalProperties: false }),
	).toEqual([]);
	expect(fieldsOfSchema({})).toEqual([]);
	const [whole] = fieldsOfSchema({ patternProperties: { a: {} } });
	expect(whole).toMatchObject({ name: "", shape: { kind: "json" } });
	expect(
		paramsOf(whole === undefined ? [] : [whole], { "": '{"a":1,"b":[2]}' }),
	).toEqual({ params: { a: 1, b: [2] }, faults: new Map() });
});

const all = of(
	{
		text: { type: "string" },
		count: { type: "integer" },
		share: { type: "number" },
		flag: { type: "boolean" },
		choice: { enum: ["a", 2] },
		list: { type: "array", items: { type: "string" } },
		either: { type: ["string", "integer"] },
		json: { type: "object" },
	},
	{ required: ["text", "list"] },
);

test("empty fields are left out, required ones are asked for", () => {
	const { params, faults } = paramsOf(all, valuesOf(all));
	expect(params).toEqual({ flag: false });
	expect([...faults]).toEqual([
		["text", ["Required."]],
		["list", ["Required."]],
	]);
});

test.each([
	["count", "4", 4],
	["count", " 4 ", 4],
	["share", "0.5", 0.5],
	["choice", "1", 2],
	["either", "12", 12],
	["either", "-3", -3],
	["either", "12a", "12a"],
	["either", "1.5", "1.5"],
	["either", "12345678901234567890", "12345678901234567890"],
	["text", "12", "12"],
	["text", " a ", " a "],
	["json", '{"a": [1]}', { a: [1] }],
])("%s with %j is sent as %j", (name, value, expected) => {
	const { params } = paramsOf(all, { ...valuesOf(all), [name]: value });
	expect(params[name]).toEqual(expected);
});

test.each([
	["count", "4.5", "Only whole numbers."],
	["count", "four", "This is not a number."],
	["json", "{", /^This is not JSON: /],
	["json", "[1]", "This must be object."],
])("%s with %j cannot be sent", (name, value, expected) => {
	const { faults } = paramsOf(all, { ...valuesOf(all), [name]: value });
	expect(faults.get(name)?.[0]).toMatch(expected);
});

test("parameters come out of the fields as they went in", () => {
	const some = fc.record({
		text: fc.string({ minLength: 1 }),
		count: fc.integer(),
		share: fc
			.double({ noNaN: true, noDefaultInfinity: true })
			.map((n) => n + 0),
		flag: fc.boolean(),
		choice: fc.constantFrom("a", 2),
		list: fc.array(fc.string(), { minLength: 1 }),
		json: fc.dictionary(fc.string(), fc.jsonValue()),
	});
	fc.assert(
		fc.property(some, (params) => {
			const read = paramsOf(all, valuesOf(all, params));
			expect(read.faults.size).toBe(0);
			expect(
				isSameParams(read.params, JSON.parse(JSON.stringify(params))),
			).toBe(true);
		}),
	);
});

test("the order of names does not make parameters different, the order of a list does", () => {
	expect(
		isSameParams({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }),
	).toBe(true);
	expect(isSameParams({ a: ["x", "y"] }, { a: ["y", "x"] })).toBe(false);
});

test("the engine's faults stand at their fields, and none is lost", () => {
	const faults = faultsOf(all, {
		faults: [
			{ path: "/list/1", message: "must match ^[a-z]+$" },
			{ path: "/list", message: "must have 1 item at least" },
			{ path: "/count", message: "must be 1 or more." },
			{ path: "/no~1such", message: "is not known" },
			{ path: "", message: "together they are too long" },
			{ nonsense: true },
		],
	});
	expect(Object.fromEntries(faults)).toEqual({
		list: ["Number 2 must match ^[a-z]+$", "Must have 1 item at least."],
		count: ["Must be 1 or more."],
		"": ["/no~1such: is not known.", "Together they are too long."],
	});
	for (const odd of [null, undefined, "x", {}, { faults: 3 }]) {
		expect(faultsOf(all, odd).size).toBe(0);
	}
});
