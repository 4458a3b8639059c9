// A listener maps codes to statuses: every code has one, and the disk's own failures
// arrive as codes.
import { expect, test } from "vitest";
import {
	asEngineError,
	EngineError,
	type EngineErrorCode,
	engineErrors,
} from "../../src-main/engine/errors.ts";

test("every code has a status of its kind and words", () => {
	for (const code of Object.keys(engineErrors) as EngineErrorCode[]) {
		const error = new EngineError(code);
		expect(error.status).toBe(engineErrors[code].status);
		expect(error.status).toBeGreaterThanOrEqual(400);
		expect(error.message).not.toBe("");
		expect(error.data).toEqual({});
	}
});

test.each([
	["SQLITE_FULL", "STORAGE_FULL"],
	["SQLITE_READONLY", "READ_ONLY"],
	["SQLITE_IOERR", "STORAGE_FAILED"],
	["SQLITE_IOERR_WRITE", "STORAGE_FAILED"],
])("%s becomes %s and keeps its cause", (code, expected) => {
	const cause = Object.assign(new Error("disk"), { code });
	expect(asEngineError(cause)).toMatchObject({ code: expected, cause });
});

test("anything else is answered as it came", () => {
	const others = [
		new Error("plain"),
		Object.assign(new Error("busy"), { code: "SQLITE_CONSTRAINT" }),
		Object.assign(new Error("odd"), { code: 5 }),
		new EngineError("GONE"),
		"text",
		null,
	];
	for (const other of others) expect(asEngineError(other)).toBe(other);
});
