// The words of an API are one table: what is written for a value is read back as a value
// that is written the same, synonyms are read and never written, and a word of no value is
// refused.
import { expect, test } from "vitest";
import { EngineError } from "../../src-main/engine/errors.ts";
import * as copilot from "../../src-main/http/copilot/incident-words.ts";
import * as interventions from "../../src-main/http/interventions/words.ts";
import { stages } from "../../src-main/http/mlservice/stage-words.ts";
import * as platform from "../../src-main/http/platform/incident-words.ts";
import * as sentryml from "../../src-main/http/sentryml/incident-words.ts";
import { words } from "../../src-main/http/words.ts";
import { incidentStates } from "../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../src-shared/domain/severity.ts";

const sizes = words(
	[1, 2, 3],
	{ 1: "small", 2: "big", 3: "big" },
	{ large: "big" },
);

test("a value has a word, and a word its values", () => {
	expect([1, 2, 3].map((size) => sizes.of(size as 1 | 2 | 3))).toEqual([
		"small",
		"big",
		"big",
	]);
	expect(sizes.written).toEqual(["small", "big"]);
	expect(sizes.understood).toEqual(["small", "big", "large"]);
	expect(sizes.valuesOf("large")).toEqual([2, 3]);
	expect(sizes.valueOf("big")).toBe(2);
});

test.each(["huge", "", "toString", "__proto__"])(
	"%j is refused with the words that are understood",
	(word) => {
		for (const read of [sizes.valueOf, sizes.valuesOf]) {
			expect(() => read(word as "big")).toThrow(
				new EngineError("INVALID", `${word} is none of small, big, large.`),
			);
		}
	},
);

test("a value without a word, and a word for no value, do not compile", () => {
	// @ts-expect-error: 3 has no word.
	words([1, 2, 3], { 1: "small", 2: "big" });
	// @ts-expect-error: "giant" is no word that is written.
	words([1, 2], { 1: "small", 2: "big" }, { huge: "giant" });
});

test.each([
	["A", platform.statuses, platform.priorities],
	["B", copilot.states, copilot.severities],
	["C", sentryml.states, sentryml.severities],
	["E", interventions.statuses, interventions.severities],
])("what API %s writes, it reads as the same", (_api, states, severities) => {
	for (const state of incidentStates) {
		const word = states.of(state);
		expect(states.valuesOf(word as never)).toContain(state);
		expect(states.of(states.valueOf(word as never))).toBe(word);
	}
	for (const rank of severityRanks) {
		const word = severities.of(rank);
		expect(severities.valuesOf(word as never)).toContain(rank);
		expect(severities.of(severities.valueOf(word as never))).toBe(word);
	}
});

test("API D reads API A's word for archived", () => {
	expect(stages.valueOf("deprecated")).toBe("archived");
	expect(stages.written).not.toContain("deprecated");
});
