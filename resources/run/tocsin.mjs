import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { buildWhenStale } from "./build-when-stale.mjs";
import { checkout, installFault, suitableNode } from "./checkout.mjs";
import { runToEnd } from "./run-to-end.mjs";

const fault = installFault();
if (fault !== null) {
	process.stderr.write(`${fault}\n`);
	process.exit(1);
}
const node = suitableNode();
if (node !== process.execPath) {
	process.exit(
		await runToEnd(node, [import.meta.filename, ...process.argv.slice(2)]),
	);
}
try {
	await buildWhenStale();
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
}
const cache = join(checkout, "node_modules", ".cache", "compiled");
mkdirSync(cache, { recursive: true });
enableCompileCache(cache);
await import("../../out/main/cli.js");
