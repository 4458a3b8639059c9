// What an engine leaves behind when it is killed is judged by the journal alone: a step that
// may have changed something and has no outcome is unknown and waits for a person; where no
// such step was under way nothing is in doubt and the action failed. Nothing is run again,
// nothing is killed by itself, nothing is still "running". A disk that takes no outcome is
// no different.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import type { ResolvedStep } from "../../../../src-main/engine/playbooks/definition.ts";
import { acme, openBench, type PlaybooksBench } from "./playbooks-bench.ts";
import { coded, dryRun, listen } from "./runs.ts";
import { http, script, wait } from "./small-catalogue.ts";

/** The engine can do nothing more, as if it were killed; the programs it started go on. */
function crash(bench: PlaybooksBench): PlaybooksBench {
	bench.store.connection.close();
	return openBench({ folder: bench.folder, catalogue: bench.catalogue });
}

async function begin(bench: PlaybooksBench, steps: readonly ResolvedStep[]) {
	const linus = bench.as("linus");
	const { id, incidentId } = dryRun(bench, steps);
	const { action } = await bench.playbooks.execute(linus, { dryRunId: id });
	return { id: action.id, incidentId, dryRunId: id, linus };
}

/** Appends a token to a file, then stays. */
function counting(bench: PlaybooksBench) {
	const file = join(bench.folder, "tokens");
	const step = script(
		`require("fs").appendFileSync(${JSON.stringify(file)}, "token\\n"); setInterval(() => {}, 1000)`,
		{ id: "count" },
	);
	const tokens = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
	return { step, tokens };
}

function killLater(pid: number): void {
	onTestFinished(() => {
		try {
			process.kill(pid, "SIGKILL");
		} catch {
			// Ended as it should.
		}
	});
}

