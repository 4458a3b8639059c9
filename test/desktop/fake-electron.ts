import type {
	Display,
	MessageBoxOptions,
	NativeImage,
	Session,
} from "electron";
import type {
	Frame,
	GuardedContents,
	GuardedSession,
	NotificationClass,
	PageContents,
	ShellWindow,
	TrayIcon,
} from "../../src-main/desktop/electron-parts.ts";
import type { ElectronSurface } from "../../src-main/desktop/electron-surface.ts";
import { FakeEmitter } from "./fake-emitter.ts";
import { FakeMessageChannelMain } from "./fake-ports.ts";

type WindowOpenHandler = Parameters<GuardedContents["setWindowOpenHandler"]>[0];

type OutboundListener = (details: never, answer: never) => void;

let nextPageId = 1;

export class FakeContents extends FakeEmitter {
	readonly id = nextPageId++;
	mainFrame: Frame = { url: "app://tocsin/", parent: null };
	readonly sent: unknown[][] = [];
	readonly ports: unknown[] = [];
	windowOpenHandler: WindowOpenHandler | null = null;
	reloads = 0;
	isGone = false;

	send(channel: string, ...values: unknown[]): void {
		this.sent.push([channel, ...values]);
	}
	postMessage(channel: string, _: unknown, transfer: unknown[] = []): void {
		this.sent.push([channel]);
		this.ports.push(...transfer);
	}
	setWindowOpenHandler(handler: WindowOpenHandler): void {
		this.windowOpenHandler = handler;
	}
	reload(): void {
		this.reloads++;
	}
	isDestroyed(): boolean {
		return this.isGone;
	}
}
FakeContents satisfies new () => GuardedContents & PageContents;

export class FakeWindow extends FakeEmitter {
	static opened: FakeWindow[] = [];
	readonly webContents = new FakeContents();
	readonly calls: string[] = [];
	readonly options: Electron.BrowserWindowConstructorOptions;
	address = "";
	isGone = false;
	isSmall = false;
	bounds = { x: 10, y: 20, width: 1_200, height: 800 };

	constructor(options: Electron.BrowserWindowConstructorOptions) {
		super();
		this.options = options;
		FakeWindow.opened.push(this);
	}
	async loadURL(address: string): Promise<void> {
		this.address = address;
	}
	show(): void {
		this.calls.push("show");
	}
	focus(): void {
		this.calls.push("focus");
	}
	restore(): void {
		this.calls.push("restore");
	}
	maximize(): void {
		this.calls.push("maximize");
	}
	setFullScreen(isFull: boolean): void {
		this.calls.push(`full screen ${isFull}`);
	}
	isMinimized(): boolean {
		return this.isSmall;
	}
	isMaximized(): boolean {
		return false;
	}
	isFullScreen(): boolean {
		return false;
	}
	isDestroyed(): boolean {
		return this.isGone;
	}
	getNormalBounds(): Electron.Rectangle {
		return this.bounds;
	}
	/** What closing the window does in Electron. */
	close(): void {
		this.emit("close");
		this.isGone = true;
		this.emit("closed");
	}
}
FakeWindow satisfies new (
	options: Electron.BrowserWindowConstructorOptions,
) => ShellWindow;

export class FakeNotification extends FakeEmitter {
	static shown: FakeNotification[] = [];
	static isSupported = (): boolean => true;
	readonly options: Electron.NotificationConstructorOptions;

	constructor(options: Electron.NotificationConstructorOptions) {
		super();
		this.options = options;
	}
	show(): void {
		FakeNotification.shown.push(this);
	}
	close(): void {
		this.emit("close");
	}
}
FakeNotification satisfies NotificationClass;

export class FakeTray extends FakeEmitter {
	static last: FakeTray | null = null;
	toolTip = "";
	title = "";
	image: unknown;
	menu: Electron.Menu | null = null;
	isGone = false;

	constructor(image: NativeImage) {
		super();
		this.image = image;
		FakeTray.last = this;
	}
	setToolTip(text: string): void {
		this.toolTip = text;
	}
	setTitle(text: string): void {
		this.title = text;
	}
	setImage(image: NativeImage | string): void {
		this.image = image;
	}
	setContextMenu(menu: Electron.Menu | null): void {
		this.menu = menu;
	}
	destroy(): void {
		this.isGone = true;
	}
}
FakeTray satisfies new (
	image: NativeImage,
) => TrayIcon;

