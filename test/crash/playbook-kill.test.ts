// SIGKILL at any moment of executions and rollbacks: no step takes effect twice, none is lost
// silently, and nothing is still "running" after the restart. Forty rounds on one data
// folder; a bench runs a thousand.
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataFolder } from "../entry/commands/serving.ts";
import { killOverAndOver, prepareKills } from "./playbook-kill.ts";

const rounds = 40;

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => folder.remove());

test(`${rounds} kills while playbooks run`, async () => {
	prepareKills(folder.path);
	const report = await killOverAndOver(folder.path, rounds);
	console.info(
		`${rounds} kills: ${report.actions} executions and rollbacks, ${report.tokens} effects, ${report.unknownSteps} unknown (${report.unknownWithEffect} of them had taken effect); 0 doubled, 0 lost`,
	);
	expect(report).toMatchObject({ doubles: [], losses: [], running: [] });
	expect(report.actions).toBeGreaterThan(rounds);
	expect(report.unknownSteps).toBeGreaterThan(0);
}, 300_000);
