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

/** The processes of this machine at one moment, read when they are first asked for. */
export class ProcessSnapshot {
	#entries: readonly ProcessEntry[] | null = null;
	readonly #actions = new Map<number, string | null>();

	/**
	 * The processes that an action started and that are still there: the one it recorded, its
	 * group, every process that carries the action's id in its environment, wherever it went,
	 * and the descendants of them all. Not found is what left the group, lost its parent and
	 * emptied its environment. The group counts while its leader is there; whoever has been
	 * watching since the start knows that it is the same without it, and says so.
	 */
	of(
		actionId: string,
		recorded: ProcessIdentity | null,
		hasWatched = false,
	): ProcessEntry[] {
		// What was started in another life of the machine is gone.
		if (recorded !== null && recorded.bootId !== bootId()) return [];
		const entries = this.#all();
		const leader = entries.find(
			({ pid, startTime }) =>
				pid === recorded?.pid && startTime === recorded.startTime,
		);
		const group = leader?.pid ?? (hasWatched ? recorded?.pid : undefined);
		const found = new Map(
			entries
				.filter(
					(entry) =>
						entry === leader ||
						entry.group === group ||
						this.#actionOf(entry.pid) === actionId,
				)
				.map((entry) => [entry.pid, entry]),
		);
		for (let before = -1; before < found.size; ) {
			before = found.size;
			for (const entry of entries) {
				if (found.has(entry.parent)) found.set(entry.pid, entry);
			}
		}
		return [...found.values()];
	}

	#all(): readonly ProcessEntry[] {
		this.#entries ??= pids()
			.flatMap((pid) => readProcess(pid) ?? [])
			.filter(({ isZombie }) => !isZombie);
		return this.#entries;
	}

	#actionOf(pid: number): string | null {
		const known = this.#actions.get(pid);
		if (known !== undefined) return known;
		const action = readAction(pid);
		this.#actions.set(pid, action);
		return action;
	}
}

function readAction(pid: number): string | null {
	const prefix = `${actionVariable}=`;
	try {
		const variable = readFileSync(`/proc/${pid}/environ`, "latin1")
			.split("\0")
			.find((text) => text.startsWith(prefix));
		return variable?.slice(prefix.length) ?? null;
	} catch {
		// Another user's, or gone: not one that this engine started.
		return null;
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
