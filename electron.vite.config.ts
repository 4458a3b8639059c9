import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import type { Plugin } from "vite";

/**
 * Escapes what is not in Latin-1: V8 keeps the source of a file with a single such character at
 * two bytes a character, for as long as the process lives.
 */
const oneByteSource: Plugin = {
	name: "one-byte-source",
	generateBundle(_options, bundle) {
		for (const file of Object.values(bundle)) {
			if (file.type === "chunk") file.code = inLatin1(file.code);
		}
	},
};

/** The same program: a needless backslash before what is escaped goes with it. */
function inLatin1(code: string): string {
	return code.replace(
		/(\\*)([^\0-\xff])/g,
		(_, slashes: string, unit: string) =>
			`${slashes.slice(slashes.length % 2)}\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

const r = (p: string) => resolve(import.meta.dirname, p);
export default defineConfig({
	main: {
		plugins: [oneByteSource],
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
				output: {
					chunkFileNames: "[name]-[hash].js",
					comments: { jsdoc: false },
				},
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
			rollupOptions: {
				input: { index: r("src-renderer/index.html") },
				// The first page needs a word or two of features whose pages come later: of what
				// an index.ts offers, only what is used is loaded.
				treeshake: {
					moduleSideEffects: [
						{
							test: /\/src-renderer\/features\/.*\.tsx?$/,
							sideEffects: false,
						},
					],
				},
			},
		},
	},
});
