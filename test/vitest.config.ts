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
		// Ten times what a test takes, for machines that are busy with something else; the few
		// that take longer say so.
		testTimeout: 30_000,
		hookTimeout: 30_000,
		// By itself it would take half the cores, which is one on a machine with two.
		maxWorkers: 2,
		// A second says nothing on a busy machine.
		expect: { poll: { timeout: 10_000 } },
	},
});
