import type {
	ComputeTasks,
	TaskInput,
	TaskMessage,
	TaskName,
	TaskOutput,
	TaskTable,
} from "./compute-tasks.ts";

/** What the engine asks of the world. Tests hand in their own; nothing under `engine/` reaches past these. */
export interface Ports {
	readonly clock: Clock;
	readonly random: Random;
	readonly notifier: Notifier;
	readonly log: Log;
	readonly compute: Compute;
	/** The operating system's own when absent. */
	readonly network?: Network;
	/** What new passwords are hashed by; OWASP's minimum when absent. */
	readonly passwordScheme?: PasswordScheme;
}

export type PasswordScheme =
	| { name: "argon2id"; memory: number; passes: number; lanes: number }
	| { name: "scrypt"; logCost: number; blockSize: number; lanes: number };

export interface Clock {
	/** Wall clock, epoch milliseconds. May jump. */
	now(): number;
	/** Milliseconds that never go back; for durations only. */
	monotonic(): number;
}

export interface Random {
	/** A UUIDv7: ordered by time, so that indexes stay compact. */
	uuid(): string;
	bytes(length: number): Uint8Array;
}

/** How other machines are found and trusted. */
export interface Network {
	/** Every address of a name. Rejects when it has none. */
	resolve?(name: string): Promise<readonly string[]>;
	/** The addresses of this machine beside the loopback ones. */
	localAddresses?(): readonly string[];
	/** PEM certificates trusted instead of the built-in ones. */
	readonly certificateAuthorities?: readonly string[];
}

/** Tells the desktop shell what a person should notice. */
export interface Notifier {
	openIncidents(count: { open: number; critical: number }): void;
	criticalIncident(incident: {
		id: string;
		number: number;
		title: string;
	}): void;
}

/** Structured log; secrets are redacted behind it, not by its callers. */
export interface Log {
	debug(fields: Record<string, unknown>, message: string): void;
	info(fields: Record<string, unknown>, message: string): void;
	warn(fields: Record<string, unknown>, message: string): void;
	error(fields: Record<string, unknown>, message: string): void;
}

/** Runs heavy pure work off the engine's thread. */
export interface Compute<Tasks extends TaskTable = ComputeTasks> {
	/** Runs a named task; rejects with an AbortError when `signal` fires. */
	run<Name extends TaskName<Tasks>>(
		task: Name,
		input: TaskInput<Tasks, Name>,
		options?: RunOptions<TaskMessage<Tasks, Name>>,
	): Promise<TaskOutput<Tasks, Name>>;
	close(): Promise<void>;
}

export interface RunOptions<Message = never> {
	signal?: AbortSignal;
	/** Called for each message the task emits; a returned promise holds the task back. */
	onMessage?: (message: Message) => void | Promise<void>;
}
