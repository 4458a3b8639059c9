import { setTimeout as wait } from "node:timers/promises";
import type {
	OutputChunk,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type { EngineSession } from "./engine-session.ts";
import { exitCodes } from "./failure.ts";
import { printNotice } from "./output.ts";

const pollMillis = 50;
const pageSize = 500;

/** As `timeout(1)` has it. */
const timedOut = 124;
/** Nobody can say whether it took effect. */
const inDoubt = 3;

/**
 * Follows an action to its end and prints what it prints as it comes: its output on stdout,
 * its errors and notes on stderr; all on stderr when stdout is for JSON. Ctrl-C cancels it.
 */
export async function followAction(
	{ client, signal }: EngineSession,
	begun: PlaybookAction,
	isQuiet: boolean,
): Promise<{ action: PlaybookAction; exitCode: number }> {
	const actionId = begun.id;
	let after = 0;
	let isCancelled = false;
	let isCapped = false;
	const print = async () => {
		for (;;) {
			const page = { actionId, after, limit: pageSize };
			const { chunks, ...kept } = await client.playbooks.output(page);
			isCapped = kept.isCapped;
			for (const chunk of chunks) {
				show(chunk, isQuiet);
				after = chunk.sequence;
			}
			if (chunks.length < pageSize) return;
		}
	};
	for (;;) {
		const action = await client.playbooks.action({ actionId });
		await print();
		if (action.status !== "running") {
			if (isCapped) printNotice("More was printed than is kept.");
			return { action, exitCode: exitCodeOf(action.status) };
		}
		if (signal.aborted && !isCancelled) {
			isCancelled = true;
			await client.playbooks.cancel({ actionId });
			continue;
		}
		await wait(pollMillis);
	}
}

function show({ stream, text }: OutputChunk, isQuiet: boolean): void {
	// A program's output can be anything, a server's answer too: no control of the terminal.
	const clean = text.replace(/[^\P{Cc}\n\t]/gu, "");
	const target =
		stream === "stdout" && !isQuiet ? process.stdout : process.stderr;
	target.write(clean);
}

function exitCodeOf(status: PlaybookAction["status"]): number {
	switch (status) {
		case "success":
		case "dry_run_success":
		case "running":
			return 0;
		case "failed":
			return exitCodes.failed;
		case "cancelled":
			return exitCodes.interrupted;
		case "timed_out":
			return timedOut;
		case "unknown":
			return inDoubt;
		default:
			return assertNever(status, "status of an action");
	}
}
