import fc from "fast-check";

/** A schema of the document, as far as samples are made from it. */
export interface Schema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly format?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly items?: Schema;
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly default?: unknown;
}

/** Values that a careless server takes for something else. */
export const nasties: readonly unknown[] = [
	null,
	true,
	"",
	" ",
	"\u0000",
	"a\u0000b",
	"\ud800",
	"\u202e\u200b",
	"x".repeat(250),
	"x".repeat(30_000),
	"' OR 1=1 --",
	"$(id)",
	"; touch x",
	"-rf",
	"../../etc/passwd",
	"%2e%2e%2f",
	"<script>alert(1)</script>",
	"2026-02-30T00:00:00Z",
	"0000-00-00",
	"__proto__",
	"-1",
	"1e400",
	"00000000-0000-0000-0000-000000000000",
	0,
	-1,
	1.5,
	2 ** 53,
	1e308,
	[],
	{},
	[null],
	[[[[[[]]]]]],
	{ constructor: { prototype: { admin: true } } },
	{ toString: 1 },
];

/** A plausible value of a schema; optional properties come and go. */
export function plausible(
	schema: Schema,
	resolve: (reference: string) => Schema,
): fc.Arbitrary<unknown> {
	if (schema.$ref !== undefined) {
		return plausible(resolve(schema.$ref), resolve);
	}
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices !== undefined) {
		return fc.oneof(...choices.map((each) => plausible(each, resolve)));
	}
	const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	switch (type) {
		case "object":
			return fc
				.record(
					Object.fromEntries(
						Object.entries(schema.properties ?? {}).map(([name, each]) => [
							name,
							plausible(each, resolve),
						]),
					),
					{ requiredKeys: [...(schema.required ?? [])] },
				)
				.map((record) => ({ ...record }));
		case "array":
			return fc.array(plausible(schema.items ?? {}, resolve), { maxLength: 3 });
		case "integer":
			return fc.integer({
				min: Math.max(schema.minimum ?? -10, -1000),
				max: Math.min(schema.maximum ?? 1000, 100_000),
			});
		case "number":
			return fc.double({
				noNaN: true,
				min: Math.max(schema.minimum ?? -10, -1000),
				max: Math.min(schema.maximum ?? 1000, 100_000),
			});
		case "boolean":
			return fc.boolean();
		case "null":
			return fc.constant(null);
		case "string":
			return text(schema.format);
		default:
			return fc.constantFrom<unknown>("text", 1, true);
	}
}

function text(format: string | undefined): fc.Arbitrary<string> {
	switch (format) {
		case "uuid":
			return fc.uuid();
		case "date-time":
			return fc.constantFrom("2026-01-20T10:00:00Z", "2026-01-19T10:00:00Z");
		default:
			return fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" });
	}
}

/** The same value with one place in it replaced, dropped or added to. */
export function spoilt(value: unknown): fc.Arbitrary<unknown> {
	const nasty = fc.constantFrom(...nasties);
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		return nasty;
	}
	const names = Object.keys(value);
	const added = fc
		.constantFrom("id", "tenant_id", "__proto__", "created_at", "extra")
		.chain((name) => nasty.map((each) => ({ ...value, [name]: each })));
	if (names.length === 0) return fc.oneof(nasty, added);
	return fc.oneof(
		{ weight: 6, arbitrary: replacedIn(value, names, nasty) },
		{ weight: 1, arbitrary: added },
		{ weight: 1, arbitrary: nasty },
	);
}

function replacedIn(
	value: object,
	names: readonly string[],
	nasty: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
	return fc
		.constantFrom(...names)
		.chain((name) => nasty.map((each) => ({ ...value, [name]: each })));
}
