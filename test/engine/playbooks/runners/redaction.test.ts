// However a stream is cut into pieces, it comes out as the whole text would, with no secret
// in it, in none of the forms in which one may be printed; and nothing but secrets is hidden.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	formsOf,
	hidden,
	Redaction,
	textsIn,
} from "../../../../src-main/engine/playbooks/runners/redaction.ts";

/** Few letters, so that secrets overlap, repeat and begin alike. */
const text = fc.string({
	unit: fc.constantFrom("a", "b", "c", "é", "\n"),
	maxLength: 30,
});
const secret = fc.string({
	unit: fc.constantFrom("a", "b", "c", "é"),
	minLength: 1,
	maxLength: 6,
});

test("pieces come out as the whole does", () => {
	fc.assert(
		fc.property(
			fc.array(secret, { maxLength: 4 }),
			fc.array(text, { maxLength: 12 }),
			(secrets, pieces) => {
				const redaction = new Redaction(secrets);
				const stream = redaction.stream();
				const shown =
					pieces.map((piece) => stream.push(piece)).join("") + stream.end();
				expect(shown).toBe(redaction.text(pieces.join("")));
			},
		),
		{ numRuns: 5_000 },
	);
});

test("no letter of a secret is shown, and every other letter is", () => {
	fc.assert(
		fc.property(fc.array(secret, { maxLength: 4 }), text, (secrets, whole) => {
			const forms = secrets.flatMap(formsOf);
			const isSecret = [...whole].map((_, at) =>
				forms.some((form) => {
					for (let from = at - form.length + 1; from <= at; from++) {
						if (from >= 0 && whole.startsWith(form, from)) return true;
					}
					return false;
				}),
			);
			const shown = new Redaction(secrets).text(whole);
			expect(shown.replaceAll(hidden, "")).toBe(
				[...whole].filter((_, at) => isSecret[at] === false).join(""),
			);
		}),
		{ numRuns: 5_000 },
	);
});

test.each([
	["as it is", 'top secret: p@ss/w"rd'],
	["in JSON", JSON.stringify({ password: 'p@ss/w"rd' })],
	["in an address", `http://es:${encodeURIComponent('p@ss/w"rd')}@host/`],
	["in base64", `Basic ${Buffer.from('p@ss/w"rd').toString("base64")}`],
])("a secret is hidden %s", (_, printed) => {
	const shown = new Redaction(['p@ss/w"rd']).text(printed);
	expect(shown).toContain(hidden);
	expect(shown).not.toContain("p@ss");
});

test("a key of several lines is hidden line by line", () => {
	const key =
		"-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----\n";
	const shown = new Redaction([key]).text(`1: hkiG9w0BAQEFAASC\r\n2: ${key}`);
	expect(shown).toBe(`1: ${hidden}\r\n2: ${hidden}`);
});

test("an empty secret hides nothing", () => {
	expect(new Redaction([""]).text("as it is")).toBe("as it is");
});

test("every text and number of a secret parameter is a secret", () => {
	expect(textsIn({ a: ["x", 12, null, true], b: { c: "y" } })).toEqual([
		"x",
		"12",
		"y",
	]);
	expect(textsIn(undefined)).toEqual([]);
});

test("a long text that never ends a secret it may have begun is not held back for ever", () => {
	const stream = new Redaction([`a${"b".repeat(200_000)}c`]).stream();
	expect(stream.push(`a${"b".repeat(100_000)}`).length).toBe(100_001);
});
