// The arrows that must never be, as CONTRIBUTING.md draws them: every import of the
// project keeps them, every table is used by its owner alone, and the checks themselves
// find what is planted for them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFeatureCircles, findViolations } from "./arrows.ts";
import { checkout, parseSource, readSources } from "./source-file.ts";
import { findTableViolations, tableOwners, tablesOf } from "./table-owners.ts";

const sourceFolders = ["src-main", "src-renderer", "src-shared"];
const sources = readSources(sourceFolders);

test("the project has no forbidden arrow", () => {
	expect(findViolations(sources)).toEqual([]);
});

test("no features use each other in a circle", () => {
	expect(findFeatureCircles(sources)).toEqual([]);
	const planted = [
		["a", "b"],
		["b", "c"],
		["c", "b"],
		["a", "d"],
		["d", "c"],
	].map(([from, to]) =>
		parseSource(
			`src-renderer/features/${from}/x.ts`,
			`import type { X } from "../${to}/index.ts";`,
		),
	);
	expect(findFeatureCircles(planted)).toEqual(["b -> c -> b"]);
});

test("what runs in the engine and the shell is installed with the app", () => {
	const { dependencies } = JSON.parse(
		readFileSync(join(checkout, "package.json"), "utf8"),
	);
	const missing = sources
		.filter(({ path }) => path.startsWith("src-main/"))
		.flatMap((file) =>
			file.imports
				.filter(({ target, isPackage }) => isPackage && !isBuiltIn(target))
				.filter(({ target }) => !Object.hasOwn(dependencies, target))
				.map(({ target }) => `${file.path} -> ${target}`),
		);
	expect(missing).toEqual([]);
});

test("every table is used by its owner alone", () => {
	const engine = sources.filter(({ path }) => path.startsWith("src-main/"));
	expect(findTableViolations(engine)).toEqual([]);
	const made = new Set(
		engine
			.filter(({ path }) => path.includes("/migrations/"))
			.flatMap((file) => [...tablesOf(file)]),
	);
	expect(Object.keys(tableOwners).filter((table) => !made.has(table))).toEqual(
		[],
	);
});

test.each([
	["src-main/engine/drift/a.ts", "../../http/listen.ts"],
	["src-main/engine/drift/a.ts", "../../desktop/window.ts"],
	["src-main/engine/drift/a.ts", "../../entry/cli.ts"],
	["src-main/engine/drift/a.ts", "../../../src-renderer/app/app.tsx"],
	["src-main/engine/drift/a.ts", "electron"],
	["src-main/http/rpc/a.ts", "electron"],
	["src-main/engine/drift/a.ts", "../identity/access/member.ts"],
	["src-main/http/rpc/a.ts", "../../engine/identity/access/member.ts"],
	["src-main/entry/cli.ts", "electron"],
	["src-main/engine/drift/a.ts", "../incidents/transitions.ts"],
	["src-main/http/sentryml/a.ts", "../../engine/incidents/transitions.ts"],
	["src-main/http/sentryml/a.ts", "../copilot/b.ts"],
	["src-main/http/rpc/a.ts", "../sentryml/b.ts"],
	["src-shared/domain/a.ts", "../../src-main/engine/errors.ts"],
	["src-shared/domain/a.ts", "node:fs"],
	["src-shared/domain/a.ts", "zod"],
	["src-shared/contract/a.ts", "@orpc/server"],
	["src-renderer/app/a.ts", "../../src-main/engine/errors.ts"],
	["src-renderer/app/a.ts", "node:fs"],
	["src-renderer/app/a.ts", "electron"],
	["src-renderer/ground/a.ts", "../transport/channel.ts"],
	["src-renderer/ground/a.ts", "../components/section.tsx"],
	["src-renderer/ground/a.ts", "../state/selection.ts"],
	["src-renderer/ground/a.ts", "../features/triage/index.ts"],
	["src-renderer/ground/a.ts", "../app/app.tsx"],
	["src-renderer/transport/a.ts", "../state/selection.ts"],
	["src-renderer/transport/a.ts", "../components/section.tsx"],
	["src-renderer/components/charts/a.ts", "../../state/selection.ts"],
	["src-renderer/components/a.ts", "../transport/channel.ts"],
	["src-renderer/components/a.ts", "../features/triage/index.ts"],
	["src-renderer/components/a.ts", "../app/tokens.css"],
	["src-renderer/state/a.ts", "../components/section.tsx"],
	["src-renderer/state/a.ts", "../features/triage/index.ts"],
	["src-renderer/features/drift/a.ts", "../../app/app.tsx"],
	["src-renderer/features/drift/a.ts", "../triage/triage-page.tsx"],
	["src-renderer/features/drift/a.ts", "../triage/triage-page.module.css"],
	["src-renderer/features/drift/a.ts", "../triage/list/index.ts"],
	["src-renderer/app/a.ts", "../features/triage/triage-page.tsx"],
])("a planted import is found: %s -> %s", (path, request) => {
	for (const text of [
		`import { x } from "${request}";`,
		`import type { X } from "${request}";`,
		`export * from "${request}";`,
		`export async function f() { return await import("${request}"); }`,
		`import "${request}";`,
	]) {
		expect(findViolations([parseSource(path, text)])).toHaveLength(
			request === "electron" && path.startsWith("src-renderer") ? 2 : 1,
		);
	}
});

