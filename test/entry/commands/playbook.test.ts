// Playbooks on the command line: lint says file, line and what is wrong and fails; run shows
// the dry run before anything happens, asks or is told to, streams what is printed, and ends
// with a code that says how it went; all of it the same on a served data folder.
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { testPorts } from "../../engine/test-ports.ts";
import { runCli } from "./run-cli.ts";
import { dataFolder, endAll, type Served, serve } from "./serving.ts";

let folder: ReturnType<typeof dataFolder>;
beforeEach(() => {
	folder = dataFolder();
});
afterEach(() => {
	endAll();
	folder.remove();
});

const playbooks = () => join(folder.path, "playbooks");

function writePlaybook(name: string, text: string): string {
	mkdirSync(playbooks(), { recursive: true, mode: 0o700 });
	const file = join(playbooks(), name);
	writeFileSync(file, text, { mode: 0o600 });
	return file;
}

function tocsin(...parameters: string[]) {
	return runCli([...parameters, `--data-dir=${folder.path}`], {
		env: {
			PATH: [folder.path, dirname(process.execPath)].join(delimiter),
		},
	});
}

function sample(program: string, more = ""): string {
	return `id: sample
name: Sample
description: A sample
risk: { level: low }
parameters:
  type: object
  required: [names]
  properties:
    names: { type: array, items: { type: string } }
    count: { type: integer, default: 1 }
    on: { type: boolean, default: false }
approval: params.on
steps:
  - id: run
    command: { program: ${program}, args: [{ each: params.names }, { option: --count, value: params.count }] }
${more}`;
}

function installProgram(name: string, script: string): void {
	const path = join(folder.path, name);
	writeFileSync(path, `#!${process.execPath}\n${script}`);
	chmodSync(path, 0o755);
}

/** An incident made before the command line opens the folder. Answers its number. */
async function makeIncident(): Promise<string> {
	const engine = await createEngine(
		{ dataDirectory: folder.path, version: "test" },
		testPorts(Date.now()),
	);
	const incident = await engine.services.incidents.create(
		engine.identity.localPrincipal(),
		{ title: "Stale data", description: "", severity: 2, modelId: null },
	);
	await engine.close();
	return String(incident.number);
}

test("lint names file and line and fails; good files pass", async () => {
	const good = writePlaybook("good.yaml", sample("sample"));
	const bad = writePlaybook(
		"bad.yaml",
		sample("sample").replace("approval:", "aproval:"),
	);
	const both = await tocsin("playbook", "lint", good, bad);
	expect(both.code).toBe(1);
	expect(both.stdout).toMatch(
		/^\S*bad\.yaml:12: aproval is not known here; did you mean "approval"\? .*\n$/,
	);
	const alone = await tocsin("playbook", "lint", good);
	expect(alone).toMatchObject({ code: 0, stdout: "Nothing is wrong.\n" });
	// Without files the folders are looked through, where both have one id.
	const all = await tocsin("playbook", "lint", "--json");
	expect(all.code).toBe(1);
	expect(JSON.parse(all.stdout)).toMatchObject({
		faults: [{ file: bad, line: 12 }],
	});
});

test("the example of connections is printed, or put in its place once", async () => {
	const file = join(playbooks(), "connections.yaml");
	const shown = await tocsin("playbook", "connections");
	expect(shown.stdout).toContain("# elasticsearch:");
	expect(shown.stderr).toContain(file);
	expect(existsSync(file)).toBe(false);
	const written = await tocsin("playbook", "connections", "--write");
	expect(written.stdout).toBe(`${file}\n`);
	expect(readFileSync(file, "utf8")).toBe(shown.stdout);
	if (process.platform !== "win32") {
		expect(statSync(file).mode & 0o777).toBe(0o600);
	}
	const again = await tocsin("playbook", "connections", "--write");
	expect(again.code).toBe(1);
	expect((await tocsin("playbook", "lint")).code).toBe(0);
});

test("list and show tell what there is", async () => {
	writePlaybook("mine.yaml", sample("sample"));
	writePlaybook("broken.yaml", "id: [");
	const list = await tocsin("playbook", "list");
	expect(list.code).toBe(0);
	expect(list.stdout).toMatch(
		/^sample +Sample +action +low +params\.on .*yours$/m,
	);
	expect(list.stdout).toMatch(/^rerun_dbt .* built in$/m);
	expect(list.stderr).toContain("broken.yaml:1: This is not YAML");
	const show = await tocsin("playbook", "show", "sample");
	expect(show.stdout).toMatch(/^names +list of string +required/m);
	expect(show.stdout).toMatch(/^count +integer +1/m);
	const unknown = await tocsin("playbook", "show", "smaple");
	expect(unknown.code).toBe(1);
	expect(unknown.stderr).toContain("There is no playbook smaple");
});

