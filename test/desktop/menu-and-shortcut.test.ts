// The menu shows the inspector to developers only; keys that cannot be had are said, not fatal;
// settings that cannot be used are said, and the defaults stand.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { applicationMenu } from "../../src-main/desktop/application-menu.ts";
import { readDesktopArguments } from "../../src-main/desktop/desktop-arguments.ts";
import { readDesktopSettings } from "../../src-main/desktop/desktop-settings.ts";
import {
	registerShortcut,
	shortcutText,
} from "../../src-main/desktop/global-shortcut.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));
const standard = { globalShortcut: "CommandOrControl+Shift+T" };

test("the inspector is in the menu in development only", () => {
	const actions = { open() {}, quit() {} };
	for (const platform of ["darwin", "linux", "win32"] as const) {
		const text = (isDevelopment: boolean): string =>
			JSON.stringify(applicationMenu(platform, isDevelopment, actions));
		expect(text(false)).not.toMatch(/devtools/i);
		expect(text(true)).toMatch(/devtools/i);
		expect(text(false)).toContain("Quit Tocsin");
		expect(text(false)).toContain("editMenu");
	}
});

test("registers the keys", () => {
	let shown = 0;
	const registered = new Map<string, () => void>();
	const outcome = registerShortcut(
		{ register: (keys, callback) => Boolean(registered.set(keys, callback)) },
		"CommandOrControl+Shift+T",
		() => shown++,
	);
	registered.get("CommandOrControl+Shift+T")?.();
	expect([outcome.kind, shown]).toEqual(["registered", 1]);
	expect(shortcutText(outcome, "/s.json")).toBe(
		"Show with CommandOrControl+Shift+T",
	);
});

test("keys that are taken or unreadable are an outcome that says what to do", () => {
	const taken = registerShortcut({ register: () => false }, "A", () => {});
	const unreadable = registerShortcut(
		{
			register: () => {
				throw new TypeError("conversion failure");
			},
		},
		"Nonsense+Q",
		() => {},
	);
	expect([taken.kind, unreadable.kind]).toEqual(["unavailable", "unavailable"]);
	expect(shortcutText(unreadable, "/s.json")).toContain("/s.json");
	const off = registerShortcut({ register: () => true }, null, () => {});
	expect(off).toEqual({ kind: "off" });
});

test("settings: absent, good, off and broken", () => {
	const file = join(folder, "desktop-settings.json");
	const reasons: string[] = [];
	const read = () =>
		readDesktopSettings(file, (reason) => reasons.push(reason));
	expect(read()).toEqual(standard);
	writeFileSync(file, '{"globalShortcut":"Alt+Space"}');
	expect(read()).toEqual({ globalShortcut: "Alt+Space" });
	writeFileSync(file, '{"globalShortcut":null}');
	expect(read()).toEqual({ globalShortcut: null });
	expect(reasons).toEqual([]);
	for (const text of ["", "{", "[]", '{"globalShortcut":5}', '{"other":1}']) {
		writeFileSync(file, text);
		expect(read()).toEqual(standard);
	}
	expect(reasons).toHaveLength(5);
	expect(reasons[0]).toContain(file);
});

test("arguments: the flags of serve, with Chromium's left alone", () => {
	expect(readDesktopArguments(["--no-sandbox", "tocsin://incident/x"])).toEqual(
		{
			dataDir: undefined,
			port: 8000,
			copilotPort: 8580,
			eventsPort: 8505,
			rateLimitScale: 1,
		},
	);
	expect(
		readDesktopArguments([
			"--data-dir=/d",
			"--port",
			"0",
			"--copilot-port",
			"0",
			"--events-port=0",
			"--rate-limit-scale",
			"0",
		]),
	).toEqual({
		dataDir: "/d",
		port: 0,
		copilotPort: 0,
		eventsPort: 0,
		rateLimitScale: 0,
	});
});

test.each([
	["--port", "65536"],
	["--port", "x"],
	["--copilot-port", "1.5"],
	["--events-port", "1e3"],
	["--rate-limit-scale", "NaN"],
	["--data-dir", ""],
])("%s %s is refused by name", (flag, value) => {
	expect(() => readDesktopArguments([`${flag}=${value}`])).toThrow(flag);
});

test("a flag without its value is refused by name", () => {
	expect(() => readDesktopArguments(["--port"])).toThrow("--port");
});
