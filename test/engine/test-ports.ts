import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	type ComputeTasks,
	computeTasks,
	type TaskOutput,
} from "../../src-main/engine/compute-tasks.ts";
import type { Ports, RunOptions } from "../../src-main/engine/ports.ts";
import { runTask } from "../../src-main/entry/compute/serve-tasks.ts";

/** Ports for tests: a clock that is set by hand, no log, compute in the test's own thread. */
export interface TestPorts extends Ports {
	readonly clock: {
		now(): number;
		monotonic(): number;
		set(now: number): void;
	};
	readonly notified: { kind: string; value: unknown }[];
}

export function testPorts(startAt = Date.UTC(2026, 0, 20, 12)): TestPorts {
	let now = startAt;
	const notified: { kind: string; value: unknown }[] = [];
	const silent = () => {};
	return {
		clock: {
			now: () => now,
			monotonic: () => performance.now(),
			set: (next) => {
				now = next;
			},
		},
		random: {
			uuid: () => randomUUID(),
			bytes: (length) => randomBytes(length),
		},
		notifier: {
			openIncidents: (value) =>
				notified.push({ kind: "open-incidents", value }),
			criticalIncident: (value) =>
				notified.push({ kind: "critical-incident", value }),
		},
		log: { debug: silent, info: silent, warn: silent, error: silent },
		compute: {
			async run<Name extends keyof ComputeTasks>(
				name: Name,
				input: unknown,
				options?: RunOptions,
			): Promise<TaskOutput<ComputeTasks, Name>> {
				const output = await runTask(computeTasks, name, input, {
					signal: options?.signal ?? new AbortController().signal,
					emit: async (message) => options?.onMessage?.(message as never),
					transferResult: silent,
				});
				return output as TaskOutput<ComputeTasks, Name>;
			},
			close: async () => {},
		},
		// As real ones cost, hundreds of people would take most of a test's time.
		passwordScheme: { name: "argon2id", memory: 8, passes: 1, lanes: 1 },
		notified,
	};
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(onEnd: (end: () => void) => void): string {
	const folder = mkdtempSync(join(tmpdir(), "tocsin-test-"));
	onEnd(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