describe.each(["at rest", "served"])("on a folder that is %s", (state) => {
	let served: Served | null = null;
	let incident = "";
	beforeEach(async () => {
		installProgram(
			"printer",
			"console.log(process.argv.slice(2).join('|')); console.error('to stderr\\u001b[2J');",
		);
		writePlaybook("sample.yaml", sample(join(folder.path, "printer")));
		incident = await makeIncident();
		if (state === "served") served = await serve(folder.path);
	});
	afterEach(async () => {
		await served?.end("SIGTERM");
		served = null;
	});

	const run = (...more: string[]) =>
		tocsin("playbook", "run", "sample", "--incident", incident, ...more);

	test("a run shows its dry run, streams its output and says how it ended", async () => {
		const dry = await run("--param", "names=a b", "--dry-run");
		expect(dry.code).toBe(0);
		expect(dry.stdout).toContain("'a b' --count 1");
		const unasked = await run("--param", "names=a");
		expect(unasked.code).toBe(2);
		expect(unasked.stderr).toContain("--yes says yes. Nothing was run.");
		const ran = await run(
			"--param",
			"names=a b",
			"--param",
			"names=c",
			"--param",
			"count=3",
			"--yes",
		);
		expect(ran.code).toBe(0);
		expect(ran.stdout).toContain("\na b|c|--count|3\n");
		expect(ran.stderr).toContain("to stderr[2J\n");
		expect(ran.stderr).toMatch(/#\d+ success: /);
	});

	test("wrong parameters are told with their places, and nothing is run", async () => {
		const wrong = await run(
			"--param",
			"names=-x",
			"--param",
			"count=many",
			"--param",
			"cuont=1",
			"--yes",
		);
		expect(wrong.code).toBe(1);
		expect(wrong.stderr).toContain('/names/0 begins with "-"');
		expect(wrong.stderr).toContain("/count must be integer");
		expect(wrong.stderr).toContain(
			'/cuont is not known; did you mean "count"?',
		);
		const json = await run("--json", "--yes");
		expect(JSON.parse(json.stdout).error.faults).toEqual([
			{ path: "/names", message: "is required" },
		]);
	});

	test("what needs an approval is run with one, and JSON is one value", async () => {
		const parameters = ["--param", "names=a", "--param", "on=true", "--json"];
		const unapproved = await run(...parameters, "--yes");
		expect(unapproved.code).toBe(2);
		expect(unapproved.stderr).toContain("--approve");
		const approved = await run(...parameters, "--approve");
		expect(approved.code).toBe(0);
		expect(JSON.parse(approved.stdout)).toMatchObject({
			status: "success",
			kind: "execution",
			requiresApproval: true,
			approval: { approverName: expect.any(String) },
		});
		expect(approved.stderr).toContain("a|--count|1\n");
	});
});

test("parameters come from a file too, and the exit code tells the outcome", async () => {
	installProgram("failer", "console.error('no'); process.exitCode = 7;");
	installProgram("sleeper", "setTimeout(() => {}, 60_000);");
	writePlaybook("sample.yaml", sample("failer"));
	writePlaybook(
		"slow.yaml",
		sample("sleeper")
			.replace("id: sample", "id: slow")
			.replace("command: {", "command: { timeout_seconds: 1,"),
	);
	const incident = await makeIncident();
	const file = join(folder.path, "params.json");
	writeFileSync(file, JSON.stringify({ names: ["x y", "z"], count: 2 }));
	const parameters = ["--incident", incident, "--params", file, "--yes"];
	const failed = await tocsin("playbook", "run", "sample", ...parameters);
	expect(failed.code).toBe(1);
	expect(failed.stderr).toContain("exit code 7");
	const late = await tocsin("playbook", "run", "slow", ...parameters);
	expect(late.code).toBe(124);
	const absent = await tocsin(
		"playbook",
		"run",
		"sample",
		"--incident=4711",
		"--params",
		file,
	);
	expect(absent.code).toBe(1);
	expect(absent.stderr).toContain("There is no incident 4711");
});

test("an execution is taken back by its number", async () => {
	installProgram(
		"writer",
		"require('node:fs').appendFileSync(process.argv[2], 'x');",
	);
	const file = join(folder.path, "written");
	writePlaybook(
		"sample.yaml",
		sample(
			"writer",
			`rollback:
  - id: again
    command: { program: writer, args: [{ each: params.names }] }
`,
		),
	);
	const incident = await makeIncident();
	const ran = await tocsin(
		"playbook",
		"run",
		"sample",
		"--incident",
		incident,
		"--param",
		`names=${file}`,
		"--yes",
		"--json",
	);
	const { number } = JSON.parse(ran.stdout);
	const back = await tocsin("playbook", "rollback", String(number), "--yes");
	expect(back.stderr).toMatch(/#\d+ success: /);
	expect(back.code).toBe(0);
	expect(readFileSync(file, "utf8")).toBe("xx");
	const twice = await tocsin("playbook", "rollback", String(number), "--yes");
	expect(twice.code).toBe(1);
	const cancel = await tocsin("playbook", "cancel", String(number));
	expect(cancel.code).toBe(1);
	expect(cancel.stderr).toContain("not running");
});