test("a program that was running is in doubt; it is shown, ended on demand and settled by a person", async () => {
	const bench = openBench();
	const { step, tokens } = counting(bench);
	const { id, incidentId, dryRunId, linus } = await begin(bench, [
		step,
		wait(0, { id: "after" }),
	]);
	await expect.poll(tokens, { timeout: 10_000 }).toBe("token\n");
	const next = crash(bench);
	const action = next.playbooks.action(linus, id);
	expect(action).toMatchObject({
		status: "unknown",
		message:
			"Tocsin ended during step 1 of 2 (count): nobody can say whether it took effect. Look, then settle it or roll it back.",
		actualDurationSeconds: null,
		survivingProcess: { pid: expect.any(Number) },
		steps: [{ status: "unknown" }, { status: "skipped" }],
	});
	const pid = action.survivingProcess?.pid ?? expect.fail();
	killLater(pid);
	expect(readFileSync(`/proc/${pid}/environ`, "latin1")).toContain(id);
	expect(
		next.playbooks.actions(linus).items.map(({ status }) => status),
	).not.toContain("running");
	const settle = () =>
		next.playbooks.settle(linus, {
			actionId: id,
			outcome: "success",
			note: "I looked: the token is there.",
		});
	expect(settle).toThrowError(coded("CONFLICT", { pid }));
	// Nor may it be run again before somebody has said what became of it.
	const again = next.playbooks.dryRun(linus, {
		incidentId,
		playbookId: "fix",
		params: {},
	});
	for (const refused of [again.id, dryRunId]) {
		await expect(
			next.playbooks.execute(linus, { dryRunId: refused }),
		).rejects.toThrowError(coded("CONFLICT", { actionId: id }));
	}
	expect(await next.playbooks.endProcess(linus, id)).toMatchObject({
		status: "unknown",
		survivingProcess: null,
	});
	await expect(next.playbooks.endProcess(linus, id)).rejects.toThrowError(
		coded("CONFLICT"),
	);
	expect(() =>
		next.playbooks.settle(next.key(), {
			actionId: id,
			outcome: "success",
			note: "done",
		}),
	).toThrowError(coded("FORBIDDEN"));
	expect(settle()).toMatchObject({
		status: "success",
		message: "Linus settled it as success: I looked: the token is there.",
		steps: [{ status: "success" }, { status: "skipped" }],
	});
	expect(settle).toThrowError(coded("CONFLICT", { status: "success" }));
	expect(tokens()).toBe("token\n");
	expect(next.story(incidentId)).toEqual([
		expect.stringMatching(/^Playbook FIX \(#2\) started/),
		expect.stringMatching(/^Playbook FIX \(#2\): Tocsin ended during step 1/),
		`Linus ended process ${pid}, which FIX (#2) had left running.`,
		expect.stringMatching(/^FIX \(#2\): Linus settled it as success/),
	]);
	expect(next.feed().map(({ status }) => status)).toEqual([
		"unknown",
		"success",
	]);
	expect(
		next.incidents.verify(Sight.ofTenant(acme.key), incidentId).intact,
	).toBe(true);
	// Another start changes nothing more.
	expect(crash(next).playbooks.action(linus, id).status).toBe("success");
});

test("a program whose start was not written down is found by its environment", async () => {
	const bench = openBench();
	const { step, tokens } = counting(bench);
	const { id, linus } = await begin(bench, [step]);
	await expect.poll(tokens, { timeout: 10_000 }).toBe("token\n");
	bench.store.connection.exec(
		"UPDATE playbook_steps SET pid = NULL, process_start = NULL, boot_id = NULL",
	);
	const next = crash(bench);
	const { survivingProcess } = next.playbooks.action(linus, id);
	killLater(survivingProcess?.pid ?? expect.fail());
	await next.playbooks.endProcess(linus, id);
	expect(next.playbooks.action(linus, id).survivingProcess).toBeNull();
});

test("a pid that is another process's by now is left alone", async () => {
	const bench = openBench();
	const { step, tokens } = counting(bench);
	const { id, linus } = await begin(bench, [step]);
	await expect.poll(tokens, { timeout: 10_000 }).toBe("token\n");
	const next = crash(bench);
	killLater(
		next.playbooks.action(linus, id).survivingProcess?.pid ?? expect.fail(),
	);
	await next.playbooks.endProcess(linus, id);
	// This very process has the number now, started at another time; or in another life of the machine.
	for (const change of ["process_start = '1'", "boot_id = 'another'"]) {
		next.store.connection
			.prepare(
				`UPDATE playbook_steps SET pid = ?, ${change} WHERE pid IS NOT NULL`,
			)
			.run(process.pid);
		expect(next.playbooks.action(linus, id).survivingProcess).toBeNull();
		await expect(next.playbooks.endProcess(linus, id)).rejects.toThrowError(
			coded("CONFLICT"),
		);
	}
});

test("an execution in doubt is rolled back once its process is gone, and is then no longer in the way", async () => {
	const bench = openBench();
	const { step, tokens } = counting(bench);
	const playbook = {
		id: "fix",
		steps: () => [step],
		rollback: () => [wait(0, { id: "back", phase: "rollback" as const })],
	};
	const linus = bench.as("linus");
	bench.catalogue.add(playbook);
	const input = { incidentId: bench.incident(), playbookId: "fix", params: {} };
	const dry = bench.playbooks.dryRun(linus, input);
	const { action } = await bench.playbooks.execute(linus, { dryRunId: dry.id });
	await expect.poll(tokens, { timeout: 10_000 }).toBe("token\n");
	const next = crash(bench);
	const pid =
		next.playbooks.action(linus, action.id).survivingProcess?.pid ??
		expect.fail();
	killLater(pid);
	await expect(
		next.playbooks.rollback(linus, { actionId: action.id }),
	).rejects.toThrowError(coded("CONFLICT"));
	await next.playbooks.endProcess(linus, action.id);
	const { ended } = await next.playbooks.rollback(linus, {
		actionId: action.id,
	});
	expect((await ended).status).toBe("success");
	next.catalogue.add({ ...playbook, steps: () => [wait(0)] });
	const { id: dryRunId } = next.playbooks.dryRun(linus, input);
	const again = await next.playbooks.execute(linus, { dryRunId });
	expect((await again.ended).status).toBe("success");
});

test("a request that was under way is in doubt, a GET and a wait are not", async () => {
	const slow = await listen(() => {});
	for (const [step, status] of [
		[http(slow, { method: "POST" }), "unknown"],
		[http(slow), "failed"],
		[wait(600), "failed"],
	] as const) {
		const bench = openBench();
		const { id, linus } = await begin(bench, [step, wait(0, { id: "b" })]);
		const action = crash(bench).playbooks.action(linus, id);
		expect(action).toMatchObject({
			status,
			survivingProcess: null,
			steps: [{ status }, { status: "skipped" }],
		});
		if (status === "failed") {
			expect(action.message).toMatch(/which changes nothing/);
		}
	}
});

test("between two steps nothing is in doubt", async () => {
	const bench = openBench();
	const { id, linus, incidentId } = await begin(bench, [
		wait(600),
		wait(0, { id: "second" }),
	]);
	bench.store.connection.exec(
		"UPDATE playbook_steps SET status = 'success', ended_at = 1 WHERE position = 0 AND intent_at IS NOT NULL",
	);
	const next = crash(bench);
	expect(next.playbooks.action(linus, id)).toMatchObject({
		status: "failed",
		message:
			"Tocsin ended before step 2 of 2 (second); nothing of it was started.",
		steps: [{ status: "success" }, { status: "skipped" }],
	});
	// To go on is a new execution.
	next.catalogue.add({ id: "fix", steps: () => [wait(0)] });
	const { id: dryRunId } = next.playbooks.dryRun(linus, {
		incidentId,
		playbookId: "fix",
		params: {},
	});
	const { ended } = await next.playbooks.execute(linus, { dryRunId });
	expect((await ended).status).toBe("success");
});

/** Refuses every write to a column of the journal, as a full disk would. */
function breakDisk(bench: PlaybooksBench, column: string): () => void {
	bench.store.connection.exec(
		`CREATE TEMP TRIGGER full_disk BEFORE UPDATE OF ${column} ON playbook_steps BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
	);
	return () => bench.store.connection.exec("DROP TRIGGER full_disk");
}

test("an outcome that the disk does not take is unknown: nothing pretends, nothing goes on", async () => {
	const bench = openBench();
	const { id, linus } = await begin(bench, [
		script("setTimeout(() => console.log('done'), 300)"),
		wait(0, { id: "after" }),
	]);
	const repair = breakDisk(bench, "ended_at");
	await expect
		.poll(() => bench.playbooks.action(linus, id).status, { timeout: 10_000 })
		.toBe("unknown");
	expect(bench.playbooks.action(linus, id)).toMatchObject({
		message: expect.stringMatching(/could not be written down: .*disk is full/),
		steps: [{ status: "unknown" }, { status: "pending" }],
	});
	repair();
	await bench.playbooks.close();
	expect(bench.playbooks.action(linus, id)).toMatchObject({
		status: "unknown",
		steps: [{ status: "unknown" }, { status: "skipped" }],
	});
	expect(crash(bench).playbooks.action(linus, id).status).toBe("unknown");
});

test("a step whose intent the disk does not take is not started", async () => {
	const bench = openBench();
	const { step, tokens } = counting(bench);
	const { id, linus } = await begin(bench, [
		script("setTimeout(() => {}, 300)", { id: "first" }),
		step,
	]);
	breakDisk(bench, "intent_at");
	await expect
		.poll(() => bench.playbooks.action(linus, id).status, { timeout: 10_000 })
		.toBe("failed");
	expect(bench.playbooks.action(linus, id)).toMatchObject({
		message: expect.stringMatching(
			/^count was not started, because its intent could not be written down/,
		),
		steps: [{ status: "success" }, { status: "skipped" }],
	});
	expect(tokens()).toBe("");
});
