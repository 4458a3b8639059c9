// A pointer names one part of a JSON value or none, by RFC 6901; never what an object
// inherits, nor an item by another spelling of its number.
import { expect, test } from "vitest";
import { valueAt } from "../../../../src-main/engine/playbooks/runners/json-pointer.ts";

const value = { "a/b": [10, { "~": 1 }], "": { "": 2 }, zero: null, "~1": 3 };

test.each([
	["", value],
	["/a~1b/0", 10],
	["/a~1b/1/~0", 1],
	["//", 2],
	["/~01", 3],
	["/zero", null],
	["/a~1b/01", undefined],
	["/a~1b/-", undefined],
	["/a~1b/2", undefined],
	["/a~1b/length", undefined],
	["/toString", undefined],
	["/__proto__", undefined],
	["/zero/x", undefined],
	["zero", undefined],
])("%j", (pointer, expected) => {
	expect(valueAt(value, pointer)).toEqual(expected);
});
