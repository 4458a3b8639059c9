import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { startDesktop } from "../../src-main/desktop/start-desktop.ts";
import { must } from "../../src-shared/domain/must.ts";
import { FakeWindow, fakeElectron } from "./fake-electron.ts";
import { FakeEvent } from "./fake-emitter.ts";
import { scriptedEngine } from "./scripted-engine.ts";

/** The whole shell, started on a fake Electron with a scripted engine in a real worker thread. */
export async function startedDesktop(
	options: {
		readonly arguments?: readonly string[];
		readonly hasLock?: boolean;
		/** Runs before the app is ready. */
		readonly beforeReady?: (fakes: ReturnType<typeof fakeElectron>) => void;
		readonly engine?: string;
	} = {},
) {
	const folder = mkdtempSync(join(tmpdir(), "tocsin-desktop-"));
	writeFileSync(join(folder, "index.html"), "<!doctype html>");
	const fakes = fakeElectron();
	const { electron } = fakes;
	const workers: Worker[] = [];
	const logged: string[] = [];
	const log = (_: unknown, message: string): void => void logged.push(message);
	electron.app.hasLock = options.hasLock ?? true;
	const started = startDesktop(electron, {
		launch: {
			executable: "/opt/tocsin",
			arguments: options.arguments ?? ["/opt/tocsin"],
			isSourceRun: false,
		},
		platform: "linux",
		developmentServer: null,
		preload: "/out/preload/index.cjs",
		rendererDirectory: folder,
		iconDirectory: "/icons",
		start: {
			kind: "start",
			engine: { dataDirectory: folder, version: "0.0.0" },
			listeners: {
				host: "127.0.0.1",
				port: 8000,
				copilotPort: 8580,
				eventsPort: 8505,
				rateLimitScale: 1,
				uiDirectory: null,
			},
		},
		log: { debug: log, info: log, warn: log, error: log },
		createWorker() {
			const worker = new Worker(options.engine ?? scriptedEngine, {
				eval: true,
			});
			workers.push(worker);
			return worker;
		},
	});
	options.beforeReady?.(fakes);
	electron.app.ready.resolve();
	await started;
	return {
		...fakes,
		folder,
		workers,
		logged,
		window: () => must(FakeWindow.opened.at(-1), "the shell opens a window"),
		async request(url: string, method = "GET"): Promise<Response> {
			const handle = must(fakes.handled.get("app"), "the scheme is served");
			return (await handle(new Request(url, { method }))) as Response;
		},
		/** Quits as a person would; resolves when the shell lets the app go. */
		async quit(): Promise<void> {
			const before = electron.app.quits;
			electron.app.emit("before-quit", new FakeEvent());
			while (electron.app.quits === before)
				await new Promise((resolve) => setTimeout(resolve, 5));
		},
		async close(): Promise<void> {
			await Promise.all(workers.map((worker) => worker.terminate()));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
