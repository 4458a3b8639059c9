import { onTestFinished } from "vitest";
import type { CommandStep } from "../../../../src-main/engine/playbooks/definition.ts";
import type { StepSurroundings } from "../../../../src-main/engine/playbooks/runners/step-outcome.ts";
import { temporaryFolder } from "../../test-ports.ts";

/** What surrounds a step, which is cancelled as soon as it prints "ready"; with what it printed and started; whatever is left of it is killed when the test is over. */
export function surroundings(more: Partial<StepSurroundings> = {}) {
	const stop = new AbortController();
	const printed: { stream: string; text: string }[] = [];
	const started: number[] = [];
	let readyAt = Number.NaN;
	onTestFinished(() => {
		for (const pid of started) {
			try {
				process.kill(-pid, "SIGKILL");
			} catch {
				// It is gone, as it should be.
			}
		}
	});
	const around: StepSurroundings = {
		actionId: `action-${Math.random()}`,
		stepId: "run",
		signal: stop.signal,
		params: {},
		captured: {},
		results: {},
		print: (stream, text) => {
			printed.push({ stream, text });
			if (text !== "ready\n") return;
			readyAt = performance.now();
			stop.abort();
		},
		started: ({ pid }) => started.push(pid),
		graceMillis: () => 60_000,
		...more,
	};
	return {
		around,
		stop,
		started,
		/** Milliseconds since it was ready. */
		sinceReady: () => performance.now() - readyAt,
		folder: temporaryFolder(onTestFinished),
		printed: (stream: string) =>
			printed
				.filter((each) => each.stream === stream)
				.map(({ text }) => text)
				.join(""),
	};
}

/** A step that runs a script of the shell. */
export function shell(
	script: string,
	more: Partial<CommandStep> = {},
): CommandStep {
	return {
		kind: "command",
		id: "run",
		phase: "step",
		title: "Run",
		program: "sh",
		args: ["-c", script],
		environment: [],
		workingDirectory: null,
		timeoutSeconds: 3_600,
		successExitCodes: [0],
		...more,
	};
}

/** How many milliseconds it takes, beside what comes of it. */
export async function timed<Result>(
	work: Promise<Result>,
): Promise<[Result, number]> {
	const begun = performance.now();
	const result = await work;
	return [result, performance.now() - begun];
}
