// A rollback puts back what an execution recorded before it changed anything, then verifies
// it, or says that it could not and why. It is shown before it runs, needs the approval that
// the execution needed, and is run once.
import { expect, test } from "vitest";
import type { Principal } from "../../../../src-main/engine/identity/access/index.ts";
import { openBench } from "./playbooks-bench.ts";
import { coded, service } from "./runs.ts";
import { check, http } from "./small-catalogue.ts";

const hour = 3_600_000;

/** A canary's share, kept by a service, that a playbook sets and its rollback sets back. */
async function benchWith(options: { needsApproval?: boolean } = {}) {
	const state = { canary: 5, answer: 200, isStuck: false };
	const { url, asked } = await service((_, body) => {
		if (body !== "" && state.answer === 200 && !state.isStuck) {
			state.canary = (JSON.parse(body) as { canary: number }).canary;
		}
		return [state.answer, JSON.stringify({ canary: state.canary })];
	});
	const bench = openBench();
	bench.catalogue.add({
		id: "canary",
		requiresApproval: () => options.needsApproval === true,
		steps: ({ canary }) => [
			http(url, { id: "before", capture: { before: "/canary" } }),
			http(url, { id: "set", method: "PUT", body: { canary: canary ?? 0 } }),
		],
		rollback: ({ captured }) => {
			if (captured.before === undefined) {
				throw new Error("the share before was never captured");
			}
			return [
				http(url, {
					id: "back",
					phase: "rollback",
					title: "Set the share back",
					method: "PUT",
					body: { canary: captured.before },
				}),
				http(url, {
					id: "look",
					phase: "rollback_verification",
					capture: { now: "/canary" },
				}),
				check("captured.now == captured.before", {
					id: "verify",
					phase: "rollback_verification",
				}),
			];
		},
	});
	const linus = bench.as("linus");
	const incidentId = bench.incident();
	const execute = async (approver?: Principal) => {
		const { id } = bench.playbooks.dryRun(linus, {
			incidentId,
			playbookId: "canary",
			params: { canary: 50 },
		});
		const { ended } = await bench.playbooks.execute(linus, {
			dryRunId: id,
			approver,
		});
		return await ended;
	};
	const rollback = async (
		actionId: string,
		by = linus,
		more: { approver?: Principal; idempotencyKey?: string } = {},
	) => await (await bench.playbooks.rollback(by, { actionId, ...more })).ended;
	return Object.assign(bench, {
		state,
		asked,
		url,
		incidentId,
		linus,
		execute,
		rollback,
	});
}

test("the recorded state is put back, once, and everybody sees it", async () => {
	const bench = await benchWith();
	const execution = await bench.execute();
	expect(bench.state.canary).toBe(50);
	expect(execution).toMatchObject({
		status: "success",
		isRollbackAvailable: true,
		rolledBackBy: null,
		rollbackPlan: {
			requiresApproval: false,
			fault: null,
			approval: null,
			hash: expect.stringMatching(/^[0-9a-f]{64}$/),
			steps: [
				{
					id: "back",
					command: `PUT ${bench.url} {"canary":5}`,
					phase: "rollback",
				},
				{ id: "look" },
				{ id: "verify" },
			],
		},
	});
	const rolledBack = await bench.rollback(execution.id);
	expect(rolledBack).toMatchObject({
		kind: "rollback",
		status: "success",
		message: "Put canary back",
		rollbackOf: execution.id,
		dryRunId: null,
		command: "Set the share back",
		rollbackPlan: null,
		number: 3,
	});
	expect(bench.state.canary).toBe(5);
	expect(bench.playbooks.action(bench.linus, execution.id)).toMatchObject({
		status: "success",
		rolledBackBy: rolledBack.id,
		isRollbackAvailable: false,
		rollbackPlan: { fault: "It was rolled back by #3." },
	});
	await expect(bench.rollback(execution.id)).rejects.toThrowError(
		coded("CONFLICT"),
	);
	await expect(bench.rollback(rolledBack.id)).rejects.toThrowError(
		coded("CONFLICT"),
	);
	expect(bench.story(bench.incidentId).slice(2)).toEqual([
		"Rollback of CANARY #2 (#3) started: Set the share back",
		"Rollback of CANARY (#3): Put canary back",
	]);
	expect(bench.feed().map(({ kind, status }) => [kind, status])).toEqual([
		["execution", "success"],
		["rollback", "success"],
	]);
});

