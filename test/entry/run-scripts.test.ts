// `npm start` decides from what is there whether a window can open, and says why when it
// cannot; the build is made once, however many ask for it, and what it says stays off stdout.
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const checkout = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

async function evaluate(script: string): Promise<unknown> {
	const { stdout } = await run(
		process.execPath,
		["--input-type=module", "--eval", script],
		{ cwd: join(checkout, "resources/run") },
	);
	return JSON.parse(stdout);
}

test("no display means no window on Linux alone", async () => {
	const faults = await evaluate(`
		import { displayFault } from "./electron-runtime.mjs";
		console.log(JSON.stringify([
			displayFault({}, "linux"),
			displayFault({}, "darwin"),
			displayFault({}, "win32"),
		]));
	`);
	expect(faults).toEqual(["there is no display", null, null]);
});

test("a program's exit code is kept, and a signal's is 128 + n", async () => {
	const codes = await evaluate(`
		import { runToEnd } from "./run-to-end.mjs";
		const end = (code) => runToEnd(process.execPath, ["--eval", code]);
		console.log(JSON.stringify([
			await end("process.exit(0)"),
			await end("process.exit(7)"),
			await end("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)"),
		]));
	`);
	expect(codes).toEqual([0, 7, 137]);
});

test("a signal sent to the script reaches what it runs", async () => {
	const [code] = (await evaluate(`
		import { runToEnd } from "./run-to-end.mjs";
		const code = \`
			process.on("SIGTERM", () => process.exit(42));
			process.kill(process.ppid, "SIGTERM");
			setInterval(() => {}, 1000);
		\`;
		console.log(JSON.stringify([await runToEnd(process.execPath, ["--eval", code])]));
	`)) as number[];
	expect(code).toBe(42);
});
