// The data folder is the same for the desktop and the command line, always absolute, and
// follows each platform's own convention.
import { isAbsolute, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { dataDirectory } from "../../src-main/entry/data-directory.ts";

test("a named folder wins over the environment, the environment over the default", () => {
	const environment = { TOCSIN_DATA_DIR: "/data/from-environment" };
	expect(dataDirectory("/data/named", environment, "linux", "/home/a")).toBe(
		"/data/named",
	);
	expect(dataDirectory(undefined, environment, "linux", "/home/a")).toBe(
		"/data/from-environment",
	);
	expect(dataDirectory("", {}, "linux", "/home/a")).toBe(
		"/home/a/.local/share/tocsin",
	);
});

test("a relative name is resolved against the working directory", () => {
	const named = dataDirectory("here", {}, "linux", "/home/a");
	expect(named).toBe(resolve("here"));
	expect(isAbsolute(named)).toBe(true);
});

test("each platform's own folder", () => {
	expect(dataDirectory(undefined, {}, "darwin", "/Users/a")).toBe(
		"/Users/a/Library/Application Support/Tocsin",
	);
	expect(
		dataDirectory(undefined, { LOCALAPPDATA: "C:\\L" }, "win32", "C:\\a"),
	).toBe(join("C:\\L", "Tocsin"));
	expect(
		dataDirectory(undefined, { XDG_DATA_HOME: "/x" }, "linux", "/home/a"),
	).toBe("/x/tocsin");
	expect(
		dataDirectory(undefined, { XDG_DATA_HOME: "x" }, "linux", "/home/a"),
	).toBe("/home/a/.local/share/tocsin");
});
