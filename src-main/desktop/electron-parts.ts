/**
 * The parts of Electron the shell is built on, cut out of Electron's own declarations so
 * that every module is handed only what it uses and a test can hand in a fake.
 * `start-desktop.ts` receives the real thing, so a change in Electron breaks the build there.
 */
import type {
	App,
	BrowserWindow,
	BrowserWindowConstructorOptions,
	Dialog,
	Event,
	GlobalShortcut,
	MessageEvent,
	MessagePortMain,
	NotificationConstructorOptions,
	Protocol,
	RenderProcessGoneDetails,
	Screen,
	Session,
	Shell,
	Tray,
	WebContents,
	WebFrameMain,
	WebPreferences,
} from "electron";

/** `on` for one event, without the other overloads and the polymorphic `this` that no fake can give back. */
export interface Listens<Name extends string, Values extends unknown[] = []> {
	on(event: Name, listener: (...values: Values) => void): unknown;
}

/** A navigation that has been asked for and can still be prevented. */
export type NavigationEvent = Event<{ url: string; isMainFrame: boolean }>;

export type Frame = Pick<WebFrameMain, "url" | "parent">;

/** One end of a channel to a page. */
export type PagePort = Pick<
	MessagePortMain,
	"postMessage" | "start" | "close"
> &
	Listens<"message", [PortMessage]> &
	Listens<"close">;

export type PortMessage = Pick<MessageEvent, "data"> & {
	readonly ports: readonly Pick<MessagePortMain, "close">[];
};

/** The page of a window, as far as the guards and the IPC host need it. */
export type PageContents = Pick<WebContents, "id" | "send" | "isDestroyed"> & {
	readonly mainFrame: Frame;
	postMessage(channel: string, message: unknown, transfer?: PagePort[]): void;
};

/** What comes with a message of a page. */
export interface PageMessage {
	/** Null once the frame has navigated or is gone. */
	readonly senderFrame: Frame | null;
	readonly sender: PageContents;
	readonly ports: readonly unknown[];
}

export type GuardedContents = Pick<WebContents, "setWindowOpenHandler"> &
	Listens<"will-navigate", [NavigationEvent]> &
	Listens<"will-redirect", [NavigationEvent]> &
	Listens<"will-frame-navigate", [NavigationEvent]> &
	Listens<
		"will-attach-webview",
		[Event, WebPreferences, Record<string, string>]
	>;

export type RecoverableContents = Pick<WebContents, "reload" | "isDestroyed"> &
	Listens<"render-process-gone", [Event, RenderProcessGoneDetails]>;

export type ShellWindow = Pick<
	BrowserWindow,
	| "loadURL"
	| "show"
	| "focus"
	| "restore"
	| "maximize"
	| "setFullScreen"
	| "isMinimized"
	| "isMaximized"
	| "isFullScreen"
	| "isDestroyed"
	| "getNormalBounds"
> &
	Listens<"ready-to-show" | "resize" | "move" | "close" | "closed"> & {
		readonly webContents: PageContents & RecoverableContents;
	};

export type WindowClass = new (
	options: BrowserWindowConstructorOptions,
) => ShellWindow;

export type NotificationClass = {
	new (
		options: NotificationConstructorOptions,
	): {
		show(): void;
		close(): void;
	} & Listens<"click" | "close">;
	isSupported(): boolean;
};

export type TrayIcon = Pick<
	Tray,
	"setToolTip" | "setTitle" | "setContextMenu" | "setImage" | "destroy"
> &
	Listens<"click">;

export type InstanceApp = Pick<App, "requestSingleInstanceLock"> &
	Listens<"second-instance", [Event, string[]]>;

export type LinkApp = Pick<App, "setAsDefaultProtocolClient"> &
	Listens<"open-url", [Event, string]>;

export type CertificateApp = Listens<
	"certificate-error",
	[
		Event,
		WebContents,
		string,
		string,
		Electron.Certificate,
		(isTrusted: boolean) => void,
	]
> &
	Listens<
		"select-client-certificate",
		[
			Event,
			WebContents | null,
			string,
			Electron.Certificate[],
			(certificate?: Electron.Certificate) => void,
		]
	>;

export type QuitApp = Pick<App, "quit"> & Listens<"before-quit", [Event]>;

export type GuardedSession = Pick<
	Session,
	| "setPermissionRequestHandler"
	| "setPermissionCheckHandler"
	| "setDevicePermissionHandler"
> & {
	readonly webRequest: Pick<Session["webRequest"], "onBeforeRequest">;
};

export type IpcReceiver = Listens<string, [PageMessage, ...unknown[]]>;

export type MessageChannelClass = new () => {
	port1: PagePort;
	port2: PagePort;
};

export type { Dialog, Event, GlobalShortcut, Protocol, Screen, Shell };
