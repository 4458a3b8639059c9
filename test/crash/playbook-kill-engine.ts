/*
 * An engine without listeners that executes playbooks one after the other until it is
 * killed: two at a time, every second one rolled back. Everything is loaded before it is
 * told to go on, so that a round of the kill test takes no longer than it must. It prints
 * what it promises: a line for each execution and rollback that was begun. Told "recover"
 * rather than "go", it starts, judges what was left behind, and ends.
 *
 * node test/crash/playbook-kill-engine.ts DATA_FOLDER
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { enableCompileCache } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

enableCompileCache();
const { createEngine } = await import("../../src-main/engine/engine.ts");
const { realPorts } = await import("../../src-main/entry/real-ports.ts");

const [dataDirectory = ""] = process.argv.slice(2);
// A write to a pipe is done when it returns: what was printed was printed before the kill.
const say = (line: string) => process.stdout.write(`${line}\n`);

say("loaded");
const [told] = await once(process.stdin, "data");
const engine = await createEngine(
	{ dataDirectory, version: "0.0.0", playbooksDirectory: null },
	realPorts(dataDirectory),
);
engine.playbooks.setLimitScale(0);
const owner = engine.identity.localPrincipal();

async function work(): Promise<void> {
	const { id: incidentId } = engine.incidents.create(owner, {
		title: "Killed again",
		description: "",
		severity: 3,
		modelId: null,
	});
	for (let round = 0; ; round++) {
		const token = randomUUID();
		const { id } = engine.playbooks.dryRun(owner, {
			incidentId,
			playbookId: "count",
			params: { token },
		});
		const execution = await engine.playbooks.execute(owner, { dryRunId: id });
		say(`begun ${execution.action.id}`);
		const { status } = await execution.ended;
		if (status !== "success") throw new Error(`it ended as ${status}`);
		if (round % 2 === 0) continue;
		const rollback = await engine.playbooks.rollback(owner, {
			actionId: execution.action.id,
		});
		say(`begun ${rollback.action.id}`);
		await rollback.ended;
	}
}

say("ready");
if (String(told).trim() === "recover") {
	await engine.close();
	process.exit(0);
}
void work();
await sleep(7);
void work();
