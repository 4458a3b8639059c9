// A job is seen by its tenant alone, from its start to its end; it ends once, as done,
// failed or cancelled, and tidies up whichever it was; what an engine left running is failed.
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Jobs } from "../../../src-main/engine/jobs/index.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

type Work = Parameters<Jobs["start"]>[1]["work"];

function open(folder = temporaryFolder(onTestFinished)) {
	let monotonic = 0;
	const ports = {
		...testPorts(),
		clock: { now: () => 1_000 + monotonic, monotonic: () => monotonic },
	};
	const store = openCommandStore(join(folder, "command.db"), ports);
	onTestFinished(() => store.close());
	const told: string[] = [];
	const tidied: string[] = [];
	const jobs = new Jobs({
		...ports,
		store,
		publish: (tenantKey, ids) => told.push(`${tenantKey} ${ids.join()}`),
	});
	return {
		jobs,
		told,
		tidied,
		pass: (millis: number) => {
			monotonic += millis;
		},
		start: (work: Work, tenantKey = 1) =>
			jobs.start(tenantKey, {
				kind: "import",
				title: "Import",
				work,
				afterwards: () => tidied.push("tidied"),
			}),
	};
}

const whenStopped: Work = ({ signal }) =>
	new Promise((_, reject) =>
		signal.addEventListener("abort", () => reject(signal.reason)),
	);

test("one that succeeds is done, one that throws has failed with what it said", async () => {
	const { jobs, start, tidied } = open();
	const good = start(async ({ update }) => update({ progress: 0.5 }));
	expect(await jobs.finished(1, good)).toMatchObject({
		state: "done",
		progress: 1,
		step: "Done",
		error: null,
		finishedAt: 1_000,
	});
	const bad = start(async ({ update }) => {
		update({ progress: 0.25, step: "Reading" });
		throw new Error("the file is gone");
	});
	expect(await jobs.finished(1, bad)).toMatchObject({
		state: "failed",
		progress: 0.25,
		step: "Reading",
		error: "the file is gone",
	});
	expect(tidied).toEqual(["tidied", "tidied"]);
	expect(jobs.list(1).map(({ jobId }) => jobId)).toEqual([bad, good]);
});

test("one that is cancelled ends so, tidied up, and another tenant cancels nothing", async () => {
	const { jobs, start, tidied } = open();
	const id = start(whenStopped);
	await expect(jobs.cancel(2, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
	expect(jobs.get(1, id).state).toBe("running");
	expect(await jobs.cancel(1, id)).toMatchObject({
		state: "cancelled",
		error: null,
	});
	expect(tidied).toEqual(["tidied"]);
});

test("it is its tenant's alone, while it runs and afterwards", async () => {
	const { jobs, start } = open();
	const id = start(whenStopped);
	expect(() => jobs.get(2, id)).toThrow("No such job");
	expect(jobs.list(2)).toEqual([]);
	await jobs.cancel(1, id);
	expect(() => jobs.get(2, id)).toThrow("No such job");
	expect(jobs.get(1, id).jobId).toBe(id);
});

test("progress is told at most every 100 ms, and the end always", async () => {
	const { jobs, start, told, pass } = open();
	pass(100);
	const id = start(async ({ update }) => {
		for (let step = 0; step < 10; step++) {
			update({ progress: step / 10 });
			pass(50);
		}
	});
	await jobs.finished(1, id);
	expect(told).toEqual(Array(6).fill(`1 ${id}`));
});

test("closing stops all that run", async () => {
	const { jobs, start } = open();
	const ids = [start(whenStopped), start(whenStopped, 2)];
	await jobs.close();
	expect([jobs.get(1, ids[0] ?? ""), jobs.get(2, ids[1] ?? "")]).toMatchObject([
		{ state: "cancelled" },
		{ state: "cancelled" },
	]);
});

test("what an engine left running has failed at the next start", () => {
	const folder = temporaryFolder(onTestFinished);
	const first = open(folder);
	const id = first.start(() => new Promise(() => {}));
	const { jobs } = open(folder);
	expect(jobs.get(1, id)).toMatchObject({
		state: "failed",
		error: expect.stringMatching(/^The engine stopped while this ran/),
	});
});
