import { expect, test } from "vitest";
import { deterministicId } from "../../src-main/engine/deterministic-id.ts";

test("a deterministic id is SHA-256 of the canonical parts with version 8 set", () => {
	// Computed with Python's hashlib over ["a","b",0].
	expect(deterministicId(["a", "b", 0])).toBe(
		"32b3c2cb-aa7f-8c2a-9064-0408c9ab4793",
	);
});