test.each([
	["src-main/engine/drift/a.ts", "../incidents/index.ts"],
	["src-main/engine/drift/a.ts", "../identity/access/index.ts"],
	["src-main/engine/drift/a.ts", "../errors.ts"],
	["src-main/engine/drift/a.ts", "./windows/b.ts"],
	["src-main/engine/drift/a.ts", "node:crypto"],
	["src-main/desktop/window/a.ts", "electron"],
	["src-main/entry/desktop.ts", "electron"],
	["src-main/http/sentryml/a.ts", "../errors.ts"],
	["src-shared/contract/a.ts", "zod"],
	["src-renderer/app/a.ts", "../../src-shared/domain/roles.ts"],
	["src-renderer/app/a.ts", "../features/triage/index.ts"],
	["src-renderer/app/a.ts", "../transport/desktop-bridge.ts"],
	["src-renderer/features/drift/a.ts", "../triage/index.ts"],
	["src-renderer/features/drift/a.ts", "./evidence/b.ts"],
	["src-renderer/features/drift/a.ts", "../../state/selection.ts"],
	["src-renderer/features/drift/a.ts", "../../components/section.module.css"],
	["src-renderer/state/a.ts", "../transport/channel.ts"],
	["src-renderer/transport/a.ts", "../ground/faults.ts"],
	["src-renderer/components/a.ts", "../ground/router.ts"],
])("an allowed import is left alone: %s -> %s", (path, request) => {
	const file = parseSource(path, `import { x } from "${request}";`);
	expect(findViolations([file])).toEqual([]);
});

test("the page takes types from the contract, and no schema", () => {
	const from = `from "../../src-shared/contract/index.ts";`;
	const broken = (text: string) =>
		findViolations([parseSource("src-renderer/app/a.ts", text)]).length;
	expect(broken(`import type { Job } ${from}`)).toBe(0);
	expect(broken(`import { type Job } ${from}`)).toBe(0);
	expect(broken(`import { contract } ${from}`)).toBe(1);
	expect(broken(`import { type Job, contract } ${from}`)).toBe(1);
});

test("a comment or a text is no import", () => {
	const file = parseSource(
		"src-main/engine/drift/a.ts",
		`// import "electron";\nexport const a = 'import "electron"';`,
	);
	expect(findViolations([file])).toEqual([]);
});

test.each([
	'db.prepare("SELECT a FROM incidents WHERE b = ?");',
	"db.prepare(`DELETE FROM incidents WHERE b = $".concat("{x}`);"),
	'db.prepare("UPDATE incidents SET a = 1");',
	'db.prepare("SELECT a FROM drift_results JOIN incidents USING (b)");',
	'sql.selectFrom("incidents").select("a");',
	'sql.selectFrom("incidents as i").select("a");',
	'sql.selectFrom(["drift_results", "incidents"]).select("a");',
	'sql.selectFrom("drift_results").innerJoin("incidents", "a", "b");',
	'sql.insertInto("incidents").values({});',
])("a foreign table is found in %s", (text) => {
	const file = parseSource("src-main/engine/drift/a.ts", text);
	expect(findTableViolations([file])).toEqual([
		{ from: file.path, table: "incidents", owner: "incidents" },
	]);
});

test("a table without an owner is found", () => {
	const file = parseSource(
		"src-main/engine/store/migrations/a.ts",
		"export const a = `CREATE TABLE nobodys (a INTEGER) STRICT`;",
	);
	expect(findTableViolations([file])).toEqual([
		{ from: file.path, table: "nobodys", owner: null },
	]);
});

test("a common table expression is no table", () => {
	const file = parseSource(
		"src-main/engine/drift/a.ts",
		'db.prepare("WITH recent AS (SELECT a FROM monitors) SELECT a FROM recent");',
	);
	expect(findTableViolations([file])).toEqual([]);
});

function isBuiltIn(name: string): boolean {
	return name.startsWith("node:") || name === "electron";
}