test("a rollback that fails says so, and can be tried again", async () => {
	const bench = await benchWith();
	const execution = await bench.execute();
	bench.state.answer = 503;
	const failed = await bench.rollback(execution.id);
	expect(failed).toMatchObject({
		status: "failed",
		message: expect.stringMatching(
			/^It could not be rolled back: step 1 of 3 \(back\) failed\. .* HTTP 503/,
		),
	});
	expect(bench.playbooks.action(bench.linus, execution.id)).toMatchObject({
		rolledBackBy: null,
		isRollbackAvailable: true,
	});
	bench.state.answer = 200;
	bench.state.isStuck = true;
	expect(await bench.rollback(execution.id)).toMatchObject({
		status: "failed",
		message: expect.stringMatching(
			/restored could not be verified: step 3 of 3 \(verify\) failed/,
		),
	});
	bench.state.isStuck = false;
	expect((await bench.rollback(execution.id)).status).toBe("success");
	expect(bench.state.canary).toBe(5);
});

test("an execution that failed after it changed something can be rolled back; one that changed nothing cannot", async () => {
	const bench = await benchWith();
	bench.state.answer = 503;
	expect(await bench.execute()).toMatchObject({
		status: "failed",
		isRollbackAvailable: false,
		rollbackPlan: { fault: "It changed nothing that could be rolled back." },
	});
	bench.state.answer = 200;
	const execution = await bench.execute();
	bench.store.connection.exec("DROP TRIGGER playbook_actions_end_once");
	bench.store.connection
		.prepare("UPDATE playbook_actions SET status = 'failed' WHERE id = ?")
		.run(execution.id);
	expect(
		bench.playbooks.action(bench.linus, execution.id).isRollbackAvailable,
	).toBe(true);
});

test("a state that was never recorded cannot be restored, and that is said", async () => {
	const bench = await benchWith();
	const execution = await bench.execute();
	bench.store.connection.exec("UPDATE playbook_steps SET captured = '{}'");
	const fault =
		"The state before it is not known: the share before was never captured";
	expect(bench.playbooks.action(bench.linus, execution.id)).toMatchObject({
		isRollbackAvailable: false,
		rollbackPlan: { fault, steps: [] },
	});
	await expect(bench.rollback(execution.id)).rejects.toThrowError(
		expect.objectContaining({ code: "CONFLICT", message: fault }),
	);
});

test("it needs the approval that the execution needed, of exactly what it would run", async () => {
	const bench = await benchWith({ needsApproval: true });
	bench.isFourEyes = true;
	const grace = bench.as("grace");
	const execution = await bench.execute(grace);
	expect(execution.rollbackPlan).toMatchObject({ requiresApproval: true });
	await expect(bench.rollback(execution.id)).rejects.toThrowError(
		coded("FORBIDDEN", { needsApproval: true }),
	);
	bench.playbooks.requestApproval(bench.linus, execution.id);
	expect(
		bench.playbooks
			.actions(grace, { awaitingMe: true })
			.items.map(({ id }) => id),
	).toEqual([execution.id]);
	expect(
		bench.playbooks.approve(grace, execution.id).rollbackPlan?.approval,
	).toMatchObject({ approverName: "Grace" });
	await expect(bench.rollback(execution.id, grace)).rejects.toThrowError(
		coded("FORBIDDEN"),
	);
	bench.ports.clock.set(bench.ports.clock.now() + hour);
	await expect(bench.rollback(execution.id)).rejects.toThrowError(
		coded("FORBIDDEN"),
	);
	bench.playbooks.approve(grace, execution.id);
	// What it would restore is another by now.
	bench.store.connection.exec(
		`UPDATE playbook_steps SET captured = '{"before":6}' WHERE step_id = 'before'`,
	);
	await expect(bench.rollback(execution.id)).rejects.toThrowError(
		coded("CONFLICT"),
	);
	expect(
		await bench.rollback(execution.id, bench.linus, { approver: grace }),
	).toMatchObject({ status: "success", approval: { approverName: "Grace" } });
});

test("the same key is the same rollback", async () => {
	const bench = await benchWith();
	const execution = await bench.execute();
	const idempotencyKey = "once";
	const first = await bench.rollback(execution.id, bench.linus, {
		idempotencyKey,
	});
	const second = await bench.rollback(execution.id, bench.linus, {
		idempotencyKey,
	});
	expect(second.id).toBe(first.id);
	expect(
		bench.asked.filter((request) => request.startsWith("PUT")),
	).toHaveLength(2);
});

test("rollbacks are not counted against the executions of an hour", async () => {
	const bench = await benchWith();
	bench.playbooks.setLimitScale(0.1);
	const execution = await bench.execute();
	expect((await bench.rollback(execution.id)).status).toBe("success");
	await expect(bench.execute()).rejects.toThrowError(coded("RATE_LIMITED"));
});
