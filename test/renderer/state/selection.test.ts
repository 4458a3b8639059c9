// A verb is for what is selected, and for the row under the cursor only where nothing is.
import { beforeEach, expect, test } from "vitest";
import { useSelection } from "../../../src-renderer/state/selection.ts";

const { getState: selection } = useSelection;

beforeEach(() => {
	selection().clear();
	selection().moveTo(null);
});

test("nothing, the cursor, the selection", () => {
	expect(selection().targets()).toEqual([]);
	selection().moveTo("a");
	expect(selection().targets()).toEqual(["a"]);
	selection().toggle("b");
	expect(selection().targets()).toEqual(["b"]);
	selection().select(["c", "d"]);
	expect(selection().targets()).toEqual(["c", "d"]);
	selection().clear();
	expect(selection().targets()).toEqual(["a"]);
});

test("a second toggle takes it out, and a range begins where one was made last", () => {
	selection().toggle("a");
	selection().toggle("b");
	selection().toggle("a");
	expect([...selection().selected]).toEqual(["b"]);
	expect(selection().anchor).toBe("a");
	selection().moveTo("c");
	expect(selection()).toMatchObject({ cursor: "c", anchor: "c" });
	selection().clear();
	expect(selection()).toMatchObject({ cursor: "c", anchor: null });
});
