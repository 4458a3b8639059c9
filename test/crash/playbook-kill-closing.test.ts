// SIGTERM while a playbook runs a program that will not listen: the process tree is gone, the
// journal says that Tocsin was closed, and the engine has ended within its five seconds.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../entry/commands/run-cli.ts";
import { dataFolder, endAll, serve } from "../entry/commands/serving.ts";

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

test("closing ends what runs and says so", async () => {
	const pidFile = join(folder.path, "pid");
	mkdirSync(join(folder.path, "playbooks"));
	const source = `process.on("SIGTERM", () => {}); require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
	writeFileSync(
		join(folder.path, "playbooks", "stay.yaml"),
		`id: stay
name: Stay
description: Runs until it is killed.
parameters: { type: object, properties: {} }
risk: { level: low, affected_systems: [nothing] }
estimate: { duration_seconds: 1, cost_usd: 0 }
idempotent: true
offline_safe: true
changes: [Nothing]
outcome: { success: Never }
steps:
  - id: stay
    title: Stay
    command: { program: ${process.execPath}, args: [-e, ${JSON.stringify(source)}] }
`,
	);
	const made = await runCli([
		"key",
		"create",
		"--name=closing",
		"--json",
		`--data-dir=${folder.path}`,
	]);
	const { key } = JSON.parse(made.stdout) as { key: string };
	const { ready, end } = await serve(folder.path);
	const post = async (path: string, body: object) => {
		const answer = await fetch(`${ready.api}/api${path}`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${key}`,
				"content-type": "application/json",
			},
			body: JSON.stringify(body),
		});
		return (await answer.json()) as { id?: number; status?: string };
	};
	const { id } = await post("/incidents", {
		kind: "budget",
		key: "closing",
		severity: "sev3",
		summary: "Closing",
	});
	// Nobody waits for the answer: the connection may be cut.
	const executed = post(`/playbooks/incidents/${id}/actions/execute`, {
		action_type: "stay",
		params: {},
	}).catch(() => null);
	await expect
		.poll(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "", {
			timeout: 20_000,
		})
		.toBe(true);
	const pid = Number(readFileSync(pidFile, "utf8"));
	const asked = performance.now();
	expect(await end("SIGTERM")).toBe(0);
	expect(performance.now() - asked).toBeLessThan(5_000);
	await executed;
	expect(() => process.kill(pid, 0)).toThrowError("ESRCH");
	const database = new Database(join(folder.path, "command.db"), {
		readonly: true,
	});
	const row = database
		.prepare(
			"SELECT status, message FROM playbook_actions WHERE kind = 'execution'",
		)
		.get();
	database.close();
	expect(row).toMatchObject({
		status: "cancelled",
		message: expect.stringMatching(
			/^Tocsin was closed while it ran, in step 1 of 1 \(stay\)/,
		),
	});
}, 60_000);
