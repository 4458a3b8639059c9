// The shell as a whole, on a fake Electron with an engine in a real worker thread: what a
// person does outside the window, and what they are told.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ipcChannels } from "../../src-main/desktop/ipc-channels.ts";
import { must } from "../../src-shared/domain/must.ts";
import { FakeNotification, FakeTray, FakeWindow } from "./fake-electron.ts";
import { FakeEvent } from "./fake-emitter.ts";
import { FakePagePort } from "./fake-ports.ts";
import { refusingEngine } from "./scripted-engine.ts";
import { startedDesktop } from "./started-desktop.ts";

const id = "0198c0de-0000-7000-8000-00000000abcd";
type Shell = Awaited<ReturnType<typeof startedDesktop>>;

/** What the page's preload does when the page asks for a port. */
function connectPage(shell: Shell): FakePagePort {
	const { webContents } = shell.window();
	shell.electron.ipcMain.emit(ipcChannels.requestPort, {
		sender: webContents,
		senderFrame: webContents.mainFrame,
		ports: [],
	});
	const port = webContents.ports.at(-1);
	if (!(port instanceof FakePagePort)) throw new Error("no port came");
	port.start();
	return port;
}

function trayReady(): Promise<unknown> {
	return vi.waitFor(() =>
		expect(FakeTray.last?.toolTip).toBe("Tocsin: no open incidents"),
	);
}

test("opens the window, starts the engine, and keeps Chromium's files in the data folder", async () => {
	const shell = await startedDesktop();
	await trayReady();
	expect(shell.electron.app.calls).toContainEqual([
		"setPath",
		"userData",
		join(shell.folder, "desktop"),
	]);
	expect([...shell.shortcuts.keys()]).toEqual(["CommandOrControl+Shift+T"]);
	const port = connectPage(shell);
	const answer = new Promise((resolve) => port.on("message", resolve));
	port.postMessage({ id: 1, input: "x" });
	expect(await answer).toMatchObject({
		data: { id: 1, output: { echoed: "x" } },
	});
	shell.window().close();
	expect(existsSync(join(shell.folder, "desktop", "window.json"))).toBe(true);
	await shell.close();
});

test("a new critical incident is counted and notified; a click shows it in the page", async () => {
	const shell = await startedDesktop();
	const port = connectPage(shell);
	port.postMessage({
		critical: { id, number: 9, title: "Fraud model drifts" },
	});
	await vi.waitFor(() => expect(FakeNotification.shown).toHaveLength(1));
	expect(FakeTray.last?.toolTip).toBe("Tocsin: 3 open incidents, 1 critical");
	expect(shell.electron.app.badge).toBe(3);
	FakeNotification.shown[0]?.emit("click");
	await vi.waitFor(() =>
		expect(shell.window().webContents.sent.at(-1)).toEqual([
			ipcChannels.openIncident,
			id,
		]),
	);
	await shell.close();
});

test("a link it was started with waits for the page", async () => {
	const shell = await startedDesktop({
		arguments: ["/opt/tocsin", `tocsin://incident/${id}`],
	});
	expect(shell.window().webContents.sent).toEqual([]);
	connectPage(shell);
	expect(shell.window().webContents.sent).toContainEqual([
		ipcChannels.openIncident,
		id,
	]);
	await shell.close();
});

test("a link of macOS that comes before the app is ready is kept", async () => {
	const shell = await startedDesktop({
		beforeReady: ({ electron }) =>
			electron.app.emit("open-url", new FakeEvent(), `tocsin://incident/${id}`),
	});
	expect(FakeWindow.opened).toHaveLength(1);
	connectPage(shell);
	expect(shell.window().webContents.sent).toContainEqual([
		ipcChannels.openIncident,
		id,
	]);
	await shell.close();
});

test("a second instance brings the window back, with its link", async () => {
	const shell = await startedDesktop();
	connectPage(shell);
	shell.window().isSmall = true;
	shell.electron.app.emit("second-instance", new FakeEvent(), [
		"/opt/tocsin",
		`tocsin://incident/${id}`,
	]);
	await vi.waitFor(() =>
		expect(shell.window().webContents.sent.at(-1)?.[1]).toBe(id),
	);
	expect(shell.window().calls.slice(0, 3)).toEqual([
		"restore",
		"show",
		"focus",
	]);
	expect(FakeWindow.opened).toHaveLength(1);
	await shell.close();
});

test("where another instance holds the data folder, it quits and opens nothing", async () => {
	const shell = await startedDesktop({ hasLock: false });
	expect(shell.electron.app.quits).toBe(1);
	expect([FakeWindow.opened, FakeTray.last, shell.workers]).toEqual([
		[],
		null,
		[],
	]);
	await shell.close();
});

test("closing the window leaves the engine listening and says so once; the shortcut brings it back", async () => {
	const shell = await startedDesktop();
	for (let round = 0; round < 2; round++) {
		shell.window().close();
		shell.electron.app.emit("window-all-closed");
		must(shell.shortcuts.get("CommandOrControl+Shift+T"), "registered")();
		await vi.waitFor(() => expect(FakeWindow.opened).toHaveLength(round + 2));
	}
	expect(FakeNotification.shown.map((notice) => notice.options.title)).toEqual([
		"Tocsin keeps listening",
	]);
	expect([shell.electron.app.quits, shell.workers.length]).toEqual([0, 1]);
	await shell.close();
});

test("quitting waits for the engine to finish, and then lets the app go", async () => {
	const shell = await startedDesktop();
	await trayReady();
	const exited = once(must(shell.workers[0], "the engine runs"), "exit");
	await shell.quit();
	await exited;
	const last = new FakeEvent();
	shell.electron.app.emit("before-quit", last);
	expect(last.defaultPrevented).toBe(false);
	expect([FakeTray.last?.isGone, shell.shortcuts.size]).toEqual([true, 0]);
	await shell.close();
});

test("an engine that dies is told of, restarted, and the page's connection closed", async () => {
	const shell = await startedDesktop();
	const port = connectPage(shell);
	const closed = new Promise<void>((resolve) => port.on("close", resolve));
	port.postMessage("crash");
	await closed;
	await vi.waitFor(() =>
		expect(FakeTray.last?.toolTip).toBe("Tocsin: restarting after a fault"),
	);
	expect(FakeNotification.shown.map((notice) => notice.options.title)).toEqual([
		"Tocsin's engine stopped and is being restarted",
	]);
	await vi.waitFor(() => expect(shell.workers).toHaveLength(2), 5_000);
	await trayReady();
	await shell.close();
});

test("a taken port is said, with free ports as the first choice", async () => {
	const shell = await startedDesktop({
		engine: refusingEngine,
		beforeReady: ({ answers }) => answers.push(2),
	});
	await vi.waitFor(() => expect(shell.electron.app.quits).toBe(1));
	expect(shell.asked).toMatchObject([
		{
			message: "Tocsin could not start",
			detail: "Port 8000 is taken (--port).",
			buttons: ["Use free ports", "Try again", "Quit"],
		},
	]);
	expect(FakeTray.last?.toolTip).toBe("Tocsin: stopped");
	await shell.close();
});

test("after sleep the counts are asked for again", async () => {
	const shell = await startedDesktop();
	await trayReady();
	const worker = must(shell.workers[0], "the engine runs");
	const posted = vi.spyOn(worker, "postMessage");
	shell.electron.powerMonitor.emit("resume");
	expect(posted.mock.calls[0]?.[0]).toEqual({
		kind: "announce-open-incidents",
	});
	await shell.close();
});
