// SIGTERM under load: what was answered is stored, what was not answered is not promised, and
// the process ends well within its five seconds.
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../entry/commands/run-cli.ts";
import { dataFolder, endAll, serve } from "../entry/commands/serving.ts";
import { ingest } from "./load.ts";
import { faults, storedIds } from "./stored-state.ts";

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

test("everything answered 2xx is stored, and the process ends with 0 within 5 s", async () => {
	const made = await runCli([
		"key",
		"create",
		"--name=load",
		"--json",
		`--data-dir=${folder.path}`,
	]);
	const { key } = JSON.parse(made.stdout) as { key: string };
	for (let round = 0; round < 3; round++) {
		const { ready, end } = await serve(folder.path, ["--rate-limit-scale=0"]);
		const load = ingest({ api: ready.api, key }, `t${round}`);
		await new Promise((resolve) => setTimeout(resolve, 400 + round * 200));
		const asked = performance.now();
		expect(await end("SIGTERM")).toBe(0);
		const millis = performance.now() - asked;
		await load.stop();
		const { ids, refused } = load.acknowledged;
		const stored = storedIds(folder.path, 0).ids;
		const unique = new Set(stored);
		expect({
			lost: [...ids].filter((id) => !unique.has(id)),
			doubled: stored.length - unique.size,
			otherwise: refused.filter((answer) => !answer.startsWith("503 ")),
			faults: faults(folder.path),
		}).toEqual({ lost: [], doubled: 0, otherwise: [], faults: [] });
		console.info(
			`${ids.size} acknowledged, ${refused.length} told 503, ended in ${Math.round(millis)} ms`,
		);
		expect(ids.size).toBeGreaterThan(0);
		expect(millis).toBeLessThan(5_000);
	}
}, 120_000);
