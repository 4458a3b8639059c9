import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { constants } from "node:os";
import { isAbsolute } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { CommandStep } from "../definition.ts";
import {
	actionVariable,
	identify,
	type ProcessIdentity,
	ProcessSnapshot,
} from "./process-table.ts";
import { endProcesses } from "./process-tree.ts";
import { findProgram } from "./program-lookup.ts";
import {
	endedAs,
	type StepOutcome,
	type StepSurroundings,
	succeeded,
	timerMillis,
} from "./step-outcome.ts";

/** Passed on to every command, beside what its step names. */
const passedOn = ["PATH", "HOME", "LANG", "TZ"] as const;
/** How long a program that has ended may leave its output open, held by a process it left behind. */
const outputMillis = 1_000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How a process came to its end. */
type End =
	| {
			readonly kind: "exit";
			readonly code: number | null;
			readonly signal: NodeJS.Signals | null;
	  }
	| { readonly kind: "not_started"; readonly error: NodeJS.ErrnoException };

/**
 * Runs a program with its argument list, in a process group of its own, with nothing to
 * read and no more of the environment than it was given. There is never a shell. Throws
 * nothing that the step can cause.
 */
export async function runCommand(
	step: CommandStep,
	workFolder: string,
	around: StepSurroundings,
): Promise<StepOutcome> {
	const found = findProgram(step.program);
	if (found.path === null) return endedAs("failed", found.fault);
	const folder = step.workingDirectory ?? workFolder;
	const folderFault = prepareFolder(folder, step.workingDirectory === null);
	if (folderFault !== null) return endedAs("failed", folderFault);
	if (around.signal.aborted) return endedAs("cancelled", "It was not started.");

	let child: Child;
	try {
		child = spawn(found.path, step.args, {
			cwd: folder,
			env: environmentOf(step, around.actionId),
			shell: false,
			detached: true,
			windowsHide: true,
			stdio: ["ignore", "pipe", "pipe"],
		});
	} catch (error) {
		return notStarted(step, error as NodeJS.ErrnoException);
	}
	const ended = endOf(child);
	const { pid } = child;
	if (pid === undefined) return settle(step, await ended);
	const identity = identify(pid);
	around.started(identity);
	const printed = Promise.all([
		printing(child.stdout, "stdout", around),
		printing(child.stderr, "stderr", around),
	]);

	const timer = Promise.withResolvers<"timed_out">();
	const timeout = setTimeout(
		() => timer.resolve("timed_out"),
		timerMillis(step.timeoutSeconds),
	);
	const cancelled = Promise.withResolvers<"cancelled">();
	const cancel = () => cancelled.resolve("cancelled");
	around.signal.addEventListener("abort", cancel, { once: true });
	if (around.signal.aborted) cancel();
	const first = await Promise.race([ended, timer.promise, cancelled.promise]);
	clearTimeout(timeout);
	around.signal.removeEventListener("abort", cancel);

	if (typeof first !== "string") {
		await Promise.race([
			printed,
			sleep(outputMillis, undefined, { ref: false }),
		]);
		giveUp(child);
		noteLeftBehind(around, identity);
		return settle(step, first);
	}
	const left = await endProcesses(
		around.actionId,
		identity,
		around.graceMillis,
		true,
	);
	await Promise.race([
		Promise.all([ended, printed]),
		sleep(outputMillis, undefined, { ref: false }),
	]);
	giveUp(child);
	const why =
		first === "timed_out"
			? `It did not end within ${step.timeoutSeconds} s and was ended.`
			: "It was ended before it was done.";
	const stuck =
		left.length === 0
			? ""
			: ` Process ${left.join(", ")} could not be ended: end it by hand.`;
	return endedAs(first, `${why}${stuck} What it had done by then stays done.`);
}

function environmentOf(step: CommandStep, actionId: string): NodeJS.ProcessEnv {
	const names = [...passedOn, ...step.environment];
	const values = names.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value] as const];
	});
	return { ...Object.fromEntries(values), [actionVariable]: actionId };
}

