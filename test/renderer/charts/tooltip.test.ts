// @vitest-environment jsdom
import { expect, test } from "vitest";
import { tooltipContent } from "../../../src-renderer/components/charts/tooltip-content.ts";

/** Names come from clients: a tooltip shows them as text and never as markup. */
test("a name with markup in it stays text", () => {
	const name = `<img src=x onerror="alert(1)">`;
	const box = tooltipContent(name, [{ name, value: name }], name);
	expect(box.querySelector("img")).toBeNull();
	expect(box.textContent).toBe(name.repeat(4));
});
