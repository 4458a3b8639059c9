// A pattern matches what the same regular expression matches, anchored at both ends, in time
// that grows with the text and the pattern and never faster: what makes others hang does not.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	LinearPattern,
	patternFault,
} from "../../../src-shared/domain/linear-pattern.ts";

const atom = fc.constantFrom(
	"a",
	"b",
	".",
	"[ab]",
	"[^a]",
	"\\d",
	"\\w",
	"c",
	"\\.",
	"[a-c_]",
	"^",
	"$",
);
const pattern = fc.letrec<{ node: string }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 4 },
		atom,
		fc.tuple(tie("node"), tie("node")).map(([a, b]) => `${a}${b}`),
		fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a}|${b})`),
		fc
			.tuple(
				tie("node"),
				fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{0,2}", "*?"),
			)
			.map(([a, times]) => `(?:${a})${times}`),
	),
})).node;
const text = fc
	.array(fc.constantFrom("a", "b", "c", "1", ".", "_", "é", "😀"), {
		maxLength: 8,
	})
	.map((parts) => parts.join(""));

test("it matches what RegExp matches as a whole", () => {
	fc.assert(
		fc.property(pattern, text, (source, value) => {
			expect(new LinearPattern(source).matches(value)).toBe(
				new RegExp(`^(?:${source})$`, "u").test(value),
			);
		}),
		{ numRuns: 3_000 },
	);
});

test.each([
	["web-\\d+", "web-12", true],
	["web-\\d+", "my-web-12", false],
	["(prod|staging)-.*", "staging-", true],
	["[a-f0-9]{8}", "deadbeef", true],
	["", "", true],
	["", "a", false],
	["\\[x\\]", "[x]", true],
	["[\\]\\-]+", "]-", true],
])("%s and %s: %s", (source, value, matches) => {
	expect(new LinearPattern(source).matches(value)).toBe(matches);
});

test.each([
	["(", /without a \)/],
	[")", /without a \(/],
	["[a", /without a \]/],
	["*a", /nothing before/],
	["a{2,1}", /backwards/],
	["a{2000}", /at most 1000/],
	["(a{1000}){1000}", /too long/],
	["((((){1000}){1000}){1000}){1000}|a{3}{2}", /repetition of a repetition/],
	["(?=a)", /not supported/],
	["\\1", /not supported/],
	["a\\", /too soon/],
	["x".repeat(501), /500/],
	["(".repeat(60) + ")".repeat(60), /too many groups/],
])("%s is refused with what is wrong", (source, fault) => {
	expect(patternFault(source)).toMatch(fault);
	expect(() => new LinearPattern(source)).toThrow(fault);
});

test("patterns that others hang on take no longer than their length", () => {
	for (const source of [
		"(a+)+",
		"(a|a)*b",
		"(a*)*b",
		"(.*a){20}",
		"(a|aa)+$",
	]) {
		expect(new LinearPattern(source).matches(`${"a".repeat(4_000)}!`)).toBe(
			false,
		);
	}
});
