import { rm } from "node:fs/promises";
import { test as base } from "@playwright/test";
import {
	makeDemoFolder,
	type RunningEngine,
	startEngine,
} from "./engine-process.ts";

export { expect } from "@playwright/test";

/** Tests that take `engine` get an empty one to themselves, those that take `demo` one with the demo in it. */
export const test = base.extend<
	{ engine: RunningEngine; demo: RunningEngine },
	{ demoFolder: string }
>({
	// Playwright insists on a destructuring pattern as the first parameter.
	engine: async ({ browserName: _ }, use) => {
		const engine = await startEngine();
		try {
			await use(engine);
		} finally {
			await engine.stop();
		}
	},
	demo: async ({ demoFolder }, use) => {
		const engine = await startEngine(demoFolder);
		try {
			await use(engine);
		} finally {
			await engine.stop();
		}
	},
	demoFolder: [
		async ({ browserName: _ }, use) => {
			const folder = await makeDemoFolder();
			try {
				await use(folder);
			} finally {
				await rm(folder, { recursive: true, force: true });
			}
		},
		{ scope: "worker" },
	],
});
