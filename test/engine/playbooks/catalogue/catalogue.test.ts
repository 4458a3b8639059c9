// The catalogue reads two folders. A broken file is named with its line and leaves the others
// alone; one id means one playbook, and a user's never takes the place of a built-in one.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lintFiles } from "../../../../src-main/engine/playbooks/catalogue/index.ts";
import { catalogueOf, dataFolder } from "./written-catalogue.ts";

function written(id: string, more = ""): string {
	return `id: ${id}\nname: N\ndescription: D\nrisk: { level: low }\nsteps: [{ id: run, wait: { seconds: 1 } }]\n${more}`;
}

const ids = (catalogue: ReturnType<typeof catalogueOf>) =>
	catalogue.list().map(({ description }) => description.id);

test("a data folder without playbooks is fine", () => {
	const catalogue = catalogueOf({}, { withBuiltIn: true });
	rmSync(catalogue.folder, { recursive: true });
	catalogue.reload();
	expect(catalogue.faults()).toEqual([]);
	expect(ids(catalogue)).toContain("rerun_dbt");
});

test("broken files are faults with their lines, and the others work", () => {
	const catalogue = catalogueOf({
		"a-good.yaml": written("good"),
		"b-typo.yaml": written("typo", "stpes: []\n"),
		"c-broken.yml": "id: [",
		"d-latin.yaml": "id: \ud800",
		"notes.txt": "not a playbook",
	});
	writeFileSync(
		join(catalogue.folder, "e-bytes.yaml"),
		Buffer.from([0x69, 0xff, 0xfe]),
	);
	writeFileSync(
		join(catalogue.folder, "f-long.yaml"),
		`# ${"x".repeat(262_144)}`,
	);
	mkdirSync(join(catalogue.folder, "g-folder.yaml"));
	symlinkSync("/nowhere", join(catalogue.folder, "h-gone.yaml"));
	catalogue.reload();
	expect(ids(catalogue)).toEqual(["good"]);
	const told = catalogue
		.faults()
		.map(({ file, line, message }) => [
			file.slice(catalogue.folder.length + 1),
			line,
			message.slice(0, 40),
		]);
	expect(told).toEqual([
		["e-bytes.yaml", null, "is not UTF-8 text."],
		["f-long.yaml", null, "is over 256 KiB, too long for a playbook"],
		["g-folder.yaml", null, "is no file."],
		["h-gone.yaml", null, expect.stringContaining("cannot be read: ENOENT")],
		[
			"b-typo.yaml",
			6,
			expect.stringContaining("stpes is not known here; did you"),
		],
		["c-broken.yml", 1, expect.stringContaining("This is not YAML")],
		["d-latin.yaml", 1, expect.any(String)],
		...["name", "description", "steps", "risk"].map((key) => [
			"d-latin.yaml",
			1,
			expect.stringContaining(key),
		]),
	]);
});

test("a user's playbook never takes the place of a built-in one", () => {
	const catalogue = catalogueOf(
		{ "mine.yaml": written("clear_cache"), "other.yaml": written("other") },
		{ withBuiltIn: true },
	);
	expect(catalogue.find("clear_cache")?.description.origin).toBe("built_in");
	expect(catalogue.find("other")?.description.origin).toBe("user");
	const [fault, ...rest] = catalogue.faults();
	expect(rest).toEqual([]);
	expect(fault?.file).toBe(join(catalogue.folder, "mine.yaml"));
	expect(fault?.message).toMatch(
		/^the id "clear_cache" is also that of .*clear-cache\.yaml \(built in\); give this playbook another id\.$/,
	);
});

test("of two of a user's playbooks with one id neither is used", () => {
	const catalogue = catalogueOf({
		"a.yaml": written("same"),
		"b.yaml": written("same"),
		"c.yaml": written("other"),
	});
	expect(ids(catalogue)).toEqual(["other"]);
	expect(catalogue.faults().map(({ message }) => message)).toEqual([
		expect.stringContaining(join(catalogue.folder, "b.yaml")),
		expect.stringContaining(join(catalogue.folder, "a.yaml")),
	]);
});

