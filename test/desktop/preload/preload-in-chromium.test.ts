// The built preload in a real page: a call travels page -> preload -> IPC host -> relay ->
// worker thread and back, nothing but the four members of the bridge reaches the page, and
// the app's headers keep everything else out. Only Electron itself is stood in for.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Browser, chromium, type Page } from "playwright-core";
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	expect,
	test,
	vi,
} from "vitest";
import { EngineLink } from "../../../src-main/desktop/engine/engine-link.ts";
import { hostIpc, type IpcHost } from "../../../src-main/desktop/ipc-host.ts";
import { ownAddresses } from "../../../src-main/desktop/security/app-address.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { findBrowser } from "../../runner/find-browser.mjs";
import { FakeEmitter } from "../fake-emitter.ts";
import { FakeMessageChannelMain } from "../fake-ports.ts";
import { buildPage, buildPreload } from "./built-page.ts";
import type { DesktopPage } from "./page-contract.ts";
import { electronPage, origin } from "./page-electron.ts";

const id = "0198c0de-0000-7000-8000-00000000abcd";
const executablePath = findBrowser();
const missing = "no Chromium, Chrome or Edge: name one with TOCSIN_BROWSER";
if (executablePath === null) console.info(`Skipped: ${missing}`);

/** Electron turns on what Chromium has behind a flag: a port's `close` event. */
const closeEvent = "--enable-blink-features=MessagePortCloseEvent";

const folder = mkdtempSync(join(tmpdir(), "tocsin-preload-"));
const root = join(folder, "renderer");
let preload = "";
let browser: Browser | null = null;
beforeAll(async () => {
	preload = await buildPreload(folder);
	await buildPage(root);
	if (executablePath !== null)
		browser = await chromium.launch({ executablePath, args: [closeEvent] });
}, 60_000);
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true });
});

interface Stage {
	page: Page;
	worker: Worker;
	link: EngineLink;
	ipc: IpcHost;
	contents: Awaited<ReturnType<typeof electronPage>>["contents"];
	outside: string[];
	refused: string[];
}
let stage: Stage;

/** Runs one thing of the page's own. */
function inPage<Name extends "talk" | "outlive" | "pathOf" | "listen">(
	name: Name,
): Promise<Awaited<ReturnType<DesktopPage[Name]>>> {
	return stage.page.evaluate(
		(called) => Reflect.get(Reflect.get(globalThis, "page"), called)(),
		name,
	);
}

beforeEach(async (context) => {
	if (browser === null) {
		context.skip(missing);
		return;
	}
	const worker = new Worker(new URL("./contract-worker.ts", import.meta.url));
	const link = new EngineLink(() => worker, {
		ready() {},
		refused() {},
		openIncidents() {},
		criticalIncident() {},
		crashed() {},
	});
	link.start({
		kind: "start",
		engine: { dataDirectory: folder, version: "0.0.0" },
		listeners: null,
	});
	const ipcMain = new FakeEmitter();
	const refused: string[] = [];
	const ipc = hostIpc(ipcMain, FakeMessageChannelMain, {
		isOwnAddress: ownAddresses(null),
		connectUi: (port) => link.connectUi(port),
		refused: (channel, reason) => void refused.push(`${channel}: ${reason}`),
	});
	const page = await browser.newPage();
	const made = await electronPage(page, preload, root, ipcMain);
	stage = { page, worker, link, ipc, refused, ...made };
	await page.goto(`${origin}/`);
});
afterEach(async () => {
	if (browser === null) return;
	await stage?.page.close();
	await stage?.worker.terminate();
});

test("calls, coded errors and live events travel to the worker and back", async () => {
	expect(await inPage("talk")).toEqual({
		text: "drift \u{1f514}",
		time: 0,
		error: "No such incident.",
		ticks: [1, 2, 3],
	});
	expect(stage.refused).toEqual([]);
});

test("after a reload the page talks again on a new channel", async () => {
	await inPage("talk");
	await stage.page.reload();
	expect(await inPage("talk")).toMatchObject({ ticks: [1, 2, 3] });
	expect(stage.contents.ports).toHaveLength(2);
});

test("when the engine dies the page's channel closes, so that it can ask for another", async () => {
	await inPage("talk");
	const ended = inPage("outlive");
	await vi.waitFor(async () =>
		expect(await stage.page.title()).toBe("connected"),
	);
	await stage.worker.terminate();
	expect(await ended).toBe("The engine closed the channel.");
});

test("an incident to show reaches the page, also before it listens", async () => {
	const other = id.replace("abcd", "dcba");
	const seen = () => stage.page.evaluate("page.incidents");
	stage.ipc.openIncident(stage.contents, id);
	await inPage("talk");
	await inPage("listen");
	await vi.waitFor(async () => expect(await seen()).toEqual([id]));
	stage.ipc.openIncident(stage.contents, other);
	await vi.waitFor(async () => expect(await seen()).toEqual([id, other]));
});

test("the bridge has four members and gives a file's path", async () => {
	expect(await stage.page.evaluate("Object.keys(tocsin).sort()")).toEqual([
		"onOpenIncident",
		"pathOf",
		"platform",
		"requestPort",
	]);
	expect(await stage.page.evaluate("tocsin.platform")).toBe("linux");
	expect(await inPage("pathOf")).toBe("/home/a/events.csv");
	expect(await stage.page.evaluate("typeof require")).toBe("undefined");
});

test("the bridge passes no value on, and one that reaches the host is refused", async () => {
	await stage.page.evaluate("tocsin.requestPort({ path: '/etc/passwd' })");
	await vi.waitFor(() => expect(stage.contents.ports).toHaveLength(1));
	expect(stage.refused).toEqual([]);
	await stage.page.evaluate("sendToMain('tocsin:request-port', ['x'])");
	expect(stage.refused).toEqual(["tocsin:request-port: it carries values"]);
	expect(stage.contents.ports).toHaveLength(1);
});

test("the app's headers keep inline script, eval and everything from outside away", async () => {
	const ran = await stage.page.evaluate(async () => {
		const document = Reflect.get(globalThis, "document");
		const failed = (action: () => unknown) =>
			Promise.resolve()
				.then(action)
				.then(
					() => false,
					() => true,
				);
		return {
			inlineScript: document.documentElement.dataset.inlineScript ?? null,
			inlineHandler: document.body.dataset.inlineHandler ?? null,
			onError: document.body.dataset.onError ?? null,
			fetchFails: await failed(() => fetch("https://example.com/")),
		};
	});
	expect(ran).toEqual({
		inlineScript: null,
		inlineHandler: null,
		onError: null,
		fetchFails: true,
	});
	await stage.page.addScriptTag({ url: "/page.js", type: "module" });
	await expect(
		stage.page.addScriptTag({ url: "https://example.com/x.js" }),
	).rejects.toThrow();
	expect(stage.outside).toEqual([]);
	const nested = must(stage.page.frames()[0], "the main frame is there");
	expect(nested.childFrames().map((frame) => frame.url())).not.toContain(
		"https://example.com/frame",
	);
});
