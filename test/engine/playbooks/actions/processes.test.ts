// A program that takes too long, or is cancelled, or whose engine closes, is ended with
// everything it started, wherever that went; a program that ends by itself keeps what it
// left behind.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openBench, type PlaybooksBench } from "./playbooks-bench.ts";
import { dryRun, run } from "./runs.ts";
import { script, wait } from "./small-catalogue.ts";

/** Starts a process that writes its pid to a file and stays; of a kind. */
const kinds = {
	plain: `spawn(process.execPath, ["-e", stay], { stdio: "inherit" })`,
	"deaf to SIGTERM": `spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {});" + stay], { stdio: "inherit" })`,
	"in a session of its own": `spawn(process.execPath, ["-e", stay], { detached: true, stdio: "ignore" })`,
	"a daemon, whose parent is gone": `spawn(process.execPath, ["-e",
		"require('child_process').spawn(process.execPath, ['-e', process.argv[1]], { detached: true, stdio: 'ignore' }).unref(); process.exit()",
		stay], { stdio: "ignore" })`,
} as const;
type Kind = keyof typeof kinds;

function starting(folder: string, kind: Kind, then: string): string {
	const file = join(folder, kind);
	const stay = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000);`;
	return `
		const { spawn } = require("child_process");
		const stay = ${JSON.stringify(stay)};
		${kinds[kind]};
		${then}`;
}

const staying = "setInterval(() => {}, 1000);";
const names = Object.keys(kinds) as Kind[];

async function pidOf(bench: PlaybooksBench, kind: Kind): Promise<number> {
	const file = join(bench.folder, kind);
	await expect
		.poll(() => existsSync(file) && readFileSync(file, "utf8") !== "", {
			timeout: 10_000,
		})
		.toBe(true);
	return Number(readFileSync(file, "utf8"));
}

function isRunning(pid: number): boolean {
	try {
		return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
	} catch {
		return false;
	}
}

test.each(names)(
	"cancelled, with a process that is %s",
	async (kind) => {
		const bench = openBench();
		const linus = bench.as("linus");
		const { id } = dryRun(bench, [
			script(starting(bench.folder, kind, staying)),
		]);
		const { action } = await bench.playbooks.execute(linus, { dryRunId: id });
		const pid = await pidOf(bench, kind);
		expect(isRunning(pid)).toBe(true);
		const asked = performance.now();
		const cancelled = await bench.playbooks.cancel(linus, action.id);
		const millis = performance.now() - asked;
		expect(cancelled).toMatchObject({
			status: "cancelled",
			steps: [
				{ status: "cancelled", fault: expect.stringMatching(/stays done/) },
			],
		});
		expect(isRunning(pid)).toBe(false);
		// Only what does not listen is waited for.
		if (kind === "deaf to SIGTERM") expect(millis).toBeGreaterThan(4_900);
		else expect(millis).toBeLessThan(4_000);
	},
	30_000,
);

test("taking too long, it is ended and says so", async () => {
	const bench = openBench();
	const { action } = await run(bench, [
		script(starting(bench.folder, "plain", staying), { timeoutSeconds: 1.5 }),
		wait(0),
	]);
	expect(action).toMatchObject({
		status: "timed_out",
		message: expect.stringMatching(
			/step 1 of 2 \(run\) took too long\. It did not end within 1\.5 s/i,
		),
	});
	expect(action.steps.map(({ status }) => status)).toEqual([
		"timed_out",
		"skipped",
	]);
	expect(isRunning(await pidOf(bench, "plain"))).toBe(false);
});

test("a program that tidies up when asked to end has the time", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const { id } = dryRun(bench, [
		script(
			`process.on("SIGTERM", () => setTimeout(() => { console.log("tidied up"); process.exit() }, 500)); console.log("ready"); ${staying}`,
		),
	]);
	const { action } = await bench.playbooks.execute(linus, { dryRunId: id });
	const printed = () =>
		bench.playbooks
			.output(linus, action.id)
			.chunks.map(({ text }) => text)
			.join("");
	await expect.poll(printed, { timeout: 10_000 }).toBe("ready\n");
	await bench.playbooks.cancel(linus, action.id);
	expect(printed()).toBe("ready\ntidied up\n");
});

test("what a program leaves behind goes on, and is noted; its open output is not waited for", async () => {
	const bench = openBench();
	const started = performance.now();
	const { action, notes } = await run(bench, [
		script(
			starting(bench.folder, "plain", "setTimeout(() => process.exit(), 500)"),
		),
	]);
	expect(performance.now() - started).toBeLessThan(5_000);
	expect(action.status).toBe("success");
	const pid = await pidOf(bench, "plain");
	expect(isRunning(pid)).toBe(true);
	expect(notes).toMatch(`left behind process ${pid}`);
	process.kill(pid, "SIGKILL");
});

test("closing the engine ends what runs, within its five seconds, and says why", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const { id } = dryRun(bench, [
		script(starting(bench.folder, "deaf to SIGTERM", staying)),
		wait(0),
	]);
	const { action, ended } = await bench.playbooks.execute(linus, {
		dryRunId: id,
	});
	const pid = await pidOf(bench, "deaf to SIGTERM");
	const asked = performance.now();
	await bench.playbooks.close();
	expect(performance.now() - asked).toBeLessThan(3_500);
	expect(isRunning(pid)).toBe(false);
	expect(await ended).toMatchObject({
		id: action.id,
		status: "cancelled",
		message: expect.stringMatching(
			/^Tocsin was closed while it ran, in step 1 of 2/,
		),
	});
	const { id: next } = dryRun(bench, [wait(0)]);
	await expect(
		bench.playbooks.execute(linus, { dryRunId: next }),
	).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
