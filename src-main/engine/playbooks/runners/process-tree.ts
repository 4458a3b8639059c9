import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import {
	isStillThere,
	type ProcessEntry,
	type ProcessIdentity,
	ProcessSnapshot,
} from "./process-table.ts";

const lookEveryMillis = 50;
/** How long a killed process may take to be gone; one in an uninterruptible wait of the kernel takes longer. */
const goneMillis = 2_000;

/**
 * Ends everything that an action started: asks with SIGTERM, and kills what is still there
 * after `graceMillis`, which is asked anew at each look. Answers the pids that it could not
 * end: another user's, or stuck in the kernel. See `ProcessSnapshot.of` for what it finds
 * and for `hasWatched`; a system without /proc has its process group ended alone.
 */
export async function endProcesses(
	actionId: string,
	recorded: ProcessIdentity | null,
	graceMillis: () => number,
	hasWatched: boolean,
): Promise<number[]> {
	if (process.platform === "win32") return await endTreeOfWindows(recorded);
	const look =
		process.platform === "linux"
			? () => new ProcessSnapshot().of(actionId, recorded, hasWatched)
			: () => (hasWatched ? groupOf(recorded) : []);
	const startedAt = performance.now();
	const asked = new Set<string>();
	for (;;) {
		const left = look();
		if (left.length === 0) return [];
		for (const entry of left) {
			const name = `${entry.pid} ${entry.startTime}`;
			if (!asked.has(name)) send(entry, "SIGTERM");
			asked.add(name);
		}
		if (performance.now() - startedAt >= graceMillis()) break;
		await sleep(lookEveryMillis);
	}
	const killedAt = performance.now();
	for (;;) {
		// Looked for anew each time: a process may fork while its parent is killed.
		const left = look();
		if (left.length === 0) return [];
		for (const entry of left) send(entry, "SIGKILL");
		if (performance.now() - killedAt >= goneMillis) {
			return left.map(({ pid }) => Math.abs(pid));
		}
		await sleep(lookEveryMillis);
	}
}

function send(entry: ProcessEntry, signal: "SIGTERM" | "SIGKILL"): void {
	try {
		// The pid may have been given away since it was listed.
		if (entry.pid < 0 || isStillThere(entry)) process.kill(entry.pid, signal);
	} catch {
		// Gone, or another user's: the next look says which.
	}
}

/** The whole group as one entry, whose pid is the negative number that `kill` takes for it. */
function groupOf(recorded: ProcessIdentity | null): ProcessEntry[] {
	if (recorded === null) return [];
	const { pid } = recorded;
	try {
		process.kill(-pid, 0);
	} catch {
		return [];
	}
	return [{ pid: -pid, parent: 0, group: pid, startTime: "", isZombie: false }];
}

/** Windows knows no SIGTERM and no groups; its own tool ends a process with its descendants. */
async function endTreeOfWindows(
	recorded: ProcessIdentity | null,
): Promise<number[]> {
	if (recorded === null) return [];
	try {
		await promisify(execFile)("taskkill", [
			"/pid",
			String(recorded.pid),
			"/T",
			"/F",
		]);
		return [];
	} catch {
		return [recorded.pid];
	}
}
