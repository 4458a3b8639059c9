// The cursor stays among the rows, goes by steps that stop at the ends, and finds its place again
// when its row has gone; ranges grow from where they began; a verb moves on to a row that is left.
import fc from "fast-check";
import { expect, test } from "vitest";
import { HeldRows } from "../../../src-renderer/components/list/held-rows.ts";
import { listMoves } from "../../../src-renderer/components/list/list-moves.ts";
import { createSelection } from "../../../src-renderer/ground/selection.ts";

function listOf(ids: string, follows = false) {
	const source = new HeldRows<string>(String, [...ids], "");
	const selection = createSelection();
	const opened: string[] = [];
	const options = {
		source,
		selection,
		follows,
		openId: null as string | null,
		idOf: String,
		open: (id: string) => void opened.push(id),
		close: () => void opened.push("closed"),
	};
	const moves = listMoves(() => options, { current: null });
	return {
		moves,
		selection,
		opened,
		options,
		show: (next: string) => source.offer([...next], next),
		get cursor() {
			return selection.getState().cursor;
		},
		get selected() {
			return [...selection.getState().selected].join("");
		},
	};
}

test("steps stop at the ends, and an infinite one reaches them", () => {
	const list = listOf("abcd");
	const places = [1, 1, -5, Number.POSITIVE_INFINITY, 1, -1].map((by) => {
		list.moves.step(by);
		return list.cursor;
	});
	expect(places.join("")).toBe("abaddc");
	listOf("").moves.step(1);
});

test("without a cursor it starts at what is open, at an end, or at the first row", () => {
	const open = listOf("abc");
	open.options.openId = "b";
	open.moves.step(1);
	expect(open.cursor).toBe("c");
	const end = listOf("abc");
	end.moves.step(Number.POSITIVE_INFINITY);
	expect(end.cursor).toBe("c");
});

test("a row that left gives its place to the one after it", () => {
	const list = listOf("abcd");
	list.moves.step(1);
	list.moves.step(1);
	list.show("acd");
	list.moves.step(1);
	expect(list.cursor).toBe("c");
});

test("a range grows and shrinks from where it began", () => {
	const list = listOf("abcdef");
	list.moves.toFirst();
	list.moves.step(1);
	const ranges = [1, 1, -1, -2].map((by) => {
		list.moves.step(by, true);
		return list.selected;
	});
	expect(ranges).toEqual(["bc", "bcd", "bc", "ab"]);
	list.moves.select("e", true);
	expect([...list.selected].sort().join("")).toBe("abcde");
	list.moves.selectAll();
	expect(list.selected).toBe("abcdef");
});

test("escape lets go of one thing at a time", () => {
	const list = listOf("abc");
	list.moves.toFirst();
	list.moves.toggleCursor();
	list.options.openId = "a";
	expect(list.moves.escape()).toBe(true);
	expect(list.selected).toBe("");
	list.moves.escape();
	expect(list.opened).toEqual(["closed"]);
	list.options.openId = null;
	list.moves.escape();
	expect([list.cursor, list.moves.escape()]).toEqual([null, false]);
});

test("what is open follows the cursor only where it is to", () => {
	for (const follows of [true, false]) {
		const list = listOf("abc", follows);
		list.options.openId = "a";
		list.moves.step(1);
		expect(list.opened).toEqual(follows ? ["b"] : []);
	}
});

test("after a verb the cursor is on the next row that was not acted on, or else on the one before", () => {
	fc.assert(
		fc.property(
			fc.subarray([..."abcdef"], { minLength: 1 }),
			fc.nat(5),
			(acted, pick) => {
				const all = "abcdef";
				const list = listOf(all);
				const at = acted[pick % acted.length] ?? "a";
				list.selection.getState().moveTo(at);
				list.selection.getState().select(acted);
				list.moves.goOn(acted, () => {
					list.show([...all].filter((id) => !acted.includes(id)).join(""));
				});
				const left = [...all].filter((id) => !acted.includes(id));
				const expected =
					left.find((id) => id > at) ?? left.findLast((id) => id < at) ?? at;
				expect([list.cursor, list.selected]).toEqual([expected, ""]);
			},
		),
	);
});
