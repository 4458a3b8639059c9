import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	driftPlaceOf,
	driftQuery,
	driftTabs,
} from "../../../src-renderer/features/drift/drift-place.ts";
import {
	labelCommands,
	shellQuoted,
} from "../../../src-renderer/features/drift/label-commands.ts";
import { orderedModels } from "../../../src-renderer/features/drift/model-order.ts";
import { parsePlace, placeHash } from "../../../src-renderer/ground/router.ts";
import { model } from "../fake-engine.ts";

/** Every place of the drift page has an address, and reading the address leads back to it. */
describe("deep links", () => {
	test("a column without a tab means its evidence", () => {
		const place = parsePlace("#/drift/fraud%2Fv2?drift=d1&column=a%26b");
		expect(driftPlaceOf(place)).toEqual({
			modelId: "fraud/v2",
			driftId: "d1",
			column: "a&b",
			tab: "evidence",
		});
	});

	test("any name survives the address", () => {
		const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
		fc.assert(
			fc.property(
				name,
				fc.option(name),
				fc.option(name),
				fc.constantFrom(...driftTabs),
				(modelId, driftId, column, tab) => {
					const place = { modelId, driftId, column, tab };
					const hash = placeHash(["drift", modelId], driftQuery(place));
					expect(driftPlaceOf(parsePlace(hash))).toEqual(place);
				},
			),
		);
	});
});

describe("list of models", () => {
	const models = [
		{ ...model("b"), status: "ok" as const, psi: 0.02, lastSeenAt: 5 },
		{ ...model("a10"), status: "critical" as const, psi: 0.3, lastSeenAt: 1 },
		{ ...model("a2"), status: "critical" as const, psi: 0.4, lastSeenAt: 9 },
		{ ...model("z"), status: "insufficient_data" as const, psi: null },
	];
	const ids = (sort: "status" | "name" | "psi" | "seen", search = "") =>
		orderedModels(models, search, sort).map(({ modelId }) => modelId);

	test("worst first, then by PSI", () => {
		expect(ids("status")).toEqual(["a2", "a10", "b", "z"]);
		expect(ids("name")).toEqual(["a2", "a10", "b", "z"]);
		expect(ids("psi")).toEqual(["a2", "a10", "b", "z"]);
	});

	test("search needs every word, in any case", () => {
		expect(ids("status", "A")).toEqual(["a2", "a10"]);
		expect(ids("status", "a 1")).toEqual(["a10"]);
		expect(ids("status", "none")).toEqual([]);
	});
});

describe("commands that send labels", () => {
	test("no name gets out of its quotes", () => {
		expect(shellQuoted("it's; rm -rf /")).toBe(`'it'\\''s; rm -rf /'`);
		const [http, file] = labelCommands("it's", "http://127.0.0.1:8000");
		expect(http?.text).toContain("/v1/events/labels");
		expect(http?.text).toContain(`"model_id":"it'\\''s"`);
		expect(file?.text).toContain("--labels labels.csv");
	});
});
