import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";

/** Steps of the playbook that append their token to the counter file. */
const counted = ["first", "second", "back"] as const;

/** A kill comes within this time of the first execution, which is two or three of them. */
const mostMillis = 250;

/** What many kills found. */
export interface KillReport {
	readonly rounds: number;
	/** Executions and rollbacks that were begun, by the journal. */
	readonly actions: number;
	readonly byStatus: Readonly<Record<string, number>>;
	/** Steps that were left unknown, and how many of those had taken effect. */
	readonly unknownSteps: number;
	readonly unknownWithEffect: number;
	/** Tokens in the counter file. */
	readonly tokens: number;
	/** A step's token that is there twice. */
	readonly doubles: string[];
	/** Begun and not in the journal, or a success without its effects, or an effect without a start. */
	readonly losses: string[];
	/** Still running after the restart. */
	readonly running: string[];
}

/** A data folder with a playbook whose steps each append one line to a file. */
export function prepareKills(folder: string): void {
	const playbooks = join(folder, "playbooks");
	mkdirSync(playbooks, { recursive: true });
	const program = join(folder, "append");
	const file = counterFile(folder);
	writeFileSync(file, "");
	writeFileSync(
		program,
		`#!/bin/sh\nprintf '%s %s\\n' "$1" "$2" >> '${file}'\n`,
	);
	chmodSync(program, 0o755);
	const step = (id: string) => `
  - id: ${id}
    title: Count ${id}
    command:
      program: ${program}
      args: [${id}, { value: params.token }]`;
	writeFileSync(
		join(playbooks, "count.yaml"),
		`id: count
name: Count
description: Appends lines to a file.
parameters:
  type: object
  required: [token]
  properties:
    token: { title: Token, type: string, pattern: "^[0-9a-f-]{36}$", maxLength: 36 }
risk: { level: low, affected_systems: [a file] }
estimate: { duration_seconds: 1, cost_usd: 0 }
idempotent: false
offline_safe: true
changes: [A line more]
outcome: { success: Counted, rolled_back: Counted back }
steps:${step("first")}
  - id: pause
    title: Wait
    wait: { seconds: 0.005 }${step("second")}
rollback:${step("back")}
`,
	);
}

/**
 * Kills an engine with SIGKILL, over and over on one data folder, at random moments of its
 * executions, then looks whether the journal and the counter file agree.
 */
export async function killOverAndOver(
	folder: string,
	rounds: number,
	onRound: (round: number) => void = () => {},
): Promise<KillReport> {
	const begun: string[] = [];
	let next = new KilledEngine(folder);
	try {
		for (let round = 0; round < rounds; round++) {
			const engine = next;
			await engine.ready("go");
			// The next one loads while this one works.
			next = new KilledEngine(folder);
			await engine.working();
			await sleep(Math.random() * mostMillis);
			begun.push(...(await engine.kill()));
			onRound(round);
		}
		// What survived the last kill may still be writing.
		await sleep(200);
		await next.ready("recover");
		await next.ended();
	} finally {
		await next.kill();
	}
	return judgeKills(folder, rounds, begun);
}

class KilledEngine {
	readonly #child: ChildProcess;
	readonly #lines: Interface;
	readonly #begun: string[] = [];
	readonly #ended: Promise<unknown>;
	readonly #said = new Map<string, PromiseWithResolvers<void>>();

