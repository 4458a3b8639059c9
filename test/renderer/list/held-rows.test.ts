// While a list is held, no row moves, none comes but after the others, and what waits is counted;
// while the pointer is among the rows, none goes either. Let go, or asked for, the list is what was offered last.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HeldRows } from "../../../src-renderer/components/list/held-rows.ts";

interface Row {
	readonly id: string;
	readonly text: string;
}

const rowsOf = (ids: string, text = ""): Row[] =>
	[...ids].map((id) => ({ id, text }));

function held(ids: string) {
	const rows = new HeldRows<Row>(({ id }) => id, rowsOf(ids), "");
	return {
		rows,
		offer: (next: string, question = "") => rows.offer(rowsOf(next), question),
		get shown() {
			return rows.state
				.getState()
				.rows.map(({ id }) => id)
				.join("");
		},
		get pending() {
			return rows.state.getState().pending;
		},
	};
}

test.each([
	["let go", [false, false], "xcab", "xcab", 0],
	["held: another order", [true, false], "cba", "abc", 0],
	["held: new ones wait", [true, false], "xaybc", "abc", 2],
	[
		"held: older ones come after the others",
		[true, true],
		"xabcyz",
		"abcyz",
		1,
	],
	["held: some have gone", [true, false], "ca", "ac", 0],
	["pointed at: some have gone", [true, true], "xca", "abc", 1],
] as const)("%s", (_, [isHeld, isPointed], offered, shown, pending) => {
	const list = held("abc");
	list.rows.hold(isHeld, isPointed);
	list.offer(offered);
	expect([list.shown, list.pending]).toEqual([shown, pending]);
	list.rows.showPending();
	expect([list.shown, list.pending]).toEqual([offered, 0]);
});

test("a held row changes in place", () => {
	const list = held("ab");
	list.rows.hold(true, true);
	list.rows.offer(rowsOf("ba", "now"), "");
	expect(list.rows.at(0)).toEqual({ id: "a", text: "now" });
	expect([list.rows.indexOf("b"), list.rows.indexOf("x")]).toEqual([1, -1]);
});

test("what a person asked for is shown whole, held or not", () => {
	const list = held("abc");
	list.rows.hold(true, true);
	list.offer("cx", "search");
	expect([list.shown, list.pending]).toEqual(["cx", 0]);
	list.offer("xc", "search");
	expect(list.shown).toBe("cx");
});

describe("any offers and holds", () => {
	const ids = fc.uniqueArray(fc.constantFrom(..."abcdef"));
	test("what is shown and what waits make the last offer; held rows keep their order", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.boolean(), ids), { maxLength: 12 }),
				(steps) => {
					const list = held("abc");
					let last = "abc";
					for (const [isHeld, offered] of steps) {
						const before = list.shown;
						list.rows.hold(isHeld, false);
						const shownBefore = isHeld ? before : last;
						last = offered.join("");
						list.offer(last);
						const stayed = [...shownBefore].filter((id) => last.includes(id));
						const end = Math.max(-1, ...stayed.map((id) => last.indexOf(id)));
						const after = last.slice(end + 1);
						if (isHeld) expect(list.shown).toBe(stayed.join("") + after);
						else expect(list.shown).toBe(last);
						expect(list.shown.length + list.pending).toBe(last.length);
					}
				},
			),
		);
	});
});
