/*
 * What an execution adds to a program that does nothing: from the call until its outcome is
 * durable, beside the same program started plainly and, right after, as many single-row
 * transactions on a database of the same kind (WAL, synchronous=FULL) as an execution has:
 * intent, process, outcome. Both alternate; the median of each counts. Fails above 3 times
 * the plain sum.
 *
 * node test/bench/playbook-run.mjs [--rounds 300]
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEngine } from "../../src-main/engine/engine.ts";
import { openForWriting } from "../../src-main/engine/store/index.ts";
import { realPorts } from "../../src-main/entry/real-ports.ts";
import { inTemporaryFolder } from "./command-line.mjs";
import { median, numberFlag, report } from "./verdict.mjs";

const most = 3;
const rounds = numberFlag("rounds", 300);
const commits = 3;
const program = "/bin/true";

const playbook = `id: nothing
name: Nothing
description: Does nothing.
parameters: { type: object, properties: {} }
risk: { level: low, affected_systems: [nothing] }
estimate: { duration_seconds: 1, cost_usd: 0 }
idempotent: true
offline_safe: true
changes: [Nothing]
outcome: { success: Nothing was done }
steps:
  - id: nothing
    title: Do nothing
    command: { program: ${program} }
`;

async function measure(work) {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

await inTemporaryFolder(async (folder) => {
	mkdirSync(join(folder, "playbooks"));
	writeFileSync(join(folder, "playbooks", "nothing.yaml"), playbook);
	const ports = realPorts(folder);
	const engine = await createEngine(
		{ dataDirectory: folder, version: "0.0.0", playbooksDirectory: null },
		ports,
	);
	engine.playbooks.setLimitScale(0);
	const owner = engine.identity.localPrincipal();
	const { id: incidentId } = engine.incidents.create(owner, {
		title: "Bench",
		description: "",
		severity: 4,
		modelId: null,
	});
	const execute = async () => {
		const { id } = engine.playbooks.dryRun(owner, {
			incidentId,
			playbookId: "nothing",
			params: {},
		});
		return await measure(async () => {
			const { ended } = await engine.playbooks.execute(owner, { dryRunId: id });
			const { status, message } = await ended;
			if (status !== "success") throw new Error(message);
		});
	};
	const plain = openForWriting(join(folder, "plain.db"));
	plain.exec("CREATE TABLE entries (text TEXT NOT NULL) STRICT");
	const insert = plain.prepare("INSERT INTO entries (text) VALUES (?)");
	const spawnPlainly = () =>
		measure(async () => {
			const child = spawn(program, [], { stdio: ["ignore", "pipe", "pipe"] });
			await new Promise((resolve) => child.once("close", resolve));
		});
	const commitPlainly = () =>
		measure(async () => {
			for (let count = 0; count < commits; count++) insert.run("an entry");
		});

	const executions = [];
	const spawns = [];
	const writes = [];
	for (let round = 0; round < rounds; round++) {
		executions.push(await execute());
		spawns.push(await spawnPlainly());
		writes.push(await commitPlainly());
	}
	plain.close();
	await engine.close();
	await ports.close();
	const figure = median(executions);
	const spawned = median(spawns);
	const written = median(writes);
	report({
		name: "an execution of a program that does nothing",
		figure: `${figure.toFixed(1)} ms, of which ${(figure - spawned).toFixed(1)} ms are the journal and its rules`,
		yardstick: `started plainly ${spawned.toFixed(1)} ms, and ${commits} durable rows ${written.toFixed(1)} ms`,
		ratio: `${(figure / (spawned + written)).toFixed(2)}x`,
		target: `at most ${most}x`,
		holds: figure <= most * (spawned + written),
	});
});
