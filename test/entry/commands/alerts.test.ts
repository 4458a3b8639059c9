// Alerts and their rules from the command line: what is listed is what the engine has, a
// file of rules is checked without an engine, and a preview changes nothing.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-rules-"));
const files = {
	good: join(folder, "good.yaml"),
	list: join(folder, "list.json"),
	bad: join(folder, "bad.yaml"),
	torn: join(folder, "torn.yaml"),
};

beforeAll(() => {
	writeFileSync(
		files.good,
		'name: Payments\nmatchers:\n  - { on: field, name: service, operator: "=", value: payments }\nopensFrom: 2\n',
	);
	writeFileSync(files.list, JSON.stringify([{ name: "One" }, { name: "Two" }]));
	writeFileSync(
		files.bad,
		'- name: Fine\n- name: ""\n  matchers:\n    - { on: label, name: a, operator: "=~", value: "(" }\n  opensfrom: 2\n',
	);
	writeFileSync(files.torn, "name: [unfinished");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function tocsin(...parameters: string[]) {
	const result = await runCli([...parameters, `--data-dir=${folder}/data`]);
	return {
		...result,
		json: () => JSON.parse(result.stdout) as Record<string, unknown>,
	};
}

describe("rules lint", () => {
	test("says that nothing is wrong", async () => {
		const { code, stdout } = await tocsin(
			"rules",
			"lint",
			files.good,
			files.list,
		);
		expect([code, stdout]).toEqual([0, "Nothing is wrong.\n"]);
	});

	test("says each fault with its place", async () => {
		const { code, stdout } = await tocsin(
			"rules",
			"lint",
			files.bad,
			files.torn,
			join(folder, "none.yaml"),
		);
		expect(code).toBe(1);
		expect(stdout).toContain(`${files.bad}: 1.name: `);
		expect(stdout).toContain(
			`${files.bad}: 1.matchers.0.value: not a usable regular expression`,
		);
		expect(stdout).toContain("opensfrom");
		expect(stdout).not.toContain(": 0.");
		expect(stdout).toContain(`${files.torn}: `);
		expect(stdout).toContain("none.yaml: ENOENT");
	});

	test("as JSON", async () => {
		const good = await tocsin("rules", "lint", "--json", files.good);
		expect(good.json()).toEqual({ faults: [] });
		const bad = await tocsin("rules", "lint", "--json", files.torn);
		expect(bad.code).toBe(1);
		expect(bad.json()).toEqual({
			faults: [{ file: files.torn, path: null, message: expect.any(String) }],
		});
	});
});

test("rules list shows the default of a new folder", async () => {
	const { code, json } = await tocsin("rules", "list", "--json");
	expect(code).toBe(0);
	expect(json()).toMatchObject({
		rules: [{ id: "default", isDefault: true, opensFrom: 3 }],
	});
	const text = await tocsin("rules", "list");
	expect(text.stdout).toMatch(/what is left +service +severity 3/);
});

test("rules preview says what each rule would have made", async () => {
	const { code, json } = await tocsin("rules", "preview", files.list, "--json");
	expect(code).toBe(0);
	expect(json()).toEqual({
		previews: ["One", "Two"].map((rule) => ({
			rule,
			alerts: 0,
			matched: 0,
			withoutIncident: 0,
			incidents: [],
			isCut: false,
		})),
	});
	const bad = await tocsin("rules", "preview", files.bad);
	expect([bad.code, bad.stdout]).toEqual([1, ""]);
	expect(bad.stderr).toContain("1.name");
});

test("alerts list shows none of a new folder, and says what it does not know", async () => {
	const none = await tocsin("alerts", "list", "--json", "--status=firing");
	expect([none.code, none.json()]).toEqual([0, { alerts: [], total: 0 }]);
	const other = await tocsin("alerts", "list", "--json", "--project=nowhere");
	expect(other.code).toBe(1);
	expect(other.stderr).toContain("There is no project nowhere. Projects: ");
	const limit = await tocsin("alerts", "list", "--limit=501");
	expect(limit.code).toBe(2);
	const status = await tocsin("alerts", "list", "--status=gone");
	expect([status.code, status.stderr]).toEqual([
		2,
		expect.stringContaining("firing, acknowledged, resolved"),
	]);
});

test.each([
	[["alerts", "list"], "--status"],
	[["rules", "list"], "--project"],
	[["rules", "lint"], "<files...>"],
	[["rules", "preview"], "--hours"],
])("%j has help", async (command, part) => {
	const { code, stdout } = await runCli([...command, "--help"]);
	expect(code).toBe(0);
	for (const each of [part, "--json", "--data-dir"]) {
		expect(stdout).toContain(each);
	}
});
