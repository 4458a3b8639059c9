// A sandboxed preload can require electron and little else, and only as CommonJS.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildPreload } from "./built-page.ts";

test("the built preload is one CommonJS file that requires electron and nothing else", async () => {
	const folder = mkdtempSync(join(tmpdir(), "tocsin-preload-"));
	try {
		const preload = await buildPreload(folder);
		const required = [...preload.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)];
		expect(required.map(([, name]) => name)).toEqual(["electron"]);
		expect(preload).not.toMatch(/^\s*(import|export)\b/m);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
