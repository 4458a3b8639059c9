import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
	root: resolve(import.meta.dirname, ".."),
	test: {
		include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
		exclude: ["test/browser/**", "node_modules/**"],
		testTimeout: 30_000,
		hookTimeout: 30_000,
		// By itself it would take half the cores, which is one on a machine with two.
		maxWorkers: 2,
	},
});
