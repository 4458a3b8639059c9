// The same by the commands a person types: import a reference, point the monitor at it,
// import what came after and its labels, and ask for the history.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "../entry/commands/run-cli.ts";
import { california, psiOfAnalysis, whyNotRun } from "./california.ts";

test("import, monitor, import, labels, assess", async ({ skip }) => {
	skip(whyNotRun !== null, whyNotRun ?? "");
	const folder = mkdtempSync(join(tmpdir(), "tocsin-california-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const run = async (...parameters: string[]) => {
		const { code, stdout, stderr } = await runCli([
			...parameters,
			"--json",
			`--data-dir=${folder}`,
		]);
		expect([parameters[0], code, stderr.includes("tocsin:")]).toEqual([
			parameters[0],
			0,
			false,
		]);
		return JSON.parse(stdout);
	};
	const model = "--model=california";
	expect(
		await run("import", california.reference, model, "--reference=reference"),
	).toMatchObject({ files: [{ accepted: 5_832, rejected: 0 }] });
	expect(
		await run(
			"monitor",
			"california",
			"--set=baseline_kind=reference",
			"--set=reference_set=reference",
			"--set=current_days=343",
		),
	).toMatchObject({ baseline_kind: "reference", current_days: 343 });
	expect(
		await run("import", california.analysis, model, "--no-assess"),
	).toMatchObject({ files: [{ accepted: 8_232, rejected: 0 }] });
	expect(
		await run("import", california.labels, model, "--labels"),
	).toMatchObject({ files: [{ accepted: 8_232, rejected: 0 }] });
	expect(await run("import", california.analysis, model)).toMatchObject({
		files: [{ accepted: 0, duplicates: 8_232 }],
	});

	const whole = await run("assess", "california", "--as-of=2022-05-10");
	expect(whole).toMatchObject({
		status: "critical",
		baseline_start: "2020-10-01T00:00:00Z",
		current_start: "2021-06-01T00:00:00Z",
		baseline_n: 5_832,
		current_n: 8_232,
	});
	expect(whole.psi_score).toBeCloseTo(psiOfAnalysis.score, 9);
	expect(whole.feature_psi.Latitude).toBeCloseTo(psiOfAnalysis.Latitude, 9);

	const { results } = await run(
		"assess",
		"california",
		"--from=2021-10-01",
		"--to=2021-12-01",
		"--every=4w",
	);
	expect(
		results.map((result: { as_of: string; status: string }) => [
			result.as_of.slice(0, 10),
			result.status,
		]),
	).toEqual([
		["2021-10-01", "critical"],
		["2021-10-29", "critical"],
		["2021-11-26", "critical"],
		["2021-12-01", "critical"],
	]);
}, 120_000);
