// @vitest-environment jsdom
import { expect, test } from "vitest";
import { keyCaps, keyName } from "../../../src-renderer/ground/keyboard.ts";

function press(init: KeyboardEventInit): string {
	return keyName(new KeyboardEvent("keydown", init));
}

test("names presses as shortcuts spell them", () => {
	expect(press({ key: "j" })).toBe("j");
	expect(press({ key: "J", shiftKey: true })).toBe("shift+j");
	expect(press({ key: "?", shiftKey: true })).toBe("?");
	expect(press({ key: "/", shiftKey: true })).toBe("/");
	expect(press({ key: "k", ctrlKey: true })).toBe("mod+k");
	expect(press({ key: " ", altKey: true, code: "Space" })).toBe("alt+space");
	// What Option and 1 type on a Mac keyboard.
	expect(press({ key: "¡", altKey: true, code: "Digit1" })).toBe("alt+1");
	expect(press({ key: "ArrowDown", shiftKey: true })).toBe("shift+arrowdown");
});

test("draws a shortcut as keys", () => {
	expect(keyCaps("mod+k")).toEqual(["Ctrl", "K"]);
	expect(keyCaps("j arrowdown")).toEqual(["J"]);
	expect(keyCaps("shift+arrowdown")).toEqual(["⇧", "↓"]);
});
