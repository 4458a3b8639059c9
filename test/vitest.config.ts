import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
	root: resolve(import.meta.dirname, ".."),
	test: {
		include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
		exclude: ["test/browser/**", "node_modules/**"],
		globalSetup: "test/runner/quick-folder.ts",
		// Loading the engine or the war room anew for each file would take a third of the time.
		isolate: false,
		setupFiles: "test/runner/clean-slate.ts",
		// Far more than any test takes, for machines that are busy with something else.
		testTimeout: 90_000,
		hookTimeout: 90_000,
		// By itself it would take half the cores, which is one on a machine with two.
		maxWorkers: 2,
		// A second says nothing on a busy machine.
		expect: { poll: { timeout: 10_000 } },
	},
});
