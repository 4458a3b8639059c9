/*
 * SIGKILL at random moments of playbook executions whose steps each append a line to a file,
 * on one data folder, an engine from the source each time. The yardstick is what must be: no
 * line twice, no execution lost, nothing still running after the restart. Fails otherwise.
 *
 * node test/bench/playbook-kill.mjs [--rounds 1000]
 */
import { killOverAndOver, prepareKills } from "../crash/playbook-kill.ts";
import { inTemporaryFolder } from "./command-line.mjs";
import { numberFlag, report } from "./verdict.mjs";

const rounds = numberFlag("rounds", 1_000);

await inTemporaryFolder(async (folder) => {
	prepareKills(folder);
	const started = performance.now();
	const found = await killOverAndOver(folder, rounds, (round) => {
		if ((round + 1) % 100 === 0) console.error(`${round + 1} kills`);
	});
	const seconds = (performance.now() - started) / 1000;
	const { doubles, losses, running } = found;
	const statuses = Object.entries(found.byStatus)
		.map(([status, count]) => `${count} ${status}`)
		.join(", ");
	console.log(
		`${rounds} kills in ${seconds.toFixed(0)} s: ${found.actions} executions and rollbacks (${statuses}), ${found.tokens} effects`,
	);
	console.log(
		`${found.unknownSteps} steps unknown, of which ${found.unknownWithEffect} had taken effect`,
	);
	for (const fault of [...doubles, ...losses, ...running].slice(0, 20)) {
		console.log(fault);
	}
	report({
		name: "playbooks killed",
		figure: `${rounds} rounds, ${doubles.length} doubles, ${losses.length} losses, ${found.unknownSteps} unknowns`,
		yardstick: `${found.tokens} effects in the counter file`,
		ratio: `${doubles.length + losses.length + running.length} faults in ${found.actions} actions`,
		target: "0 doubles, 0 losses, 0 still running",
		holds: doubles.length + losses.length + running.length === 0,
	});
});
