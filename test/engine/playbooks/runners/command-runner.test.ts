// A command ends when it ends, at its limit, or when it is told to, whichever comes first,
// with all that it started; it is asked before it is killed; nothing of it is waited for
// beyond that. It gets its arguments and its environment, and no more.
import { getEventListeners } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { runCommand } from "../../../../src-main/engine/playbooks/runners/command-runner.ts";
import { ProcessSnapshot } from "../../../../src-main/engine/playbooks/runners/process-table.ts";
import {
	type StepSurroundings,
	timerMillis,
} from "../../../../src-main/engine/playbooks/runners/step-outcome.ts";
import { shell, surroundings, timed } from "./step-bench.ts";

// A limit that does not work is to be noticed in seconds.
vi.setConfig({ testTimeout: 10_000 });

const deaf = "trap '' TERM; echo ready; while :; do sleep 0.05; done";

/** The processes that carry the action's id. */
function left({ actionId }: StepSurroundings): number {
	return new ProcessSnapshot().of(actionId, null).length;
}

describe("a limit", () => {
	test("ends what takes longer, with what that started", async () => {
		const { around, folder } = surroundings();
		const [outcome, millis] = await timed(
			runCommand(
				shell("sleep 60 & sleep 60", { timeoutSeconds: 0.3 }),
				folder,
				around,
			),
		);
		expect(outcome).toMatchObject({
			status: "timed_out",
			exitCode: null,
			fault:
				"It did not end within 0.3 s and was ended. What it had done by then stays done.",
		});
		expect(millis).toBeGreaterThanOrEqual(290);
		expect(millis).toBeLessThan(5_000);
		expect(left(around)).toBe(0);
	});

	test("does not end what is done before", async () => {
		const { around, folder } = surroundings();
		const step = shell("sleep 0.3; echo done", { timeoutSeconds: 3 });
		expect(await runCommand(step, folder, around)).toMatchObject({
			status: "success",
			exitCode: 0,
			fault: null,
		});
	});

	test("leaves no timer and no listener behind", async () => {
		const { around, folder } = surroundings();
		const timers = () =>
			process.getActiveResourcesInfo().filter((name) => name === "Timeout")
				.length;
		const before = timers();
		await runCommand(shell("true"), folder, around);
		expect(timers()).toBeLessThanOrEqual(before);
		expect(getEventListeners(around.signal, "abort")).toEqual([]);
	});

	test.each([
		[0, 0],
		[1.5, 1_500],
		[2_147_483.647, 2 ** 31 - 1],
		[3e6, 2 ** 31 - 1],
		[Number.POSITIVE_INFINITY, 2 ** 31 - 1],
	])("of %d s is %d ms", (seconds, millis) => {
		expect(timerMillis(seconds)).toBe(millis);
	});
});

describe("a program that does not listen", () => {
	test("is killed once its grace is over", async () => {
		const { around, folder, sinceReady } = surroundings({
			graceMillis: () => 400,
		});
		const outcome = await runCommand(shell(deaf), folder, around);
		expect(outcome.status).toBe("cancelled");
		expect(sinceReady()).toBeGreaterThanOrEqual(390);
		expect(sinceReady()).toBeLessThan(5_000);
		expect(left(around)).toBe(0);
	});

	test("is killed sooner where the grace is cut while it lasts", async () => {
		let looks = 0;
		const { around, folder, sinceReady } = surroundings({
			graceMillis: () => (++looks < 4 ? 60_000 : 0),
		});
		await runCommand(shell(deaf), folder, around);
		expect(looks).toBe(4);
		expect(sinceReady()).toBeLessThan(5_000);
	});

	test("is asked first, and has its grace to tidy up in", async () => {
		const { around, folder, printed } = surroundings();
		await runCommand(
			shell(
				// Its sleeps are short: one that is being started may miss the signal.
				"trap 'sleep 0.2; echo tidied; exit' TERM; echo ready; while :; do sleep 0.05; done",
			),
			folder,
			around,
		);
		expect(printed("stdout")).toBe("ready\ntidied\n");
	});
});

