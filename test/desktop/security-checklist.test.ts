// Electron's security checklist, item by item and under its own names, on the shell as it is
// started: every rule is there for every page, not for the one window somebody thought of.
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PageMessage } from "../../src-main/desktop/electron-parts.ts";
import { ipcChannels } from "../../src-main/desktop/ipc-channels.ts";
import { developmentServer } from "../../src-main/desktop/security/development.ts";
import { securePreferences } from "../../src-main/desktop/security/web-preferences.ts";
import { FakeContents } from "./fake-electron.ts";
import { FakeEvent } from "./fake-emitter.ts";
import { startedDesktop } from "./started-desktop.ts";

const root = join(import.meta.dirname, "../..");
let shell: Awaited<ReturnType<typeof startedDesktop>>;

beforeEach(async () => {
	shell = await startedDesktop();
});
afterEach(() => shell.close());

/** A page that was created by anything, not only by the main window. */
function anyPage(): FakeContents {
	const contents = new FakeContents();
	shell.electron.app.emit("web-contents-created", new FakeEvent(), contents);
	return contents;
}

function prevents(
	contents: FakeContents,
	name: string,
	url: string,
	isMainFrame = true,
): boolean {
	const event = Object.assign(new FakeEvent(), { url, isMainFrame });
	contents.emit(name, event);
	return event.defaultPrevented;
}

function preferences() {
	const options = shell.window().options.webPreferences;
	if (options === undefined) throw new Error("the window has no preferences");
	return options;
}

test("1. Only load secure content", () => {
	expect(shell.window().address).toBe("app://tocsin/");
	const { defaultSession } = shell.electron.session;
	expect(defaultSession.allows("app://tocsin/assets/index.js")).toBe(true);
	expect(defaultSession.allows("data:image/png;base64,AA==")).toBe(true);
	for (const address of [
		"http://example.com/",
		"https://example.com/beacon.png",
		"ws://127.0.0.1:8505/ws",
		"file:///etc/passwd",
		"ftp://example.com/",
		"app://tocsin.example.com/",
		"app://other/",
		"not an address",
	])
		expect([address, defaultSession.allows(address)]).toEqual([address, false]);
});

test("2. Do not enable Node.js integration for remote content", () => {
	expect(preferences()).toMatchObject({
		nodeIntegration: false,
		nodeIntegrationInWorker: false,
		nodeIntegrationInSubFrames: false,
	});
});

test("3. Enable context isolation in all renderers", () => {
	expect(preferences().contextIsolation).toBe(true);
});

test("4. Enable process sandboxing", () => {
	expect(preferences().sandbox).toBe(true);
	expect(shell.electron.app.calls).toContainEqual(["enableSandbox"]);
});

test("5. Handle session permission requests from remote content", () => {
	const { requestHandler, checkHandler, deviceHandler } =
		shell.electron.session.defaultSession;
	const permissions = [
		"media",
		"geolocation",
		"notifications",
		"clipboard-read",
		"fileSystem",
		"openExternal",
		"hid",
		"usb",
		"serial",
		"display-capture",
		"unknown",
	] as const;
	for (const permission of permissions) {
		let isGranted: boolean | null = null;
		requestHandler?.(
			null as never,
			permission,
			(granted) => {
				isGranted = granted;
			},
			{ isMainFrame: true, requestingUrl: "app://tocsin/" },
		);
		expect([permission, isGranted]).toEqual([permission, false]);
		expect(checkHandler?.(null, permission, "app://tocsin/", {} as never)).toBe(
			false,
		);
	}
	expect(deviceHandler?.({} as never)).toBe(false);
	const copy = "clipboard-sanitized-write";
	expect(checkHandler?.(null, copy, "app://tocsin/", {} as never)).toBe(true);
	expect(checkHandler?.(null, copy, "https://a.example/", {} as never)).toBe(
		false,
	);
});

test("6. Do not disable webSecurity", () => {
	expect(preferences().webSecurity).toBe(true);
});

test("7. Define a Content Security Policy", async () => {
	const answer = await shell.request("app://tocsin/");
	const policy = answer.headers.get("content-security-policy") ?? "";
	expect(policy.split("; ")).toEqual(
		expect.arrayContaining([
			"default-src 'none'",
			"script-src 'self'",
			"object-src 'none'",
			"base-uri 'none'",
			"frame-ancestors 'none'",
		]),
	);
	expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
	expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
	expect(shell.schemes[0]?.privileges?.bypassCSP).toBe(false);
});

