// Notifications are stored in their order, a few hundred alerts to a commit; too many are
// refused and come again; one that cannot be stored takes no other with it; none is lost at the end.
import { expect, test } from "vitest";
import { EngineError } from "../../../../src-main/engine/errors.ts";
import {
	type AlertBatch,
	IntakeQueue,
} from "../../../../src-main/engine/monitoring/alerts/intake-queue.ts";
import { testPorts } from "../../test-ports.ts";

function batch(alerts: number, name = ""): AlertBatch {
	return {
		origin: {
			tenantKey: 1,
			projectId: name,
			integrationKey: 1,
			isBackfilled: false,
		},
		payload: {
			kind: "alerts",
			episodes: "by-key",
			alerts: Array.from({ length: alerts }),
			faults: [],
			truncatedAlerts: 0,
		} as unknown as AlertBatch["payload"],
	};
}

function open(
	refuses: (names: string[], isPlain: boolean) => unknown = () => null,
) {
	const commits: string[][] = [];
	const queue = new IntakeQueue((batches, isPlain) => {
		const names = batches.map(({ origin }) => origin.projectId);
		const fault = refuses(names, isPlain);
		if (fault !== null) throw fault;
		commits.push(isPlain ? [...names, "plain"] : names);
		return batches.map(({ payload }) => ({
			received: payload.alerts.length,
			created: 0,
			changed: 0,
		}));
	}, testPorts().log);
	return { queue, commits };
}

test("what comes in one turn shares a commit, up to 500 alerts or one more notification", async () => {
	const { queue, commits } = open();
	const outcomes = await Promise.all(
		["a", "b", "c", "d"].map((name) => queue.add(batch(250, name))),
	);
	expect(outcomes.map(({ received }) => received)).toEqual(Array(4).fill(250));
	expect(commits).toEqual([
		["a", "b"],
		["c", "d"],
	]);
	expect(queue.length).toBe(0);
});

test("more than 10,000 that wait are refused, but never the only one", async () => {
	const { queue } = open();
	const first = queue.add(batch(10_001));
	await expect(queue.add(batch(1))).rejects.toMatchObject({
		code: "UNAVAILABLE",
	});
	expect(await first).toMatchObject({ received: 10_001 });
	const whole = [queue.add(batch(9_999)), queue.add(batch(1))];
	await expect(queue.add(batch(1))).rejects.toMatchObject({
		code: "UNAVAILABLE",
	});
	await Promise.all(whole);
});

test("one that cannot be stored is refused alone, and what follows from it costs it nothing", async () => {
	const { queue, commits } = open((names, isPlain) =>
		names.includes("broken") || (names.includes("unruly") && !isPlain)
			? new Error("no")
			: null,
	);
	const outcomes = await Promise.allSettled(
		["good", "broken", "unruly"].map((name) => queue.add(batch(1, name))),
	);
	expect(outcomes.map(({ status }) => status)).toEqual([
		"fulfilled",
		"rejected",
		"fulfilled",
	]);
	expect(commits).toEqual([["good"], ["unruly", "plain"]]);
});

test("what the disk refuses is refused to all, and tried no more", async () => {
	let tries = 0;
	const { queue } = open(() => {
		tries++;
		return new EngineError("STORAGE_FULL");
	});
	const outcomes = await Promise.allSettled([
		queue.add(batch(1)),
		queue.add(batch(1)),
	]);
	expect(outcomes).toMatchObject([
		{ reason: { code: "STORAGE_FULL" } },
		{ reason: { code: "STORAGE_FULL" } },
	]);
	expect(tries).toBe(1);
});

test("closing stores all that waits, and takes nothing more", async () => {
	const { queue, commits } = open();
	const waiting = ["a", "b"].map((name) => queue.add(batch(500, name)));
	queue.close();
	expect(commits).toEqual([["a"], ["b"]]);
	await Promise.all(waiting);
	await expect(queue.add(batch(1))).rejects.toMatchObject({
		code: "UNAVAILABLE",
	});
});
