// An execution runs what was dry-run: each step between its intent and its outcome, the next
// one only after the success of the one before. What it prints is kept, capped and without
// secrets. Every stage is in the incident's timeline, its end in the durable feed.

import { expect, test } from "vitest";
import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import type { ResolvedStep } from "../../../../src-main/engine/playbooks/definition.ts";
import { acme, openBench } from "./playbooks-bench.ts";
import { coded, dryRun, run } from "./runs.ts";
import { check, command, http, script, wait } from "./small-catalogue.ts";

test("steps run in their order, each with its outcome, and the timeline and the feed tell of it", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const { id, incidentId, hash } = dryRun(bench, [
		script("console.log('one'); console.error('two')", { id: "first" }),
		wait(0, { id: "second" }),
		check("true", { id: "third", phase: "verification" }),
	]);
	const { action: begun, ended } = await bench.playbooks.execute(linus, {
		dryRunId: id,
	});
	expect(begun).toMatchObject({ number: 2, status: "running", dryRunId: id });
	expect(begun.steps.map(({ status }) => status)).toEqual([
		"running",
		"pending",
		"pending",
	]);
	const action = await ended;
	expect(action).toMatchObject({
		kind: "execution",
		status: "success",
		message: "Successfully ran fix",
		hash,
		approval: null,
		author: { name: "Linus" },
		survivingProcess: null,
		actualDurationSeconds: expect.any(Number),
		startedAt: expect.any(Number),
		completedAt: expect.any(Number),
	});
	expect(
		action.steps.map(({ id, status, exitCode, fault }) => [
			id,
			status,
			exitCode,
			fault,
		]),
	).toEqual([
		["first", "success", 0, null],
		["second", "success", null, null],
		["third", "success", null, null],
	]);
	expect(bench.playbooks.output(linus, action.id)).toEqual({
		isCapped: false,
		chunks: expect.arrayContaining([
			expect.objectContaining({
				stepId: "first",
				stream: "stdout",
				text: "one\n",
			}),
			expect.objectContaining({
				stepId: "first",
				stream: "stderr",
				text: "two\n",
			}),
		]),
	});
	expect(bench.story(incidentId)).toEqual([
		expect.stringMatching(/^Playbook FIX \(#2\) started: a script/),
		"Playbook FIX (#2): Successfully ran fix",
	]);
	expect(
		bench.incidents.verify(Sight.ofTenant(acme.key), incidentId).intact,
	).toBe(true);
	expect(bench.feed()).toEqual([
		{
			incidentId,
			incidentNumber: 1,
			actionId: action.id,
			actionNumber: 2,
			actionType: "fix",
			kind: "execution",
			status: "success",
		},
	]);
	expect(
		bench.published.filter(({ change }) => change.kind === "actions"),
	).toContainEqual({
		tenant: acme.key,
		change: {
			kind: "actions",
			actionIds: [action.id],
			incidentIds: [incidentId],
		},
	});
});

test("after a step that fails nothing more is started", async () => {
	const bench = openBench();
	const { action } = await run(bench, [
		script("process.exit(0)", { id: "a" }),
		script("process.exit(3)", { id: "b" }),
		script("process.exit(0)", { id: "c" }),
		check("true", { id: "d", phase: "verification" }),
	]);
	expect(action).toMatchObject({
		status: "failed",
		message: expect.stringMatching(
			/^Step 2 of 4 \(b\) failed\. .* ended with exit code 3/,
		),
	});
	expect(action.steps.map(({ status }) => status)).toEqual([
		"success",
		"failed",
		"skipped",
		"skipped",
	]);
	expect(action.steps[1]?.exitCode).toBe(3);
});

test.each<[string, ResolvedStep, RegExp]>([
	[
		"an absent program",
		command("no-such-program"),
		/no-such-program is not installed or not on PATH \(looked in \//,
	],
	["an absent path", command("/nowhere/dbt"), /\/nowhere\/dbt is not there/],
	["a file that is no program", command("/etc/passwd"), /may not be executed/],
	[
		"an absent working folder",
		script("", { workingDirectory: "/nowhere" }),
		/working folder \/nowhere is not there/,
	],
	["a NUL", command("/bin/echo", ["a\0b"]), /holds a NUL/],
	[
		"more than a program is given",
		command("/bin/echo", ["x".repeat(1_000_000)]),
		/longer than this system passes/,
	],
	[
		"a signal",
		script("process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 9000)"),
		/was ended by SIGSEGV/,
	],
	["another exit code", script("process.exit(1)"), /exit code 1/],
	["a check that does not hold", check("false"), /false does not hold/],
	[
		"a check that cannot be read",
		check("1 +"),
		/could not be made: cannot read/,
	],
	[
		"nobody at the address",
		http("http://127.0.0.1:1/"),
		/Nothing answers at http:\/\/127.0.0.1:1: is it running\?/,
	],
	[
		"a connection with nobody at its address",
		http("http://127.0.0.1:1/", { connection: "es" }),
		/Nothing answers at .* \(connection `es`\)/,
	],
	[
		"a connection that is not set up",
		http("http://127.0.0.1:1/", { connection: "none" }),
		/connection `none` is not set up/,
	],
	[
		"a host that is not allowed",
		http("http://127.0.0.1:1/", { allowedHosts: ["example.org"] }),
		/not among the hosts/,
	],
	[
		"a private address that is not allowed",
		http("http://127.0.0.1:1/", { allowPrivate: false }),
		/127\.0\.0\.1/,
	],
])("%s is a failure that says what to do", async (_, step, fault) => {
	const bench = openBench();
	bench.catalogue.headers = { es: { authorization: "Basic eA==" } };
	const { action } = await run(bench, [step]);
	expect(action.status).toBe("failed");
	expect(action.steps[0]?.fault).toMatch(fault);
	expect(action.message).toMatch(fault);
});

test("declared exit codes are a success", async () => {
	const bench = openBench();
	const { action } = await run(bench, [
		script("process.exit(2)", { successExitCodes: [0, 2] }),
	]);
	expect(action).toMatchObject({ status: "success", steps: [{ exitCode: 2 }] });
});

test("arguments reach the program as they are, whatever a shell would make of them", async () => {
	const bench = openBench();
	const hostile = [
		"a b",
		"it's",
		'"',
		"; touch /tmp/x",
		"$(id)",
		"`id`",
		"-rf",
		"--",
		"*",
		"~",
		"\n",
		"\\",
		"",
		"＄（ｉｄ）",
		"\u202e",
		"😀",
	];
	const { stdout } = await run(bench, [
		command(process.execPath, [
			"-e",
			"console.log(JSON.stringify(process.argv.slice(1)))",
			"--",
			...hostile,
		]),
	]);
	expect(JSON.parse(stdout)).toEqual(hostile);
});

test("a program gets four variables, those its step names, and its action's id; a folder of its own; and nothing to read", async () => {
	process.env.TOCSIN_TEST_NAMED = "named";
	process.env.TOCSIN_TEST_OTHER = "other";
	const bench = openBench();
	const { action, stdout } = await run(bench, [
		script(
			`process.stdin.on("data", () => {}).on("end", () => console.log(JSON.stringify({
				names: Object.keys(process.env), folder: process.cwd(), named: process.env.TOCSIN_TEST_NAMED })))`,
			{ environment: ["TOCSIN_TEST_NAMED"] },
		),
	]);
	const seen = JSON.parse(stdout) as { names: string[]; folder: string };
	expect(seen).toMatchObject({
		folder: `${bench.folder}/playbooks/work`,
		named: "named",
	});
	const allowed = [
		"PATH",
		"HOME",
		"LANG",
		"TZ",
		"TOCSIN_TEST_NAMED",
		"TOCSIN_ACTION",
	];
	expect(seen.names.filter((name) => !allowed.includes(name))).toEqual([]);
	expect(action.status).toBe("success");
});

test("characters and secrets that the pipe cuts in two come out whole and hidden", async () => {
	const bench = openBench();
	bench.catalogue.secretTexts = ["sesame-öffne-dich"];
	const { stdout } = await run(bench, [
		script(`
			const bytes = Buffer.from("before sesame-öffne-dich after 😀 sesame-öff\\n");
			let at = 0;
			const next = () => {
				if (at === bytes.length) return;
				process.stdout.write(bytes.subarray(at, ++at), () => setTimeout(next, 2));
			};
			next();`),
	]);
	expect(stdout).toBe("before *** after 😀 sesame-öff\n");
});

test("output is kept up to 1 MiB, and the program goes on", async () => {
	const bench = openBench();
	const { action, chunks, notes, stdout } = await run(bench, [
		script(
			"for (let i = 0; i < 300; i++) require('fs').writeSync(1, 'x'.repeat(9999) + '\\n')",
		),
	]);
	expect(action.status).toBe("success");
	expect(stdout.length).toBe(1024 * 1024);
	expect(notes).toMatch(/More than 1 MiB was printed/);
	expect(bench.playbooks.output(bench.as("vera"), action.id)).toMatchObject({
		isCapped: true,
	});
	expect(chunks.map(({ sequence }) => sequence)).toEqual(
		chunks.map((_, index) => index + 1),
	);
	const later = chunks.at(-3)?.sequence ?? 0;
	expect(
		bench.playbooks.output(bench.as("vera"), action.id, later, 2).chunks,
	).toHaveLength(2);
});

test("output is there while the program runs", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const { id } = dryRun(bench, [
		script("console.log('working'); setTimeout(() => {}, 60000)"),
	]);
	const { action, ended } = await bench.playbooks.execute(linus, {
		dryRunId: id,
	});
	await expect
		.poll(() => bench.playbooks.output(linus, action.id).chunks, {
			timeout: 10_000,
		})
		.toMatchObject([{ text: "working\n", stream: "stdout" }]);
	expect(await bench.playbooks.cancel(linus, action.id)).toMatchObject({
		status: "cancelled",
		message: expect.stringMatching(
			/^Cancelled by Linus, in step 1 of 1 \(run\)/,
		),
	});
	await ended;
	await expect(bench.playbooks.cancel(linus, action.id)).rejects.toThrowError(
		coded("CONFLICT", { status: "cancelled" }),
	);
});

test("pages of actions follow each other and count all that match", async () => {
	const bench = openBench();
	const linus = bench.as("linus");
	const incidentId = bench.incident();
	for (let index = 0; index < 5; index++)
		dryRun(bench, [wait(0)], {}, incidentId);
	const { id } = dryRun(bench, [wait(0)], {}, incidentId);
	await (await bench.playbooks.execute(linus, { dryRunId: id })).ended;
	dryRun(bench, [wait(0)]);
	const numbers = (filter: Parameters<typeof bench.playbooks.actions>[1]) => {
		const { items, total } = bench.playbooks.actions(linus, filter);
		return [items.map(({ number }) => number), total];
	};
	expect(numbers({ limit: 3 })).toEqual([[8, 7, 6], 8]);
	expect(numbers({ limit: 3, before: 6 })).toEqual([[5, 4, 3], 8]);
	expect(numbers({ incidentId, kinds: ["execution"] })).toEqual([[7], 1]);
	expect(numbers({ incidentId, limit: 2 })).toEqual([[7, 6], 7]);
});