test("8. Do not enable allowRunningInsecureContent", () => {
	expect(preferences().allowRunningInsecureContent).toBe(false);
});

test("9. Do not enable experimental features", () => {
	expect(preferences().experimentalFeatures).toBe(false);
});

test("10. Do not use enableBlinkFeatures", () => {
	expect(Object.keys(preferences())).not.toContain("enableBlinkFeatures");
});

test("11. Do not use allowpopups for WebViews", () => {
	expect(preferences().webviewTag).toBe(false);
});

test("12. Verify WebView options before creation", () => {
	const event = new FakeEvent();
	anyPage().emit("will-attach-webview", event, {}, { src: "app://tocsin/" });
	expect(event.defaultPrevented).toBe(true);
});

test("13. Disable or limit navigation", () => {
	const page = anyPage();
	for (const name of [
		"will-navigate",
		"will-frame-navigate",
		"will-redirect",
	]) {
		for (const address of [
			"https://example.com/",
			"file:///etc/passwd",
			"javascript:alert(1)",
			"data:text/html,x",
			"app://tocsin.example/",
			"app://tocsin@example.com/",
			"smb://host/share",
		])
			expect([name, address, prevents(page, name, address)]).toEqual([
				name,
				address,
				true,
			]);
		expect(prevents(page, name, "app://tocsin/", false)).toBe(true);
		expect(prevents(page, name, "app://tocsin/#/triage")).toBe(false);
	}
});

test("14. Disable or limit creation of new windows", () => {
	const page = anyPage();
	const answer = page.windowOpenHandler?.({
		url: "app://tocsin/",
	} as Electron.HandlerDetails);
	expect(answer).toEqual({ action: "deny" });
});

test("15. Do not use shell.openExternal with untrusted content", async () => {
	const page = anyPage();
	async function click(url: string, answer: number): Promise<void> {
		shell.answers.push(answer);
		page.windowOpenHandler?.({ url } as Electron.HandlerDetails);
		await new Promise((resolve) => setImmediate(resolve));
		shell.answers.length = 0;
	}
	for (const address of [
		"http://example.com/",
		"file:///etc/passwd",
		"javascript:alert(1)",
		"ms-msdt:/id",
		"smb://host/share",
		"https://bank.example@evil.example/",
		`https://example.com/${"a".repeat(3_000)}`,
		"https:",
	])
		await click(address, 1);
	expect(shell.asked).toEqual([]);
	await click("https://example.com/no", 0);
	await click("https://ex\u0430mple.com/yes", 1);
	expect(shell.asked.map((question) => question.detail)).toEqual([
		"https://example.com/no",
		"https://xn--exmple-4nf.com/yes",
	]);
	expect(shell.opened).toEqual(["https://xn--exmple-4nf.com/yes"]);
});

test("16. Use a current version of Electron", () => {
	const facts: unknown = JSON.parse(
		readFileSync(join(root, "package.json"), "utf8"),
	);
	expect(facts).toMatchObject({
		devDependencies: { electron: expect.stringMatching(/^(4[5-9]|[5-9]\d)\./) },
	});
});

test("17. Validate the sender of all IPC messages", () => {
	const window = shell.window();
	const { mainFrame } = window.webContents;
	function ask(event: Partial<PageMessage>, ...values: unknown[]): number {
		const before = window.webContents.ports.length;
		shell.electron.ipcMain.emit(
			ipcChannels.requestPort,
			{
				sender: window.webContents,
				senderFrame: mainFrame,
				ports: [],
				...event,
			},
			...values,
		);
		return window.webContents.ports.length - before;
	}
	expect(ask({ senderFrame: null })).toBe(0);
	expect(ask({ senderFrame: { url: "app://tocsin/", parent: null } })).toBe(0);
	expect(
		ask({ senderFrame: { url: "app://tocsin/", parent: mainFrame as never } }),
	).toBe(0);
	expect(ask({}, "a value")).toBe(0);
	expect(ask({ ports: [{}] })).toBe(0);
	expect(ask({})).toBe(1);
	window.webContents.mainFrame = { url: "https://example.com/", parent: null };
	expect(ask({ senderFrame: window.webContents.mainFrame })).toBe(0);
});

