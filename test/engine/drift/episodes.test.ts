// Drift lasts until two calm assessments in a row; where it began is where it did not pause for as long.
import { expect, test } from "vitest";
import { lastingFrom } from "../../../src-main/engine/drift/episodes.ts";

test.each([
	["", 0],
	["....", 4],
	["..##", 2],
	["####", 0],
	["##.#", 0],
	["#..#", 3],
	["##..", 4],
	["##.", 0],
	["#.#.#.", 0],
	["#..#.#", 3],
])("%j lasts from %i", (steps, from) => {
	expect(
		lastingFrom([...steps].map((each) => ({ drifted: each === "#" }))),
	).toBe(from);
});