function prepareFolder(folder: string, isOurs: boolean): string | null {
	try {
		if (isOurs) mkdirSync(folder, { recursive: true, mode: 0o700 });
		if (isAbsolute(folder) && statSync(folder).isDirectory()) return null;
	} catch {
		// Said below.
	}
	return `The working folder ${folder} is not there; make it or name another in the playbook.`;
}

function endOf(child: Child): Promise<End> {
	return new Promise((resolve) => {
		child.on("error", (error) => {
			// After a start, an error is of a signal that could not be sent, and no end.
			if (child.pid === undefined) resolve({ kind: "not_started", error });
		});
		child.once("exit", (code, signal) =>
			resolve({ kind: "exit", code, signal }),
		);
	});
}

function settle(step: CommandStep, end: End): StepOutcome {
	if (end.kind === "not_started") return notStarted(step, end.error);
	const { code, signal } = end;
	if (code === null) {
		return endedAs(
			"failed",
			`${step.program} was ended by ${signal ?? "a signal"}${meaningOf(signal)}.`,
			{ result: { exit_code: null, signal } },
		);
	}
	const result = { exit_code: code };
	if (step.successExitCodes.includes(code)) {
		return { ...succeeded(result), exitCode: code };
	}
	return endedAs(
		"failed",
		`${step.program} ended with exit code ${code}; its output says why.`,
		{ exitCode: code, result },
	);
}

function meaningOf(signal: NodeJS.Signals | null): string {
	if (signal === null) return "";
	const number = constants.signals[signal];
	return signal === "SIGKILL"
		? ` (${number}; often the system, out of memory)`
		: ` (${number})`;
}

function notStarted(
	step: CommandStep,
	error: NodeJS.ErrnoException,
): StepOutcome {
	return endedAs(
		"failed",
		`${step.program} could not be started: ${startFault(error)}`,
	);
}

function startFault(error: NodeJS.ErrnoException): string {
	switch (error.code) {
		case "E2BIG":
			return "its arguments are longer than this system passes to a program.";
		case "EACCES":
		case "EPERM":
			return "this user may not execute it.";
		case "ENOENT":
			return "it, or the interpreter its first line names, is gone.";
		case "EAGAIN":
		case "ENOMEM":
		case "EMFILE":
		case "ENFILE":
			return `the system has no room for another process now (${error.code}).`;
		case "ENOEXEC":
			return "it is no program of this system, and names no interpreter.";
		case "ERR_INVALID_ARG_VALUE":
			return "an argument holds a NUL, which no program can be given.";
		default:
			return `${error.message}.`;
	}
}

/** Resolves at the end of a stream, whatever its end. */
function printing(
	stream: Readable,
	name: "stdout" | "stderr",
	around: StepSurroundings,
): Promise<void> {
	// A character may be cut in two by the pipe; bytes that are no UTF-8 become U+FFFD.
	const decoder = new TextDecoder();
	return new Promise((resolve) => {
		stream.on("data", (bytes: Buffer) =>
			around.print(name, decoder.decode(bytes, { stream: true })),
		);
		stream.once("end", () => around.print(name, decoder.decode()));
		stream.once("error", () => resolve());
		stream.once("close", () => resolve());
	});
}

/** Lets go of output that somebody else still holds open. */
function giveUp(child: Child): void {
	child.stdout.destroy();
	child.stderr.destroy();
}

/**
 * A program that ended by itself may have left others to work on, which is its own
 * business. One that left its group too, as a service does, is not looked for: that takes
 * a walk through all processes.
 */
function noteLeftBehind(
	around: StepSurroundings,
	identity: ProcessIdentity,
): void {
	if (!hasGroup(identity.pid)) return;
	const left = new ProcessSnapshot()
		.of(around.actionId, identity, true)
		.map(({ pid }) => pid);
	if (left.length === 0) return;
	around.print(
		"note",
		`It ended and left behind ${left.length === 1 ? "process" : "processes"} ${left.join(", ")}.\n`,
	);
}

function hasGroup(pid: number): boolean {
	try {
		return process.kill(-pid, 0);
	} catch {
		return false;
	}
}