test("17. Only the IPC host listens to pages, and only to named channels", () => {
	const folder = join(root, "src-main");
	const listeners = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts"))
		.filter((name) =>
			/ipcMain\s*\.\s*(on|once|handle|handleOnce|addListener)\b/.test(
				readFileSync(join(folder, name), "utf8"),
			),
		);
	expect(listeners).toEqual(["desktop/ipc-host.ts"]);
	expect(Object.values(ipcChannels).sort()).toEqual([
		"tocsin:open-incident",
		"tocsin:port",
		"tocsin:request-port",
	]);
});

test("18. Avoid usage of the file:// protocol and prefer usage of custom protocols", async () => {
	expect(shell.schemes).toMatchObject([
		{
			scheme: "app",
			privileges: { standard: true, secure: true, supportFetchAPI: true },
		},
	]);
	const folder = await mkdtemp(join(tmpdir(), "tocsin-outside-"));
	try {
		await writeFile(join(folder, "secret.txt"), "secret");
		const answer = await shell.request(
			`app://tocsin/..%2f..%2f${folder}/secret.txt`,
		);
		expect(answer.status).toBe(404);
	} finally {
		await rm(folder, { recursive: true });
	}
});

test("19. Check which fuses you can change", () => {
	const fuses: unknown = JSON.parse(
		readFileSync(join(root, "resources/packaging/fuses.json"), "utf8"),
	);
	expect(fuses).toEqual({
		RunAsNode: false,
		EnableCookieEncryption: true,
		EnableNodeOptionsEnvironmentVariable: false,
		EnableNodeCliInspectArguments: false,
		EnableEmbeddedAsarIntegrityValidation: true,
		OnlyLoadAppFromAsar: true,
		LoadBrowserProcessSpecificV8Snapshot: false,
		GrantFileProtocolExtraPrivileges: false,
		WasmTrapHandlers: true,
	});
});

test("20. Do not expose Electron APIs to untrusted web content", () => {
	const preload = readFileSync(join(root, "src-main/preload/index.ts"), "utf8");
	const bridge = /const bridge: DesktopBridge = \{([\s\S]*?)\n\};/.exec(
		preload,
	);
	const names = bridge?.[1]?.match(/^\t(\w+)(?=[:(])/gm)?.map((n) => n.trim());
	expect(names).toEqual([
		"requestPort",
		"pathOf",
		"platform",
		"onOpenIncident",
	]);
	expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
	// Electron's own objects are called, never handed on.
	expect(preload).not.toMatch(/[:=(]\s*(ipcRenderer|webUtils)\s*[,;)}]/);
});

test("Certificate errors are denied and no client certificate is offered", () => {
	const event = new FakeEvent();
	let isTrusted: boolean | null = null;
	shell.electron.app.emit(
		"certificate-error",
		event,
		null,
		"https://example.com/",
		"net::ERR_CERT_AUTHORITY_INVALID",
		{},
		(answer: boolean) => {
			isTrusted = answer;
		},
	);
	expect([event.defaultPrevented, isTrusted]).toEqual([true, false]);
	const select = new FakeEvent();
	let offered: unknown[] | null = null;
	shell.electron.app.emit(
		"select-client-certificate",
		select,
		null,
		"https://example.com/",
		[{}],
		(...values: unknown[]) => {
			offered = values;
		},
	);
	expect([select.defaultPrevented, offered]).toEqual([true, []]);
});

test("The inspector exists in development only, and a packaged app is never in development", () => {
	expect(securePreferences("/p", false).devTools).toBe(false);
	expect(securePreferences("/p", true).devTools).toBe(true);
	const at = (url: string) => ({ ELECTRON_RENDERER_URL: url });
	expect(developmentServer(true, at("http://localhost:5173"))).toBeNull();
	expect(developmentServer(false, at("http://example.com/"))).toBeNull();
	expect(developmentServer(false, at("http://localhost.evil.com/"))).toBeNull();
	expect(developmentServer(false, {})).toBeNull();
	expect(developmentServer(false, at("http://localhost:5173"))).toBe(
		"http://localhost:5173/",
	);
});
