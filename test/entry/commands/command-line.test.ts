// Every command explains itself, and a command line that cannot be understood is one clear
// line on stderr, code 2, nothing on stdout but the JSON that was asked for, and no data
// folder made.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const commands = [
	"serve",
	"import",
	"assess",
	"monitor",
	"compare",
	"demo",
	"user add",
	"key create",
	"verify",
	"doctor",
];

test("the help lists every command", async () => {
	const { code, stdout, stderr } = await runCli(["--help"]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	for (const command of commands) {
		expect(stdout).toContain(command.split(" ")[0]);
	}
});

test.concurrent.each(commands)("%s has help", async (command) => {
	const { code, stdout } = await runCli([...command.split(" "), "--help"]);
	expect(code).toBe(0);
	expect(stdout).toContain(`Usage: tocsin ${command}`);
	expect(stdout).toContain("--json");
	expect(stdout).toContain("--data-dir");
});

test("serve offers the documented flags with their defaults", async () => {
	const { stdout } = await runCli(["serve", "--help"]);
	const text = stdout.replace(/\s+/g, " ");
	for (const [flag, value] of [
		["--port <number>", "8000"],
		["--copilot-port <number>", "8580"],
		["--events-port <number>", "8505"],
		["--host <address>", '"127.0.0.1"'],
		["--rate-limit-scale <number>", "1"],
	] as const) {
		expect(text).toContain(flag);
		expect(text).toContain(`(default: ${value})`);
	}
});

test.each([[], ["user"], ["key"]])(
	"without a whole command the help is shown: %j",
	async (...parameters) => {
		const { code, stdout, stderr } = await runCli(parameters);
		expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
		expect(stderr).toContain(`Usage: ${["tocsin", ...parameters].join(" ")}`);
	},
);

const folder = join(tmpdir(), `tocsin-never-made-${process.pid}`);

test.concurrent.each([
	[["frobnicate"], "frobnicate"],
	[["serve", "--port", "80000"], "--port"],
	[["serve", "--port", "-1"], "--port"],
	[["serve", "--port", "1e3"], "--port"],
	[["serve", "--port", ""], "--port"],
	[["serve", "--port", "9000", "--copilot-port", "9000"], "differ"],
	[["serve", "--rate-limit-scale", "-1"], "--rate-limit-scale"],
	[["serve", "--rate-limit-scale", "many"], "--rate-limit-scale"],
	[["serve", "extra"], "too many arguments"],
	[["import"], "files"],
	[["import", "a.csv", "--date-format", "yesterday"], "--date-format"],
	[["import", "a.csv", "--frob"], "--frob"],
	[["assess"], "model"],
	[["monitor", "m", "--set", "min_samples"], "min_samples"],
	[["monitor", "m", "--set", "min_samples=few"], "min_samples"],
	[["monitor", "m", "--set", "min_sample=5"], "min_sample"],
	[["assess", "m", "--as-of", "tomorrow"], "--as-of"],
	[["assess", "m", "--as-of", "2026-02-30"], "--as-of"],
	[["assess", "m", "--every", "5m"], "--every"],
	[["assess", "m", "--as-of", "2026-01-01", "--every", "1d"], "--as-of"],
	[["assess", "m", "--from", "2026-02-01", "--to", "2026-01-01"], "--from"],
	[["compare", "a.csv"], "current"],
	[["user", "add", "--email", "a@b.example"], "--name"],
	[
		["user", "add", "--email", "a@b.example", "--name", "A"],
		"--password-stdin",
	],
	[
		["user", "add", "--email", "a@b.example", "--name", "A", "--role", "king"],
		"--role",
	],
	[["key", "create"], "--name"],
] as const)("%j is refused with code 2", async (parameters, clue) => {
	const env = { TOCSIN_DATA_DIR: folder };
	const plain = await runCli(parameters, { env });
	expect(plain.code).toBe(2);
	expect(plain.stdout).toBe("");
	expect(plain.stderr).toMatch(/^tocsin: [^\n]+\n$/);
	expect(plain.stderr).toContain(clue);
	expect(existsSync(folder)).toBe(false);
	const json = await runCli([...parameters, "--json"], { env });
	expect(json.code).toBe(2);
	expect(JSON.parse(json.stdout)).toEqual({
		error: { code: "USAGE", message: expect.stringContaining(clue) },
	});
	expect(existsSync(folder)).toBe(false);
});

test("an address that others can reach needs to be meant", async () => {
	const { code, stderr } = await runCli(["serve", "--host", "0.0.0.0"], {
		env: { TOCSIN_DATA_DIR: folder },
	});
	expect(code).toBe(1);
	expect(stderr).toContain("--insecure-bind");
	expect(existsSync(folder)).toBe(false);
});
