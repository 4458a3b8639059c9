// A verb is for what is selected, and for the row under the cursor only where nothing is.
import { beforeEach, expect, test } from "vitest";
import {
	useSelection,
	verbTargets,
} from "../../../src-renderer/state/selection.ts";

const { getState: selection } = useSelection;

beforeEach(() => {
	selection().clear();
	selection().moveTo(null);
});

test("nothing, the cursor, the selection", () => {
	expect(verbTargets()).toEqual([]);
	selection().moveTo("a");
	expect(verbTargets()).toEqual(["a"]);
	selection().toggle("b");
	expect(verbTargets()).toEqual(["b"]);
	selection().select(["c", "d"]);
	expect(verbTargets()).toEqual(["c", "d"]);
	selection().clear();
	expect(verbTargets()).toEqual(["a"]);
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
