// The desktop as a person has it: Electron itself, the built app, a new data folder. Needs
// Electron's runtime, a display and a user other than root; says so where one is missing.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
	_electron,
	type ElectronApplication,
	expect,
	type Page,
	test,
} from "@playwright/test";

const checkout = resolve(import.meta.dirname, "../..");
const runtime = electronRuntime();
const missing = missingPart();

test.skip(missing !== null, `Desktop window: ${missing}`);
if (missing !== null)
	console.info(`Skipped desktop-window.spec.ts: ${missing}`);

let folder = "";
let app: ElectronApplication;
let window: Page;

test.beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "tocsin-window-"));
	app = await _electron.launch({
		executablePath: runtime ?? "",
		args: [
			checkout,
			"--data-dir",
			folder,
			"--port=0",
			"--copilot-port=0",
			"--events-port=0",
		],
	});
	window = await app.firstWindow();
});
test.afterEach(async () => {
	await app?.close();
	rmSync(folder, { recursive: true, force: true });
});

test("opens the war room at its own scheme, isolated, talking to the engine over the port", async () => {
	expect(window.url()).toMatch(/^app:\/\/tocsin\//);
	await expect(window.getByRole("navigation").first()).toBeVisible();
	expect(
		await window.evaluate(() => ({
			bridge: Object.keys(Reflect.get(globalThis, "tocsin")).sort(),
			hasRequire: "require" in globalThis,
			hasProcess: "process" in globalThis,
		})),
	).toEqual({
		bridge: ["onOpenIncident", "pathOf", "platform", "requestPort"],
		hasRequire: false,
		hasProcess: false,
	});
});

test("runs its page sandboxed, isolated and without Node", async () => {
	const preferences = await app.evaluate(({ BrowserWindow }) =>
		BrowserWindow.getAllWindows().map((shown) => {
			const read = Reflect.get(
				shown.webContents,
				"getLastWebPreferences",
			) as () => Record<string, unknown>;
			const { sandbox, contextIsolation, nodeIntegration, webSecurity } =
				read.call(shown.webContents);
			return { sandbox, contextIsolation, nodeIntegration, webSecurity };
		}),
	);
	expect(preferences).toEqual([
		{
			sandbox: true,
			contextIsolation: true,
			nodeIntegration: false,
			webSecurity: true,
		},
	]);
});

test("goes nowhere else and opens nothing", async () => {
	const before = window.url();
	await window.evaluate(() => {
		location.href = "https://example.com/";
	});
	expect(await window.evaluate(() => globalThis.open("app://tocsin/"))).toBe(
		null,
	);
	await expect.poll(() => window.url()).toBe(before);
	expect(app.windows()).toHaveLength(1);
});

test("a link from a second instance shows its incident in the first", async () => {
	const id = "0198c0de-0000-7000-8000-00000000abcd";
	await app.evaluate(
		({ app: running }, link) =>
			void running.emit("second-instance", {}, ["tocsin", link]),
		`tocsin://incident/${id}`,
	);
	await expect.poll(() => window.url()).toContain(id);
});

test("remembers its window in the data folder, and leaves a database that opens again", async () => {
	await app.evaluate(({ BrowserWindow }) =>
		BrowserWindow.getAllWindows()[0]?.setBounds({
			x: 40,
			y: 40,
			width: 1_100,
			height: 700,
		}),
	);
	await app.close();
	const remembered: unknown = JSON.parse(
		readFileSync(join(folder, "desktop", "window.json"), "utf8"),
	);
	expect(remembered).toMatchObject({ bounds: { width: 1_100, height: 700 } });
	expect(existsSync(join(folder, "command.db"))).toBe(true);
});

/** Electron's executable, or null where only its package is there. */
function electronRuntime(): string | null {
	const electron = join(checkout, "node_modules", "electron");
	try {
		const name = readFileSync(join(electron, "path.txt"), "utf8").trim();
		const path = join(electron, "dist", name);
		return existsSync(path) ? path : null;
	} catch {
		return null;
	}
}

function missingPart(): string | null {
	if (runtime === null)
		return "Electron's runtime is not installed (npx install-electron)";
	if (process.platform !== "linux") return null;
	if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
		return "there is no display";
	return process.getuid?.() === 0
		? "Electron's sandbox does not run as root"
		: null;
}
