// What a silence matches is written and read as Alertmanager writes it, and nothing is lost on the
// way; a line that cannot be read is named, and never guessed at.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	matcherText,
	parseMatchers,
} from "../../../src-renderer/features/alerts/silence-words.ts";

test("what was written is read back, whatever its value", () => {
	const matcher = fc.record({
		name: fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/),
		operator: fc.constantFrom("=", "!=", "=~", "!~"),
		value: fc.string({ unit: "binary" }),
	});
	fc.assert(
		fc.property(fc.array(matcher), (matchers) => {
			const text = matchers.map(matcherText).join("\n");
			expect(parseMatchers(text)).toEqual({ matchers });
		}),
	);
});

test.each([
	["service=checkout", "service", "=", "checkout"],
	["  a !~ x.* ", "a", "!~", "x.*"],
	['a=~""', "a", "=~", ""],
	["a=b=c", "a", "=", "b=c"],
])("%s", (text, name, operator, value) => {
	expect(parseMatchers(text)).toEqual({
		matchers: [{ name, operator, value }],
	});
});

test.each(["service", "9a=b", 'a="open', "a b=c", "=x"])(
	"%s cannot be read",
	(text) => {
		expect(parseMatchers(`ok=1\n${text}`)).toEqual({ faultyLine: text });
	},
);
