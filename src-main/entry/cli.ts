import { cacheCompiledCode } from "./compile-cache.ts";

// The native SQLite of an older Node's ABI ends the process without a word.
if (Number.parseInt(process.versions.node, 10) < 24) {
	process.stderr.write(
		`tocsin: Node 24 or newer is needed; this is ${process.versions.node}. In a checkout, npm run tocsin finds it.\n`,
	);
	process.exit(1);
}
cacheCompiledCode();
const { runCli } = await import("./commands/program.ts");
process.exitCode = await runCli(process.argv.slice(2));
