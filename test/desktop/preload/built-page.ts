import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { resolveConfig } from "electron-vite";
import { build } from "vite";
import { must } from "../../../src-shared/domain/must.ts";

const checkout = resolve(import.meta.dirname, "../../..");

/** Builds the preload into `folder` with the project's own build settings, and answers its text. */
export async function buildPreload(folder: string): Promise<string> {
	const { config } = await resolveConfig(
		{
			root: checkout,
			configFile: join(checkout, "electron.vite.config.ts"),
			build: { outDir: folder },
			logLevel: "silent",
		},
		"build",
		"production",
	);
	await build(must(config?.preload, "the build has a preload"));
	return readFile(join(folder, "preload", "index.cjs"), "utf8");
}

/** Builds the test's page into `folder`, as files that only need `script-src 'self'`. */
export async function buildPage(folder: string): Promise<void> {
	await build({
		configFile: false,
		root: checkout,
		logLevel: "silent",
		build: {
			outDir: folder,
			emptyOutDir: false,
			lib: {
				entry: join(checkout, "test/renderer/desktop-page.ts"),
				formats: ["es"],
				fileName: () => "page.js",
			},
		},
	});
	await writeFile(
		join(folder, "index.html"),
		`<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<title>Tocsin</title>
		<script type="module" src="/page.js"></script>
	</head>
	<body onload="document.body.dataset.inlineHandler = 'ran'">
		<script>document.documentElement.dataset.inlineScript = "ran";</script>
		<img src="https://example.com/beacon.png" alt="" />
		<img src="x" onerror="document.body.dataset.onError = 'ran'" alt="" />
		<iframe title="outside" src="https://example.com/frame"></iframe>
	</body>
</html>
`,
	);
}
