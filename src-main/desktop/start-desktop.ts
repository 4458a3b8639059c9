import { join } from "node:path";
import type { Log } from "../engine/ports.ts";
import type { StartEngine } from "../entry/engine-protocol.ts";
import { applicationMenu } from "./application-menu.ts";
import { notifyOfCriticalIncidents } from "./critical-notices.ts";
import { incidentOfArguments, type Launch, receiveLinks } from "./deep-link.ts";
import { readDesktopSettings } from "./desktop-settings.ts";
import type { ElectronSurface } from "./electron-surface.ts";
import { EngineLink, type EngineWorker } from "./engine/engine-link.ts";
import { noticeEngine } from "./engine/engine-notices.ts";
import { registerShortcut, shortcutText } from "./global-shortcut.ts";
import { hostIpc } from "./ipc-host.ts";
import { plainNotices } from "./plain-notice.ts";
import { finishBeforeQuit } from "./quit.ts";
import { appAddress, ownAddresses } from "./security/app-address.ts";
import { secureApp, secureSession } from "./security/secure-shell.ts";
import { holdSingleInstance } from "./single-instance.ts";
import { openTray, type TrayState } from "./tray.ts";
import { trayIcons } from "./tray-icons.ts";
import { askAboutPage } from "./window/page-crash-question.ts";
import { openShellWindow } from "./window/shell-window.ts";
import { WindowKeeper } from "./window/window-keeper.ts";

export interface DesktopSetup {
	readonly launch: Launch;
	readonly platform: NodeJS.Platform;
	/** The development server's address; null shows the built interface. */
	readonly developmentServer: string | null;
	/** Absolute path of the built preload. */
	readonly preload: string;
	/** Absolute path of the built interface. */
	readonly rendererDirectory: string;
	readonly iconDirectory: string;
	readonly start: StartEngine;
	readonly log: Log;
	createWorker(): EngineWorker;
}

/** The engine has this long to finish what it accepted. */
const shutDownMilliseconds = 5_000;

/**
 * Starts the desktop shell: a flat list, whose order matters where it says so. Resolves when
 * the window is open and the engine is starting, or when another instance, which holds this
 * data folder, was brought to the front instead and this one is quitting.
 */
export async function startDesktop(
	electron: ElectronSurface,
	setup: DesktopSetup,
): Promise<void> {
	const { app } = electron;
	const { log, start, platform } = setup;
	const folder = join(start.engine.dataDirectory, "desktop");
	const isDevelopment = setup.developmentServer !== null;
	const isOwnAddress = ownAddresses(setup.developmentServer);
	const quit = (): void => app.quit();
	function report(error: unknown): void {
		log.error({ error: String(error) }, "the desktop shell met an error");
	}

	// Before the instance lock, which is one per folder of Chromium's files.
	app.setPath("userData", folder);
	app.setAppUserModelId("tocsin.desktop");
	secureApp(electron, isOwnAddress, report);

	const ready = app.whenReady();
	const keeper = new WindowKeeper(() =>
		openShellWindow(
			electron,
			{
				preload: setup.preload,
				address: setup.developmentServer ?? appAddress,
				icon: join(setup.iconDirectory, "tocsin-256.png"),
				isDevelopment,
				placementFile: join(folder, "window.json"),
			},
			{
				failed: report,
				pageCrashed: (reason, exitCode) =>
					log.error({ reason, exitCode }, "the page's process is gone"),
				pageGaveUp: (reload) => {
					askAboutPage(electron.dialog, { reload, quit }).catch(report);
				},
			},
		),
	);
	function open(): void {
		ready.then(() => keeper.show()).catch(report);
	}
	function show(incident: string): void {
		ready
			.then(() => ipc.openIncident(keeper.show().webContents, incident))
			.catch(report);
	}
	if (!holdSingleInstance(app, { comeToFront: open, show })) {
		quit();
		return;
	}
	// macOS can send a link before the app is ready.
	receiveLinks(app, setup.launch, show);

	let state: TrayState = {
		engine: "starting",
		open: 0,
		critical: 0,
		shortcut: "",
	};
	function showState(change: Partial<TrayState>): void {
		state = { ...state, ...change };
		tray?.show(state);
	}
	const tell = plainNotices(electron.Notification, open);
	const link: EngineLink = new EngineLink(
		setup.createWorker,
		noticeEngine(electron.dialog, start, {
			start: (message) => link.start(message),
			quit,
			tell,
			showState: (engine) => showState({ engine }),
			showCounts: ({ open, critical }) => showState({ open, critical }),
			showCritical: notifyOfCriticalIncidents(
				electron.Notification,
				() => performance.now(),
				{ show, open },
			),
			log: (fields, message) => log.error(fields, message),
		}),
	);
	const ipc = hostIpc(electron.ipcMain, electron.MessageChannelMain, {
		isOwnAddress,
		connectUi: (port) => link.connectUi(port),
		refused: (channel, reason) =>
			log.warn({ channel, reason }, "a page's message was refused"),
	});
	let tray: ReturnType<typeof openTray> | null = null;
	finishBeforeQuit(
		app,
		async () => {
			electron.globalShortcut.unregisterAll();
			const outcome = await link.shutDown(shutDownMilliseconds);
			tray?.close();
			log.info({ outcome }, "the desktop shell quits");
		},
		report,
	);
	tellOnceThatItStays(electron, tell);
	app.on("activate", open);

	await ready;
	secureSession(electron, isOwnAddress, setup.rendererDirectory);
	electron.Menu.setApplicationMenu(
		electron.Menu.buildFromTemplate(
			applicationMenu(platform, isDevelopment, { open, quit }),
		),
	);
	tray = openTray(
		electron,
		trayIcons(electron.nativeImage, setup.iconDirectory, platform),
		{ open, quit },
	);
	showState({ shortcut: setShortcut(electron, setup, open) });
	electron.powerMonitor.on("resume", () => link.askOpenIncidents());
	link.start(start);
	const incident = incidentOfArguments(setup.launch.arguments);
	if (incident === null) keeper.show();
	else ipc.openIncident(keeper.show().webContents, incident);
}

/** Registers the configured keys and answers what the tray says of them. */
function setShortcut(
	electron: Pick<ElectronSurface, "globalShortcut">,
	{ start, log }: DesktopSetup,
	open: () => void,
): string {
	const file = join(start.engine.dataDirectory, "desktop-settings.json");
	const settings = readDesktopSettings(file, (reason) =>
		log.warn({ reason }, "desktop settings are not used"),
	);
	const outcome = registerShortcut(
		electron.globalShortcut,
		settings.globalShortcut,
		open,
	);
	const text = shortcutText(outcome, file);
	if (outcome.kind === "unavailable") log.warn({ keys: outcome.keys }, text);
	return text;
}

/** Closing the window leaves the engine listening; a person is told so the first time. */
function tellOnceThatItStays(
	{ app }: Pick<ElectronSurface, "app">,
	tell: (title: string, body: string) => void,
): void {
	let isTold = false;
	// With a listener Electron does not quit by itself when the last window closes.
	app.on("window-all-closed", () => {
		if (isTold) return;
		isTold = true;
		tell(
			"Tocsin keeps listening",
			"The engine is still taking in predictions. Quit from the tray to stop it.",
		);
	});
}
