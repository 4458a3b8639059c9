// What was dry-run is executed once, and only as it was; one run of a playbook on an incident
// at a time, four in all, ten executions of an incident within an hour. The same request
// with the same idempotency key is the same action.
import { expect, test } from "vitest";
import { openBench } from "./playbooks-bench.ts";
import { coded, dryRun } from "./runs.ts";
import { wait } from "./small-catalogue.ts";

test("a dry run is executed once", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const { id } = dryRun(bench, [wait(0)]);
	const { action, ended } = await bench.playbooks.execute(linus, {
		dryRunId: id,
	});
	await ended;
	for (const dryRunId of [id, action.id]) {
		await expect(
			bench.playbooks.execute(linus, { dryRunId }),
		).rejects.toThrowError(coded("CONFLICT"));
	}
	expect(bench.playbooks.actions(linus).total).toBe(2);
});

test("what changed since the dry run is refused", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const { id } = dryRun(bench, [wait(0)]);
	bench.catalogue.add({ id: "fix", version: 2, steps: () => [wait(0)] });
	await expect(
		bench.playbooks.execute(linus, { dryRunId: id }),
	).rejects.toThrowError(coded("CONFLICT"));
	bench.catalogue.remove("fix");
	await expect(
		bench.playbooks.execute(linus, { dryRunId: id }),
	).rejects.toThrowError(coded("CONFLICT"));
});

test("one run of a playbook on an incident at a time, and four in all", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const incidentId = bench.incident();
	const begin = async (incident: string) => {
		const { id } = dryRun(bench, [wait(600)], {}, incident);
		return await bench.playbooks.execute(linus, { dryRunId: id });
	};
	const runs = [await begin(incidentId)];
	await expect(begin(incidentId)).rejects.toThrowError(
		coded("CONFLICT", { actionId: runs[0]?.action.id }),
	);
	for (const _ of [2, 3, 4]) runs.push(await begin(bench.incident()));
	await expect(begin(bench.incident())).rejects.toThrowError(
		coded("UNAVAILABLE"),
	);
	await bench.playbooks.cancel(linus, runs[0]?.action.id ?? "");
	runs.push(await begin(incidentId));
	for (const { action } of runs.slice(1)) {
		await bench.playbooks.cancel(linus, action.id);
	}
});

test("an idempotency key answers the same request with its action, another with a refusal", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const incidentId = bench.incident();
	const first = dryRun(bench, [wait(0)], { a: 1 }, incidentId);
	const idempotencyKey = "a-key";
	const { action, ended } = await bench.playbooks.execute(linus, {
		dryRunId: first.id,
		idempotencyKey,
	});
	await ended;
	const again = dryRun(bench, [wait(0)], { a: 1 }, incidentId);
	for (const dryRunId of [first.id, again.id]) {
		const repeated = await bench.playbooks.execute(linus, {
			dryRunId,
			idempotencyKey,
		});
		expect(repeated.action.id).toBe(action.id);
		expect((await repeated.ended).status).toBe("success");
	}
	const other = dryRun(bench, [wait(0)], { a: 2 }, incidentId);
	await expect(
		bench.playbooks.execute(linus, { dryRunId: other.id, idempotencyKey }),
	).rejects.toThrowError(coded("INVALID", { field: "idempotencyKey" }));
	expect(
		bench.playbooks.begunWith(linus, incidentId, idempotencyKey)?.action.id,
	).toBe(action.id);
	expect(bench.playbooks.begunWith(linus, incidentId, "b-key")).toBeNull();
	// On another incident it is another key.
	const elsewhere = dryRun(bench, [wait(0)]);
	await (
		await bench.playbooks.execute(linus, {
			dryRunId: elsewhere.id,
			idempotencyKey,
		})
	).ended;
});

test("the 11th execution within an hour is refused", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const incidentId = bench.incident();
	const execute = async () => {
		const { id } = dryRun(bench, [wait(0)], {}, incidentId);
		const { ended } = await bench.playbooks.execute(linus, { dryRunId: id });
		await ended;
	};
	for (let index = 0; index < 10; index++) await execute();
	await expect(execute()).rejects.toThrowError(
		coded("RATE_LIMITED", { limit: 10, retryAfterSeconds: 3_600 }),
	);
	bench.ports.clock.set(bench.ports.clock.now() + 3_600_000);
	await execute();
});
