import { expect } from "vitest";

/** Asserts that two numbers agree to a relative error, or are the same number. */
export function expectClose(
	actual: number | null | undefined,
	expected: number,
	relative = 1e-12,
): void {
	if (actual === expected) return;
	expect(actual).toBeTypeOf("number");
	const error = Math.abs((actual as number) - expected);
	expect(
		error <= relative * Math.abs(expected),
		`${actual} is not within ${relative} of ${expected}`,
	).toBe(true);
}
