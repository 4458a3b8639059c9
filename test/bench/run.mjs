/*
 * Every bench, one after the other, then a table of what holds. Fails when one does.
 *
 * npm run bench [-- NAME...]
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A bench is a file here that begins with a comment about itself and can be run. */
function benches() {
	return readdirSync(import.meta.dirname)
		.filter((name) => name.endsWith(".mjs") && name !== "run.mjs")
		.filter((name) =>
			readFileSync(join(import.meta.dirname, name), "utf8").includes(
				`node test/bench/${name}`,
			),
		)
		.map((name) => name.slice(0, -".mjs".length));
}

/** Runs one bench, passing on what it prints. */
async function run(name) {
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, `${name}.mjs`)],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	let output = "";
	child.stdout.setEncoding("utf8");
	child.stdout.on("data", (text) => {
		output += text;
		process.stdout.write(text);
	});
	const code = await new Promise((resolve) => child.once("close", resolve));
	return { name, holds: code === 0, output };
}

/** The lines of one bench that say a ratio, or its last line. */
function ratiosOf({ output }) {
	const lines = output.trim().split("\n");
	const ratios = lines.filter((line) => /^\s*ratio\b/.test(line));
	return (ratios.length > 0 ? ratios : lines.slice(-1))
		.map((line) => line.replace(/^\s*ratio\s*/, ""))
		.join("; ");
}

const known = benches();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
	console.error(
		`No bench is named ${unknown.join(", ")}; there are ${known.join(", ")}.`,
	);
	process.exit(2);
}
const results = [];
for (const name of wanted.length > 0 ? wanted : known) {
	console.log(`\n== ${name}`);
	results.push(await run(name));
}
const width = Math.max(...results.map(({ name }) => name.length));
console.log("\n== all");
for (const result of results) {
	console.log(
		`${result.name.padEnd(width)}  ${result.holds ? "holds " : "MISSED"}  ${ratiosOf(result)}`,
	);
}
if (results.some(({ holds }) => !holds)) process.exitCode = 1;
