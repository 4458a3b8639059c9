// One engine works on a data folder at a time. The lock holds between processes and
// between threads, names its holder, and is gone when the holder is, however it ended.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataFolderInUse } from "../../src-main/entry/data-folder/data-folder-in-use.ts";
import {
	readDiscovery,
	removeDiscovery,
	writeDiscovery,
} from "../../src-main/entry/data-folder/discovery.ts";
import {
	acquireEngineLock,
	lockHolder,
} from "../../src-main/entry/data-folder/engine-lock.ts";

let folder: string;
let holder: ChildProcess | null = null;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "tocsin-lock-"));
});
afterEach(() => {
	holder?.kill("SIGKILL");
	holder = null;
	rmSync(folder, { recursive: true, force: true });
});

test("a second engine is refused and told the first one's process", () => {
	const lock = acquireEngineLock(folder);
	writeDiscovery(folder, {
		pid: process.pid,
		startedAt: 1,
		api: null,
		token: null,
	});
	expect(() => acquireEngineLock(folder)).toThrow(DataFolderInUse);
	expect(() => acquireEngineLock(folder)).toThrow(`process ${process.pid}`);
	expect(lockHolder(folder)).toEqual({ pid: process.pid });
	lock.release();
	expect(lockHolder(folder)).toBeNull();
	acquireEngineLock(folder).release();
});

test("a killed holder leaves the folder free", async () => {
	const pid = await holdInAnotherProcess();
	expect(() => acquireEngineLock(folder)).toThrow(`process ${pid}`);
	const gone = new Promise((resolve) => holder?.once("exit", resolve));
	holder?.kill("SIGKILL");
	await gone;
	expect(readDiscovery(folder)?.pid).toBe(pid);
	expect(lockHolder(folder)).toBeNull();
	acquireEngineLock(folder).release();
});

test("a left-over discovery file does not name a process that is not the holder", () => {
	const lock = acquireEngineLock(folder);
	// Process numbers end far below this on every platform.
	const facts = { pid: 2 ** 31 - 1, startedAt: 1, api: null, token: null };
	writeDiscovery(folder, facts);
	expect(lockHolder(folder)).toEqual({ pid: null });
	expect(() => acquireEngineLock(folder)).toThrow("another process");
	lock.release();
});

test("the discovery file appears whole and can be damaged without harm", () => {
	const facts = {
		pid: 7,
		startedAt: 1,
		api: "http://127.0.0.1:8000",
		token: "t",
	};
	expect(readDiscovery(folder)).toBeNull();
	writeDiscovery(folder, facts);
	expect(readDiscovery(folder)).toEqual(facts);
	expect(readdirSync(folder)).toEqual(["engine.json"]);
	for (const text of ["", "{", "null", '{"pid":"x"}', '{"pid":-1}']) {
		writeFileSync(join(folder, "engine.json"), text);
		expect(readDiscovery(folder)).toBeNull();
	}
	removeDiscovery(folder);
	removeDiscovery(folder);
	expect(readDiscovery(folder)).toBeNull();
});

async function holdInAnotherProcess(): Promise<number> {
	const address = (file: string) =>
		pathToFileURL(
			join(import.meta.dirname, "../../src-main/entry/data-folder", file),
		);
	const child = spawn(
		process.execPath,
		[
			"--input-type=module",
			"--eval",
			`import { acquireEngineLock } from "${address("engine-lock.ts")}";
			import { writeDiscovery } from "${address("discovery.ts")}";
			const folder = ${JSON.stringify(folder)};
			globalThis.lock = acquireEngineLock(folder);
			writeDiscovery(folder, { pid: process.pid, startedAt: 1, api: null, token: null });
			console.log("held");
			setInterval(() => {}, 1000);`,
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	holder = child;
	await new Promise((resolve) => child.stdout?.once("data", resolve));
	return child.pid ?? 0;
}