export class FakeSession {
	requestHandler: Parameters<Session["setPermissionRequestHandler"]>[0] = null;
	checkHandler: Parameters<Session["setPermissionCheckHandler"]>[0] = null;
	deviceHandler: Parameters<Session["setDevicePermissionHandler"]>[0] = null;
	#outbound: OutboundListener | null = null;

	setPermissionRequestHandler(handler: typeof this.requestHandler): void {
		this.requestHandler = handler;
	}
	setPermissionCheckHandler(handler: typeof this.checkHandler): void {
		this.checkHandler = handler;
	}
	setDevicePermissionHandler(handler: typeof this.deviceHandler): void {
		this.deviceHandler = handler;
	}
	readonly webRequest = {
		onBeforeRequest: (listener: unknown): void => {
			this.#outbound = listener as OutboundListener;
		},
	};
	/** Whether a request of a page is let through. */
	allows(url: string): boolean {
		let isCancelled: boolean | undefined;
		this.#outbound?.(
			{ url } as never,
			((answer: { cancel?: boolean }) => {
				isCancelled = answer.cancel;
			}) as never,
		);
		return isCancelled === false;
	}
}
FakeSession satisfies new () => GuardedSession;

export class FakeApp extends FakeEmitter {
	readonly calls: unknown[][] = [];
	hasLock = true;
	quits = 0;
	badge = -1;
	readonly ready = Promise.withResolvers<void>();

	whenReady(): Promise<void> {
		return this.ready.promise;
	}
	requestSingleInstanceLock(): boolean {
		return this.hasLock;
	}
	setAsDefaultProtocolClient(...values: unknown[]): boolean {
		this.calls.push(["setAsDefaultProtocolClient", ...values]);
		return true;
	}
	setPath(...values: unknown[]): void {
		this.calls.push(["setPath", ...values]);
	}
	enableSandbox(): void {
		this.calls.push(["enableSandbox"]);
	}
	setAppUserModelId(...values: unknown[]): void {
		this.calls.push(["setAppUserModelId", ...values]);
	}
	setBadgeCount(count?: number): boolean {
		this.badge = count ?? 0;
		return true;
	}
	quit(): void {
		this.quits++;
	}
}

const display = {
	id: 1,
	workArea: { x: 0, y: 0, width: 1_920, height: 1_040 },
} as Display;

/** All of Electron that the shell is given, recording what is asked of it. */
export function fakeElectron() {
	const asked: MessageBoxOptions[] = [];
	const opened: string[] = [];
	const handled = new Map<string, (request: Request) => unknown>();
	const schemes: Electron.CustomScheme[] = [];
	const shortcuts = new Map<string, () => void>();
	const menus: Electron.MenuItemConstructorOptions[][] = [];
	const answers: number[] = [];
	FakeWindow.opened = [];
	FakeNotification.shown = [];
	FakeTray.last = null;
	const electron = {
		app: new FakeApp(),
		BrowserWindow: FakeWindow,
		MessageChannelMain: FakeMessageChannelMain,
		Notification: FakeNotification,
		Tray: FakeTray,
		Menu: {
			buildFromTemplate(template: Electron.MenuItemConstructorOptions[]) {
				menus.push(template);
				return { items: template } as unknown as Electron.Menu;
			},
			setApplicationMenu(): void {},
		},
		dialog: {
			async showMessageBox(...values: unknown[]) {
				asked.push(values.at(-1) as MessageBoxOptions);
				return { response: answers.shift() ?? 0, checkboxChecked: false };
			},
		},
		globalShortcut: {
			register(keys: string, callback: () => void): boolean {
				shortcuts.set(keys, callback);
				return true;
			},
			unregisterAll: (): void => shortcuts.clear(),
		},
		ipcMain: new FakeEmitter(),
		nativeImage: {
			createFromPath: (path: string) => path as unknown as NativeImage,
		},
		nativeTheme: { shouldUseDarkColors: false },
		powerMonitor: new FakeEmitter(),
		protocol: {
			registerSchemesAsPrivileged(list: Electron.CustomScheme[]): void {
				schemes.push(...list);
			},
			handle(scheme: string, handler: (request: Request) => unknown): void {
				handled.set(scheme, handler);
			},
		},
		screen: {
			getAllDisplays: () => [display],
			getPrimaryDisplay: () => display,
		},
		session: { defaultSession: new FakeSession() },
		shell: {
			async openExternal(address: string): Promise<void> {
				opened.push(address);
			},
		},
	} satisfies ElectronSurface;
	return {
		electron,
		asked,
		answers,
		opened,
		handled,
		schemes,
		shortcuts,
		menus,
	};
}