	constructor(folder: string) {
		this.#child = spawn(
			process.execPath,
			[join(import.meta.dirname, "playbook-kill-engine.ts"), folder],
			{ stdio: ["pipe", "pipe", "inherit"] },
		);
		if (this.#child.stdout === null) throw new Error("its output is piped");
		this.#lines = createInterface(this.#child.stdout);
		this.#lines.on("line", (line) => {
			const [word = "", id] = line.split(" ");
			if (id !== undefined) this.#begun.push(id);
			this.#when(word).resolve();
		});
		const exited = new Promise<void>((resolve) => {
			this.#child.once("exit", () => resolve());
		});
		const read = new Promise<void>((resolve) => {
			this.#lines.once("close", () => resolve());
		});
		this.#ended = Promise.all([exited, read]);
		void this.#ended.then(() => {
			for (const word of ["loaded", "ready", "begun"]) {
				this.#when(word).reject(new Error("the engine ended by itself"));
			}
		});
	}

	/** Lets it start on the folder, which nobody else may be using. */
	async ready(word: "go" | "recover"): Promise<void> {
		await this.#when("loaded").promise;
		this.#child.stdin?.write(`${word}\n`);
		await this.#when("ready").promise;
	}

	/** It has begun something. */
	async working(): Promise<void> {
		await this.#when("begun").promise;
	}

	async ended(): Promise<void> {
		await this.#ended;
	}

	/** Answers the ids of the actions that it said it had begun. */
	async kill(): Promise<string[]> {
		this.#child.kill("SIGKILL");
		await this.#ended;
		return this.#begun;
	}

	#when(word: string): PromiseWithResolvers<void> {
		let said = this.#said.get(word);
		if (said === undefined) {
			said = Promise.withResolvers<void>();
			said.promise.catch(() => {});
			this.#said.set(word, said);
		}
		return said;
	}
}

interface StoredStep {
	readonly id: string;
	readonly number: number;
	readonly action_status: string;
	readonly message: string;
	readonly token: string;
	readonly step_id: string;
	readonly status: string;
	readonly intent_at: number | null;
}

/** Whether the journal, the counter file and what was said to be begun agree. */
export function judgeKills(
	folder: string,
	rounds: number,
	begun: readonly string[],
): KillReport {
	const database = new Database(join(folder, "command.db"), { readonly: true });
	const steps = database
		.prepare(
			`SELECT a.id, a.number, a.status AS action_status, a.message,
				json_extract(a.params, '$.token') AS token, s.step_id, s.status, s.intent_at
			FROM playbook_actions a JOIN playbook_steps s ON s.action_key = a.key
			WHERE a.kind <> 'dry_run' ORDER BY s.key`,
		)
		.all() as StoredStep[];
	const integrity = database.pragma("integrity_check", { simple: true });
	database.close();
	const lines = readFileSync(counterFile(folder), "utf8").split("\n");
	if (lines.pop() !== "") throw new Error("the counter file ends in a line");
	const tokens = new Set(lines);
	const actions = new Map(steps.map((step) => [step.id, step]));
	const byStatus: Record<string, number> = {};
	for (const { action_status: status } of actions.values()) {
		byStatus[status] = (byStatus[status] ?? 0) + 1;
	}
	const isCounted = (step: StoredStep) =>
		(counted as readonly string[]).includes(step.step_id);
	const tokenOf = (step: StoredStep) => `${step.step_id} ${step.token}`;
	const started = new Set(
		steps.filter(({ intent_at }) => intent_at !== null).map(tokenOf),
	);
	const unknown = steps.filter(({ status }) => status === "unknown");
	const losses = [
		...begun
			.filter((id) => !actions.has(id))
			.map((id) => `${id} was begun and is not in the journal`),
		...steps
			.filter((step) => step.status === "success" && isCounted(step))
			.filter((step) => !tokens.has(tokenOf(step)))
			.map((step) => `${tokenOf(step)} succeeded without its effect`),
		...[...tokens]
			.filter((token) => !started.has(token))
			.map((token) => `${token} took effect and was never started`),
		...[...actions.values()]
			.filter(({ action_status: status }) => status === "failed")
			.filter(({ message }) => !message.startsWith("Tocsin ended"))
			.map(({ number, message }) => `#${number} failed: ${message}`),
		...(integrity === "ok" ? [] : [`the database: ${String(integrity)}`]),
	];
	const once = new Set<string>();
	return {
		rounds,
		actions: actions.size,
		byStatus,
		unknownSteps: unknown.length,
		unknownWithEffect: unknown.filter((step) => tokens.has(tokenOf(step)))
			.length,
		tokens: lines.length,
		doubles: lines.filter((line) => once.size === once.add(line).size),
		losses,
		running: [...actions.values()]
			.filter(({ action_status: status }) => status === "running")
			.map(({ id }) => id),
	};
}

export function counterFile(folder: string): string {
	return join(folder, "counter");
}
