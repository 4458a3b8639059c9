import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const r = (p: string) => resolve(import.meta.dirname, p);
export default defineConfig({
	main: {
		build: {
			outDir: "out/main",
			// One file loads faster than the thousand of the packages, and in less memory.
			externalizeDeps: false,
			rollupOptions: {
				// Native code, what the shell provides, and optional parts of ws.
				external: [
					"better-sqlite3",
					/^electron(\/|$)/,
					"bufferutil",
					"utf-8-validate",
				],
				input: {
					desktop: r("src-main/entry/desktop.ts"),
					cli: r("src-main/entry/cli.ts"),
					"engine-worker": r("src-main/entry/engine-worker.ts"),
					"compute-worker": r("src-main/entry/compute-worker.ts"),
				},
				output: { chunkFileNames: "[name]-[hash].js" },
			},
		},
	},
	preload: {
		build: {
			outDir: "out/preload",
			rollupOptions: {
				input: { index: r("src-main/preload/index.ts") },
				output: { format: "cjs", entryFileNames: "[name].cjs" },
			},
		},
	},
	renderer: {
		root: r("src-renderer"),
		plugins: [react()],
		build: {
			minify: true,
			outDir: r("out/renderer"),
			rollupOptions: { input: { index: r("src-renderer/index.html") } },
		},
	},
});
