// Steps from one order of the inbox to the next: a newest page joins what is older without a gap,
// nothing stands twice, and what is taken back stands where it stood.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	putBack,
	withHead,
	without,
} from "../../../src-renderer/features/alerts/alert-order.ts";

const ids = (text: string) => [...text];

describe("the newest page", () => {
	test.each([
		["abcd", "xa", false, "xabcd"],
		["abcd", "xc", false, "xcd"],
		["abcd", "xy", false, "xy"],
		["abcd", "xa", true, "xa"],
		["abcd", "", true, ""],
		["", "ab", false, "ab"],
	])("%s with %s (whole: %s) is %s", (order, head, isWhole, expected) => {
		expect(withHead(ids(order), ids(head), isWhole).join("")).toBe(expected);
	});

	test("joined pages are the engine's list, whatever came and went above them", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.nat(40), { minLength: 1 }),
				fc.nat(40),
				fc.integer({ min: 1, max: 10 }),
				(numbers, gone, pageSize) => {
					const before = numbers.toSorted((a, b) => b - a).map(String);
					const now = before.filter((id) => Number(id) !== gone);
					const head = now.slice(0, pageSize);
					const joined = withHead(before, head, head.length < pageSize);
					expect(joined.slice(0, head.length)).toEqual(head);
					expect(new Set(joined).size).toBe(joined.length);
					// Below the page, only what the engine no longer has may be left over.
					expect(joined.filter((id) => Number(id) !== gone)).toEqual(now);
				},
			),
		);
	});
});

test("what is decided and taken back leaves the order as it was", () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.string(), { maxLength: 20 }),
			fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
			(order, isTaken) => {
				const taken = order.filter((_, index) => isTaken[index]);
				const left = without(order, new Set(taken));
				expect(left.some((id) => taken.includes(id))).toBe(false);
				expect(putBack(left, order, taken)).toEqual(order);
			},
		),
	);
});

test("what came in meanwhile stays above what is put back", () => {
	expect(putBack(ids("xbd"), ids("abcd"), ids("ac")).join("")).toBe("xabcd");
	expect(putBack(ids("x"), ids("ab"), ids("ab")).join("")).toBe("xab");
	expect(putBack(ids("ab"), ids("ab"), ids("a")).join("")).toBe("ab");
});
