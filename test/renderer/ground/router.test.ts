// @vitest-environment jsdom
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlace, placeHash } from "../../../src-renderer/ground/router.ts";

test("an address leads back to its place, whatever the model is called", () => {
	const segment = fc
		.string({ unit: "binary", minLength: 1 })
		.filter((text) => text.isWellFormed());
	fc.assert(
		fc.property(
			fc.array(segment, { minLength: 1, maxLength: 3 }),
			fc.dictionary(fc.constantFrom("q", "drift", "sort"), segment),
			(path, query) => {
				const place = parsePlace(placeHash(path, query));
				expect(place.path).toEqual(path);
				expect(Object.fromEntries(place.query)).toEqual({ ...query });
			},
		),
	);
});

test("a broken or empty address is a place all the same", () => {
	expect(parsePlace("").path).toEqual(["triage"]);
	expect(parsePlace("#/").path).toEqual(["triage"]);
	expect(parsePlace("#/drift/%E0%A4%A").path).toEqual(["drift", "%E0%A4%A"]);
});
