// One spelling per value: equal values have equal text whatever the order of their keys,
// the text is JSON of the same value, and what JSON cannot carry is refused.
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";

test.each([
	[{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
	[[1e21, -0, 0.1, 1e-7], "[1e+21,0,0.1,1e-7]"],
	["é\n\u2028\u0007", '"é\\n\u2028\\u0007"'],
	[{ a: undefined, "": {} }, '{"":{}}'],
	// By UTF-16 code unit, as RFC 8785, 3.2.3: the surrogate pair sorts before U+FB33.
	[{ "\ufb33": 1, "\u{1f600}": 2, "\u20ac": 3 }, '{"€":3,"😀":2,"\ufb33":1}'],
	[{ 10: 1, 9: 2 }, '{"10":1,"9":2}'],
])("%j", (value, text) => {
	expect(canonicalJson(value)).toBe(text);
});

test.each([
	Number.NaN,
	Number.POSITIVE_INFINITY,
	"\ud800",
	{ "\udc00": 1 },
	[undefined],
	undefined,
	10n,
	() => 1,
])("refuses %o", (value) => {
	expect(() => canonicalJson(value)).toThrowError(TypeError);
});

test("survives JSON, and does not depend on the order of keys", () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = canonicalJson(value);
			expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
			expect(canonicalJson(JSON.parse(text))).toBe(text);
			expect(canonicalJson(reversed(value))).toBe(text);
		}),
	);
});

function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, member]) => [key, reversed(member)]),
	);
}
