import { test as base } from "@playwright/test";
import { type RunningEngine, startEngine } from "./engine-process.ts";

export { expect } from "@playwright/test";

/** Tests that take `engine` get one to themselves. */
export const test = base.extend<{ engine: RunningEngine }>({
	// Playwright insists on a destructuring pattern as the first parameter.
	engine: async ({ browserName: _ }, use) => {
		const engine = await startEngine();
		try {
			await use(engine);
		} finally {
			await engine.stop();
		}
	},
});