describe("cancelled", () => {
	test("it is ended at once", async () => {
		const { around, folder, stop } = surroundings();
		setTimeout(() => stop.abort(), 200);
		const [outcome, millis] = await timed(
			runCommand(shell("sleep 60"), folder, around),
		);
		expect(outcome).toMatchObject({
			status: "cancelled",
			fault:
				"It was ended before it was done. What it had done by then stays done.",
		});
		expect(millis).toBeLessThan(5_000);
		expect(left(around)).toBe(0);
	});

	test("before it began, it is not started", async () => {
		const { around, folder, stop, started } = surroundings();
		stop.abort();
		expect(await runCommand(shell("touch here"), folder, around)).toMatchObject(
			{ status: "cancelled", fault: "It was not started." },
		);
		expect(started).toEqual([]);
		expect(existsSync(join(folder, "here"))).toBe(false);
	});

	test("while it is being started, it is ended too", async () => {
		const bench = surroundings();
		const around = {
			...bench.around,
			started: (identity: Parameters<typeof bench.around.started>[0]) => {
				bench.around.started(identity);
				bench.stop.abort();
			},
		};
		expect(
			await runCommand(shell("sleep 60"), bench.folder, around),
		).toMatchObject({ status: "cancelled" });
	});
});

test("output that a process left behind holds open is not waited for", async () => {
	const { around, folder, printed } = surroundings();
	const [outcome, millis] = await timed(
		runCommand(shell("echo said; sleep 60 &"), folder, around),
	);
	expect(outcome.status).toBe("success");
	expect(millis).toBeLessThan(5_000);
	expect(printed("stdout")).toBe("said\n");
	expect(printed("note")).toMatch(/^It ended and left behind process \d+\.\n$/);
	expect(left(around)).toBe(1);
});

describe("how it ended", () => {
	test.each([
		["exit 3", [0], "failed", 3],
		["exit 3", [0, 3], "success", 3],
		["exit 0", [3], "failed", 0],
	] as const)(
		"%s, with %j for a success, is %s",
		async (script, successExitCodes, status, exitCode) => {
			const { around, folder } = surroundings();
			const step = shell(script, { successExitCodes });
			expect(await runCommand(step, folder, around)).toMatchObject({
				status,
				exitCode,
				result: { exit_code: exitCode },
			});
		},
	);

	test("by a signal of somebody else is a failure that names it", async () => {
		const { around, folder } = surroundings();
		expect(
			await runCommand(shell("kill -KILL $$"), folder, around),
		).toMatchObject({
			status: "failed",
			exitCode: null,
			fault: "sh was ended by SIGKILL (9; often the system, out of memory).",
			result: { exit_code: null, signal: "SIGKILL" },
		});
	});

	test.each([
		[
			"a program that is not there",
			{ program: "no-such-program" },
			/no-such-program is not installed/,
		],
		[
			"a folder that is not there",
			{ workingDirectory: "/no/such/folder" },
			/^The working folder \/no\/such\/folder is not there/,
		],
		["a NUL in an argument", { args: ["a\0b"] }, /an argument holds a NUL/],
		[
			"arguments without end",
			{ args: ["x".repeat(3_000_000)] },
			/arguments are longer/,
		],
	] as const)("%s is said", async (_, more, fault) => {
		const { around, folder } = surroundings();
		const outcome = await runCommand(shell("", more), folder, around);
		expect(outcome.status).toBe("failed");
		expect(outcome.fault).toMatch(fault);
	});
});

test("it gets its arguments, its folder, an empty input and the environment it names", async () => {
	const { around, folder, printed } = surroundings();
	process.env.TOCSIN_TEST_NAMED = "named";
	process.env.TOCSIN_TEST_OTHER = "other";
	await runCommand(
		shell(
			'cat; pwd; echo "$TOCSIN_ACTION|$TOCSIN_TEST_NAMED|$TOCSIN_TEST_OTHER"; echo to stderr >&2',
			{ environment: ["TOCSIN_TEST_NAMED"] },
		),
		folder,
		around,
	);
	expect(printed("stdout")).toBe(
		`${realpathSync(folder)}\n${around.actionId}|named|\n`,
	);
	expect(printed("stderr")).toBe("to stderr\n");
	const { around: next, folder: there, printed: shown } = surroundings();
	const step = shell("");
	const args = ["-c", 'echo "$1"', "name", "$(touch x); * ' \""];
	await runCommand({ ...step, args }, there, next);
	expect(shown("stdout")).toBe(`${args[3]}\n`);
	expect(existsSync(join(there, "x"))).toBe(false);
});

test("a letter that its output is cut in is whole", async () => {
	const { around, folder, printed } = surroundings();
	await runCommand(
		shell("printf '\\303'; sleep 0.1; printf '\\274\\377'"),
		folder,
		around,
	);
	expect(printed("stdout")).toBe("ü\uFFFD");
});
