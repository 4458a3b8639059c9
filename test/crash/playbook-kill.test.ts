// SIGKILL at any moment of executions and rollbacks: no step takes effect twice, none is lost
// silently, and nothing is still "running" after the restart. Forty rounds on one data
// folder; a bench runs a thousand.
import { appendFileSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { must } from "../../src-shared/domain/must.ts";
import { dataFolder } from "../entry/commands/serving.ts";
import {
	counterFile,
	judgeKills,
	killOverAndOver,
	prepareKills,
} from "./playbook-kill.ts";

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

	// The judge is no rubber stamp: a planted double and planted losses are found.
	const file = counterFile(folder.path);
	const lines = readFileSync(file, "utf8").trimEnd().split("\n");
	const successful = must(lines[0], "something took effect");
	appendFileSync(file, `${successful}\nfirst never-started\n`);
	const planted = judgeKills(folder.path, rounds, ["never-written"]);
	expect(planted.doubles).toEqual([successful]);
	expect(planted.losses).toEqual([
		"never-written was begun and is not in the journal",
		"first never-started took effect and was never started",
	]);
}, 300_000);
