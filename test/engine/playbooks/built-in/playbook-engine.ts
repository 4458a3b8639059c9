import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";
import { createEngine } from "../../../../src-main/engine/engine.ts";
import type {
	OutputChunk,
	PlaybookAction,
} from "../../../../src-shared/contract/index.ts";
import { temporaryFolder, testPorts } from "../../test-ports.ts";
import { builtInDirectory } from "../catalogue/written-catalogue.ts";

/** An engine with the shipped playbooks, an incident, and a `PATH` that holds only what a test puts there. */
export async function playbookEngine(connections: string) {
	const dataDirectory = temporaryFolder(onTestFinished);
	const programs = temporaryFolder(onTestFinished);
	mkdirSync(join(dataDirectory, "playbooks"), { mode: 0o700 });
	writeFileSync(
		join(dataDirectory, "playbooks", "connections.yaml"),
		connections,
		{ mode: 0o600 },
	);
	vi.stubEnv("PATH", [programs, dirname(process.execPath)].join(delimiter));
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	const ports = testPorts();
	const engine = await createEngine(
		{ dataDirectory, version: "test", playbooksDirectory: builtInDirectory },
		ports,
	);
	onTestFinished(() => engine.close());
	const { playbooks, incidents } = engine.services;
	const by = engine.identity.localPrincipal();
	const incident = await incidents.create(by, {
		title: "Planner canary regressed",
		description: "",
		severity: 2,
		modelId: null,
	});
	const ended = async (action: PlaybookAction): Promise<PlaybookAction> => {
		for (;;) {
			const now = await playbooks.action(by, { actionId: action.id });
			if (now.status !== "running") return now;
			await wait(5);
		}
	};
	return {
		dataDirectory,
		programs,
		dryRun: async (playbookId: string, params: Record<string, unknown>) =>
			await playbooks.dryRun(by, {
				incidentId: incident.id,
				playbookId,
				params,
			}),
		/** Dry run, approval where one is needed, execution, to its end. */
		run: async (playbookId: string, params: Record<string, unknown>) => {
			const dryRun = await playbooks.dryRun(by, {
				incidentId: incident.id,
				playbookId,
				params,
			});
			if (dryRun.requiresApproval) {
				await playbooks.approve(by, { actionId: dryRun.id });
			}
			return await ended(await playbooks.execute(by, { dryRunId: dryRun.id }));
		},
		rollback: async (execution: PlaybookAction) => {
			const now = await playbooks.action(by, { actionId: execution.id });
			if (now.rollbackPlan?.requiresApproval) {
				await playbooks.approve(by, { actionId: execution.id });
			}
			return await ended(
				await playbooks.rollback(by, { actionId: execution.id }),
			);
		},
		action: async (id: string) => await playbooks.action(by, { actionId: id }),
		output: async (action: PlaybookAction): Promise<string> => {
			const { chunks } = await playbooks.output(by, {
				actionId: action.id,
				after: 0,
				limit: 2_000,
			});
			return chunks.map(({ text }: OutputChunk) => text).join("");
		},
	};
}

/**
 * A `dbt` that writes what it was given, where it runs and a part of its environment to
 * `record.jsonl` beside it, and ends with the code in `exit-code`, if there is one.
 */
export function installRecorder(folder: string): {
	record: () => { args: string[]; cwd: string; environment: string[] }[];
	failWith: (code: number) => void;
	path: string;
} {
	const path = join(folder, "dbt");
	const file = join(folder, "record.jsonl");
	writeFileSync(
		path,
		`#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require("node:fs");
appendFileSync(${JSON.stringify(file)}, JSON.stringify({
	args: process.argv.slice(2),
	cwd: process.cwd(),
	environment: Object.keys(process.env),
}) + "\\n");
console.log("Running with dbt=1.9.4");
const codeFile = ${JSON.stringify(join(folder, "exit-code"))};
if (existsSync(codeFile)) {
	console.error("Compilation Error: model not found");
	process.exitCode = Number(readFileSync(codeFile, "utf8"));
} else console.log("Done. PASS=1 WARN=0 ERROR=0 SKIP=0 TOTAL=1");
`,
	);
	chmodSync(path, 0o755);
	return {
		path,
		record: () =>
			readFileSync(file, "utf8")
				.trim()
				.split("\n")
				.map((line) => JSON.parse(line)),
		failWith: (code) => writeFileSync(join(folder, "exit-code"), String(code)),
	};
}
