import { readdirSync, readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
	readonly pid: number;
	/** Start time since boot in the kernel's ticks; null where the system has no /proc. */
	readonly startTime: string | null;
	readonly bootId: string | null;
}

export interface ProcessEntry {
	readonly pid: number;
	readonly parent: number;
	readonly group: number;
	readonly startTime: string;
	/** Ended, and only its parent has not looked yet. */
	readonly isZombie: boolean;
}

/** Every process that an action starts has its id in this variable, and hands it on to its own. */
export const actionVariable = "TOCSIN_ACTION";

/** Who `pid` is, asked right after it was started. */
export function identify(pid: number): ProcessIdentity {
	return {
		pid,
		startTime: readProcess(pid)?.startTime ?? null,
		bootId: bootId(),
	};
}

/** A listed process is still there, and its pid not another's by now. */
export function isStillThere({ pid, startTime }: ProcessEntry): boolean {
	const entry = readProcess(pid);
	return entry !== null && entry.startTime === startTime && !entry.isZombie;
}

/**
 * The processes that an action started and that are still there: the one it recorded, its
 * group, all their descendants, and every process that carries the action's id in its
 * environment, wherever it went. Not found is what left the group, lost its parent and
 * emptied its environment.
 */
export function processesOf(
	actionId: string,
	recorded: ProcessIdentity | null,
): ProcessEntry[] {
	const entries = pids()
		.flatMap((pid) => readProcess(pid) ?? [])
		.filter(({ isZombie }) => !isZombie);
	const isSameBoot = recorded !== null && recorded.bootId === bootId();
	const found = new Map<number, ProcessEntry>();
	for (const entry of entries) {
		const isRecorded =
			isSameBoot &&
			entry.pid === recorded.pid &&
			entry.startTime === recorded.startTime;
		if (isRecorded || carries(entry.pid, actionId)) found.set(entry.pid, entry);
	}
	if (isSameBoot && isGroupOf(recorded, entries)) {
		for (const entry of entries) {
			if (entry.group === recorded.pid) found.set(entry.pid, entry);
		}
	}
	for (let before = -1; before < found.size; ) {
		before = found.size;
		for (const entry of entries) {
			if (found.has(entry.parent)) found.set(entry.pid, entry);
		}
	}
	return [...found.values()];
}

/**
 * Whether the group numbered like the recorded process is that process's. While a group
 * has members its number is given to no new process, so it is unless the number is now
 * that of another process.
 */
function isGroupOf(
	recorded: ProcessIdentity,
	entries: readonly ProcessEntry[],
): boolean {
	const leader = entries.find(({ pid }) => pid === recorded.pid);
	if (leader !== undefined) return leader.startTime === recorded.startTime;
	const earliest = Number(recorded.startTime);
	return entries
		.filter(({ group }) => group === recorded.pid)
		.every(({ startTime }) => Number(startTime) >= earliest);
}

function carries(pid: number, actionId: string): boolean {
	try {
		return readFileSync(`/proc/${pid}/environ`, "latin1")
			.split("\0")
			.includes(`${actionVariable}=${actionId}`);
	} catch {
		// Another user's, or gone: not one that this engine started.
		return false;
	}
}

function readProcess(pid: number): ProcessEntry | null {
	let text: string;
	try {
		text = readFileSync(`/proc/${pid}/stat`, "latin1");
	} catch {
		return null;
	}
	// "pid (name) state ppid pgrp ...": the name may hold spaces and parentheses.
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	const [state, parent, group] = fields;
	const startTime = fields[19];
	if (startTime === undefined) return null;
	return {
		pid,
		parent: Number(parent),
		group: Number(group),
		startTime,
		isZombie: state === "Z" || state === "X",
	};
}

function pids(): number[] {
	try {
		return readdirSync("/proc")
			.filter((name) => /^[1-9][0-9]*$/.test(name))
			.map(Number);
	} catch {
		return [];
	}
}

function bootId(): string | null {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
	} catch {
		return null;
	}
}
