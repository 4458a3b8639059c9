// A dry run says exactly what would run and runs nothing: no process, no connection. It is
// stored with the hash of all of it. What it says of time and cost comes from what the
// playbook has taken here before. Dry runs are counted per incident over a sliding hour.
import { ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { describe, expect, test, vi } from "vitest";
import type { EngineErrorCode } from "../../../../src-main/engine/errors.ts";
import { dryRunHash } from "../../../../src-main/engine/playbooks/actions/action-hash.ts";
import type { ResolvedStep } from "../../../../src-main/engine/playbooks/definition.ts";
import { globex, openBench } from "./playbooks-bench.ts";
import { coded } from "./runs.ts";
import { check, command, http, script, wait } from "./small-catalogue.ts";

function benchWith(
	steps: readonly ResolvedStep[] = [script("process.exit(0)")],
) {
	const bench = openBench();
	bench.catalogue.add({ id: "fix", steps: () => steps });
	const incidentId = bench.incident();
	const dryRun = (params = {}, playbookId = "fix") =>
		bench.playbooks.dryRun(bench.as("linus"), {
			incidentId,
			playbookId,
			params,
		});
	return { ...bench, incidentId, dryRun };
}

test("it resolves every kind of step, starts no process and opens no socket", async () => {
	const spawned = vi.spyOn(
		ChildProcess.prototype as unknown as { spawn: () => void },
		"spawn",
	);
	const connected = vi.spyOn(Socket.prototype, "connect");
	const bench = benchWith([
		command("/bin/echo", ["a b", "it's", "-x"], { id: "say" }),
		http("http://127.0.0.1:9/", { id: "ask", method: "POST", body: { a: 1 } }),
		wait(3),
		check("true"),
	]);
	const action = bench.dryRun({ model: "emails" });
	expect(action).toMatchObject({
		number: 1,
		kind: "dry_run",
		status: "dry_run_success",
		incidentId: bench.incidentId,
		incidentTitle: "Stale data",
		playbookId: "fix",
		message: expect.stringMatching(/^Command: \/bin\/echo/),
		params: { model: "emails" },
		hash: expect.stringMatching(/^[0-9a-f]{64}$/),
		changes: ["Will run 4 steps"],
		requiresApproval: false,
		approvalFault: "It needs no approval.",
		estimatedDurationSeconds: 10,
		estimatedCostUsd: 0.1,
		author: { id: "linus", name: "Linus" },
		startedAt: null,
		rollbackPlan: null,
		isRollbackAvailable: false,
	});
	expect(action.steps.map(({ command, status }) => [command, status])).toEqual([
		["/bin/echo 'a b' 'it'\\''s' -x", "pending"],
		['POST http://127.0.0.1:9/ {"a":1}', "pending"],
		["wait 3 s", "pending"],
		["true", "pending"],
	]);
	expect(bench.playbooks.action(bench.as("vera"), action.id)).toMatchObject({
		hash: action.hash,
	});
	expect(spawned).not.toHaveBeenCalled();
	expect(connected).not.toHaveBeenCalled();
	// The same watch sees an execution.
	const { ended } = await bench.playbooks.execute(bench.as("linus"), {
		dryRunId: action.id,
	});
	await ended;
	expect(spawned).toHaveBeenCalled();
	expect(connected).toHaveBeenCalled();
	vi.restoreAllMocks();
});

test("it says of a program that is not here where it was looked for", () => {
	const bench = benchWith([command("no-such-program")]);
	expect(bench.dryRun().steps[0]?.fault).toMatch(
		/^no-such-program is not installed or not on PATH \(looked in \/.*\); install it/,
	);
});

test("the hash is of the tenant, the incident, the parameters and the playbook", () => {
	const bench = benchWith();
	const { hash } = bench.dryRun({ a: 1 });
	expect(bench.dryRun({ a: 1 }).hash).toBe(hash);
	const others = [bench.dryRun({ a: 2 }).hash];
	others.push(
		bench.playbooks.dryRun(bench.as("linus"), {
			incidentId: bench.incident(),
			playbookId: "fix",
			params: { a: 1 },
		}).hash,
	);
	bench.catalogue.add({
		id: "fix",
		version: 2,
		steps: () => [script("process.exit(0)")],
	});
	others.push(bench.dryRun({ a: 1 }).hash);
	expect(new Set([hash, ...others]).size).toBe(4);
});

test("numbers rise, one for each action of a tenant", () => {
	const bench = benchWith();
	expect([1, 2, 3].map(() => bench.dryRun().number)).toEqual([1, 2, 3]);
	expect(
		bench.playbooks.actionByNumber(bench.as("vera"), bench.incidentId, 2)
			.number,
	).toBe(2);
});

describe("refused, and no action", () => {
	test.each<[string, string, Record<string, unknown>, EngineErrorCode, object]>(
		[
			[
				"a wrong parameter",
				"fix",
				{ refused: 1 },
				"INVALID",
				{
					field: "params",
					faults: [{ path: "/refused", message: "is refused" }],
				},
			],
			[
				"an unknown playbook",
				"nothing",
				{},
				"INVALID",
				{ field: "playbookId" },
			],
			["a checklist", "by-hand", {}, "INVALID", { field: "playbookId" }],
		],
	)("%s", (_, playbookId, params, code, data) => {
		const bench = benchWith();
		bench.catalogue.add({ id: "by-hand", kind: "checklist", steps: () => [] });
		expect(() => bench.dryRun(params, playbookId)).toThrowError(
			coded(code, data as Record<string, unknown>),
		);
		expect(bench.playbooks.actions(bench.as("ada")).total).toBe(0);
	});

	test("by a viewer, and on another tenant's incident", () => {
		const bench = benchWith();
		const input = {
			incidentId: bench.incidentId,
			playbookId: "fix",
			params: {},
		};
		expect(() => bench.playbooks.dryRun(bench.as("vera"), input)).toThrowError(
			coded("FORBIDDEN"),
		);
		expect(() => bench.playbooks.dryRun(bench.as("olga"), input)).toThrowError(
			coded("NOT_FOUND"),
		);
	});
});

test("another tenant's action is not found by any call", async () => {
	const bench = benchWith();
	const { id } = bench.dryRun();
	const olga = bench.as("olga");
	expect(olga.tenant).toBe(globex);
	const calls = [
		() => bench.playbooks.action(olga, id),
		() => bench.playbooks.actionByNumber(olga, bench.incidentId, 1),
		() => bench.playbooks.output(olga, id),
		() => bench.playbooks.approve(olga, id),
		() => bench.playbooks.requestApproval(olga, id),
		() => bench.playbooks.decline(olga, id, ""),
		() => bench.playbooks.approvalFault(olga, id, olga),
		() => bench.playbooks.execute(olga, { dryRunId: id }),
		() => bench.playbooks.rollback(olga, { actionId: id }),
		() => bench.playbooks.cancel(olga, id),
		() => bench.playbooks.endProcess(olga, id),
		() => bench.playbooks.forIncident(olga, bench.incidentId),
		() =>
			bench.playbooks.settle(olga, {
				actionId: id,
				outcome: "failed",
				note: "x",
			}),
	];
	for (const call of calls) {
		await expect(async () => await call()).rejects.toThrowError(
			coded("NOT_FOUND"),
		);
	}
	expect(bench.playbooks.actions(olga)).toEqual({ items: [], total: 0 });
	expect(
		bench.playbooks.actions(olga, { incidentId: bench.incidentId }).total,
	).toBe(0);
});

test("the 101st dry run within an hour is refused until the oldest is an hour old", () => {
	const bench = benchWith();
	const start = bench.ports.clock.now();
	for (let minute = 0; minute < 50; minute++) {
		bench.ports.clock.set(start + minute * 60_000);
		bench.dryRun();
		bench.dryRun();
	}
	expect(() => bench.dryRun()).toThrowError(
		coded("RATE_LIMITED", { limit: 100, retryAfterSeconds: 11 * 60 }),
	);
	// Another incident has a limit of its own.
	bench.playbooks.dryRun(bench.as("linus"), {
		incidentId: bench.incident(),
		playbookId: "fix",
		params: {},
	});
	bench.ports.clock.set(start + 3_599_999);
	expect(() => bench.dryRun()).toThrowError(
		coded("RATE_LIMITED", { retryAfterSeconds: 1 }),
	);
	bench.ports.clock.set(start + 3_600_000);
	bench.dryRun();
	bench.dryRun();
	expect(() => bench.dryRun()).toThrowError(coded("RATE_LIMITED"));
	bench.playbooks.setLimitScale(2);
	bench.dryRun();
	bench.playbooks.setLimitScale(0);
	for (let more = 0; more < 150; more++) bench.dryRun();
});

test("estimates are the author's until the playbook has succeeded here, then the median of what it took", async () => {
	const bench = benchWith([wait(0)]);
	const linus = bench.as("linus");
	expect(bench.playbooks.catalogue(linus).playbooks[0]?.estimate).toEqual({
		durationSeconds: 10,
		costUsd: 0.1,
		runs: 0,
	});
	for (const _ of [1, 2]) {
		const { id } = bench.dryRun();
		await (await bench.playbooks.execute(linus, { dryRunId: id })).ended;
	}
	bench.store.connection
		.prepare(
			"UPDATE playbook_actions SET actual_seconds = number WHERE kind = 'execution'",
		)
		.run();
	const { estimate } =
		bench.playbooks.catalogue(linus).playbooks[0] ?? expect.fail();
	expect(estimate).toEqual({ durationSeconds: 3, costUsd: 0.03, runs: 2 });
	expect(bench.dryRun()).toMatchObject({
		estimatedDurationSeconds: 3,
		estimatedCostUsd: 0.03,
	});
	const took = bench.store.connection.prepare(
		"UPDATE playbook_actions SET actual_seconds = ? WHERE kind = 'execution'",
	);
	for (const [seconds, costUsd] of [
		[0.5, 0.005],
		[0.001, 0.0001],
		[0, 0.0001],
	] as const) {
		took.run(seconds);
		expect(
			bench.playbooks.catalogue(linus).playbooks[0]?.estimate,
			"what costs something is never told to be free",
		).toMatchObject({ durationSeconds: seconds, costUsd });
	}
});

test("an incident's suggestions come first: what it names, what suits its key, unknown ones as checklists", () => {
	const bench = benchWith();
	for (const id of ["a", "b", "c"]) {
		bench.catalogue.add({
			id,
			steps: () => [],
			...(id === "b" ? { suitsKey: "INV_fresh" } : {}),
		});
	}
	const incidentId = bench.incident(["c", "ask_around", "c"], "INV_fresh");
	const { suggested, others } = bench.playbooks.forIncident(
		bench.as("vera"),
		incidentId,
	);
	expect(suggested.map(({ id, kind }) => [id, kind])).toEqual([
		["c", "action"],
		["ask_around", "checklist"],
		["b", "action"],
	]);
	expect(others.map(({ id }) => id)).toEqual(["fix", "a"]);
});

test("the folder is shown on this machine alone, faults to everybody; an admin reads the files again", () => {
	const bench = benchWith();
	expect(bench.playbooks.catalogue(bench.as("ada")).folder).toBe(
		"/nowhere/playbooks",
	);
	expect(bench.playbooks.catalogue(bench.as("linus"))).toMatchObject({
		folder: null,
		faults: [{ file: "broken.yaml", line: 3 }],
	});
	expect(() => bench.as("linus").needs("admin")).toThrowError(
		coded("FORBIDDEN"),
	);
	expect(bench.playbooks.reload(bench.as("grace"))).toEqual({
		playbooks: 1,
		faults: 1,
	});
	expect(bench.catalogue.reloads).toBe(1);
});

test("the values of secret parameters are neither stored nor shown", async () => {
	const bench = openBench();
	bench.catalogue.add({
		id: "secretive",
		secretParameters: ["token"],
		steps: ({ token }) => [script(`console.log(${JSON.stringify(token)})`)],
	});
	const linus = bench.as("linus");
	const dry = bench.playbooks.dryRun(linus, {
		incidentId: bench.incident(),
		playbookId: "secretive",
		params: { token: "hunter2-and-more" },
	});
	expect(dry.params).toEqual({ token: "***" });
	const guess = bench.catalogue
		.find("secretive")
		?.resolve({ token: "hunter2-and-more" });
	if (guess?.ok !== true) return expect.fail();
	expect(
		dryRunHash(linus.tenant, dry.incidentId, guess.resolved.contentHash),
		"who guesses the secret cannot tell so by the hash",
	).not.toBe(dry.hash);
	const { ended } = await bench.playbooks.execute(linus, { dryRunId: dry.id });
	expect(await ended).toMatchObject({ status: "success" });
	const { chunks } = bench.playbooks.output(linus, (await ended).id);
	expect(chunks.map(({ text }) => text).join("")).toBe("***\n");
	const tables = [
		"playbook_actions",
		"playbook_steps",
		"playbook_output",
		"timeline_events",
		"feed",
	];
	for (const table of tables) {
		const rows = bench.store.connection.prepare(`SELECT * FROM ${table}`).all();
		expect(JSON.stringify(rows)).not.toContain("hunter2");
	}
});