test("reading again sees what was added, changed and removed", () => {
	const catalogue = catalogueOf({ "a.yaml": written("a") });
	const before = catalogue.find("a")?.contentHash;
	writeFileSync(join(catalogue.folder, "a.yaml"), `${written("a")}# more\n`);
	writeFileSync(join(catalogue.folder, "b.yaml"), written("b"));
	catalogue.reload();
	expect(ids(catalogue)).toEqual(["a", "b"]);
	expect(catalogue.find("a")?.contentHash).not.toBe(before);
	rmSync(join(catalogue.folder, "a.yaml"));
	catalogue.reload();
	expect(ids(catalogue)).toEqual(["b"]);
});

test("a fault of the connections is told beside those of playbooks", () => {
	const catalogue = catalogueOf({
		"a.yaml": written("a"),
		"connections.yaml": "search:\n  ulr: http://x\n",
	});
	expect(ids(catalogue)).toEqual(["a"]);
	const file = join(catalogue.folder, "connections.yaml");
	expect(catalogue.faults()).toEqual([
		{
			file,
			line: 1,
			message: "search: needs a url, or a program or directory.",
		},
		{
			file,
			line: 2,
			message: expect.stringContaining('did you mean "url"?'),
		},
	]);
});

test("a playbook suits the kinds and keys it is meant for", () => {
	const catalogue = catalogueOf({
		"a.yaml": written(
			"a",
			"suggested_for: { kinds: [budget], keys: [INV_*_x, planner:v1] }\n",
		),
	});
	const suits = (kind: string | null, key: string | null) =>
		catalogue.find("a")?.suits({ kind, key });
	expect(suits("budget", null)).toBe(true);
	expect(suits("planner", "planner:v1")).toBe(true);
	expect(suits(null, "INV_7_x")).toBe(true);
	expect(suits(null, "INV__x")).toBe(true);
	expect(suits(null, "INV_x")).toBe(false);
	expect(suits("planner", "planner:v12")).toBe(false);
	expect(suits(null, null)).toBe(false);
});

test("a check's condition is evaluated, and what it lacks is said", () => {
	const catalogue = catalogueOf({});
	const scope = {
		params: { n: 5, share: 2.5 },
		captured: { pct: 10, off: false },
		steps: { call: { status: 200, body: { list: [{ ok: true }] } } },
	};
	expect(catalogue.holds("captured.pct >= params.n", scope)).toBe(true);
	expect(catalogue.holds("captured.pct / 4 == params.share", scope)).toBe(true);
	expect(
		catalogue.holds("steps.call.body.list.all(item, item.ok)", scope),
	).toBe(true);
	expect(catalogue.holds("captured.off", scope)).toBe(false);
	expect(() => catalogue.holds("captured.share > 1", scope)).toThrow(
		/no such key: share/,
	);
	expect(() => catalogue.holds("captured.pct", scope)).toThrow(
		/must be true or false; it is 10/,
	);
	expect(() => catalogue.holds("captured.pct >", scope)).toThrow(/EOF/);
	expect(() => catalogue.holds("captured.__proto__ == 1", scope)).toThrow();
	expect(() => catalogue.holds("'x'.matches('(a+)+')", scope)).toThrow(
		/matches/,
	);
});

test("files are judged one by one, connections by their own rules", () => {
	const folder = join(
		dataFolder({
			"good.yaml": written("good"),
			"bad.yaml": written("Bad"),
			"connections.yaml": "x: {}\n",
		}),
		"playbooks",
	);
	const path = (name: string) => join(folder, name);
	const names = ["good.yaml", "bad.yaml", "connections.yaml", "none.yaml"];
	expect(lintFiles(names.map(path))).toEqual([
		{
			file: path("bad.yaml"),
			line: 1,
			message: "id: has a-z, 0-9 and _ only, and a letter first.",
		},
		{
			file: path("connections.yaml"),
			line: 1,
			message: "x: needs a url, or a program or directory.",
		},
		{
			file: path("none.yaml"),
			line: null,
			message: expect.stringContaining("cannot be read"),
		},
	]);
});
