// The log is JSON lines that a secret never reaches, wherever in a logged object it hides,
// in a file that only its owner can read and that does not grow without end.
import {
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLog } from "../../src-main/entry/engine-log.ts";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "tocsin-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("secrets are redacted at every depth that is logged", () => {
	const log = openLog(folder);
	const secret = "sk_live_hunter2";
	log.info(
		{
			password: secret,
			request: {
				headers: { authorization: secret, "x-api-key": secret, cookie: secret },
				token: secret,
			},
			user: { password: secret, name: "Ada" },
		},
		"signed in",
	);
	log.close();
	const text = readFileSync(join(folder, "logs/engine.log"), "utf8");
	expect(text).not.toContain(secret);
	expect(JSON.parse(text)).toMatchObject({
		msg: "signed in",
		user: { name: "Ada", password: "[redacted]" },
	});
});

test("only its owner can read the log", (context) => {
	if (process.platform === "win32") {
		context.skip(
			"Windows has no permission bits; the profile folder is closed",
		);
	}
	openLog(folder).close();
	const { mode } = statSync(join(folder, "logs/engine.log"));
	expect(mode & 0o077).toBe(0);
});

test("a large log is put aside at the next start", () => {
	openLog(folder).close();
	const path = join(folder, "logs/engine.log");
	truncateSync(path, 11 * 1024 * 1024);
	const log = openLog(folder);
	log.warn({ statement: "SELECT 1" }, "slow");
	log.close();
	expect(statSync(`${path}.1`).size).toBe(11 * 1024 * 1024);
	expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ msg: "slow" });
});
