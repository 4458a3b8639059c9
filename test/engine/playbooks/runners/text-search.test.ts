// A search finds every occurrence, overlapping ones too, and what may be the beginning of
// another; and texts made to be slow take no longer than any.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Redaction } from "../../../../src-main/engine/playbooks/runners/redaction.ts";
import { TextSearch } from "../../../../src-main/engine/playbooks/runners/text-search.ts";

const fewLetters = fc.string({
	unit: fc.constantFrom("a", "b", "\u00e9"),
	maxLength: 30,
});

test("it finds what looking at every place finds", () => {
	fc.assert(
		fc.property(
			fewLetters.filter((wanted) => wanted !== ""),
			fewLetters,
			(wanted, text) => {
				const places = [...text].map((_, at) => at);
				const begun = places
					.filter((at) => at > text.length - wanted.length)
					.find((at) => wanted.startsWith(text.slice(at)));
				expect(new TextSearch(wanted).in(text)).toEqual({
					starts: places.filter((at) => text.startsWith(wanted, at)),
					begun: begun === undefined ? 0 : text.length - begun,
				});
			},
		),
		{ numRuns: 2_000 },
	);
});

const long = 65_536;

test.each<[string, string]>([
	["the same letter", "a".repeat(long)],
	["another letter first", `b${"a".repeat(long - 1)}`],
	["another letter last", `${"a".repeat(long - 1)}b`],
	["another letter amid", `${"a".repeat(long / 2)}b${"a".repeat(long / 2)}`],
])("a secret of %s holds up no output", { timeout: 5_000 }, (_, secret) => {
	const stream = new Redaction([secret]).stream();
	const before = performance.now();
	let shown = "";
	for (let chunk = 0; chunk < 32; chunk++)
		shown += stream.push("a".repeat(long));
	shown += stream.end();
	expect(performance.now() - before).toBeLessThan(4_000);
	expect(shown).toContain(secret.includes("b") ? "a" : "***");
});
