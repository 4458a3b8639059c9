import type { App, nativeImage, nativeTheme } from "electron";
import type {
	CertificateApp,
	Dialog,
	Event,
	GlobalShortcut,
	GuardedContents,
	GuardedSession,
	InstanceApp,
	IpcReceiver,
	LinkApp,
	Listens,
	MessageChannelClass,
	NotificationClass,
	Protocol,
	QuitApp,
	Screen,
	Shell,
	WindowClass,
} from "./electron-parts.ts";
import type { TrayParts } from "./tray.ts";

/** All that the shell uses of Electron, under Electron's own names: the module itself fits. */
export interface ElectronSurface {
	readonly app: InstanceApp &
		LinkApp &
		CertificateApp &
		QuitApp &
		Pick<
			App,
			| "whenReady"
			| "setPath"
			| "enableSandbox"
			| "setAppUserModelId"
			| "setBadgeCount"
		> &
		Listens<"window-all-closed" | "activate"> &
		Listens<"web-contents-created", [Event, GuardedContents]>;
	readonly BrowserWindow: WindowClass;
	readonly MessageChannelMain: MessageChannelClass;
	readonly Notification: NotificationClass;
	readonly Menu: TrayParts["Menu"] &
		Pick<typeof Electron.Menu, "setApplicationMenu">;
	readonly Tray: TrayParts["Tray"];
	readonly dialog: Pick<Dialog, "showMessageBox">;
	readonly globalShortcut: Pick<GlobalShortcut, "register" | "unregisterAll">;
	readonly ipcMain: IpcReceiver;
	readonly nativeImage: Pick<typeof nativeImage, "createFromPath">;
	readonly nativeTheme: Pick<typeof nativeTheme, "shouldUseDarkColors">;
	readonly powerMonitor: Listens<"resume">;
	readonly protocol: Pick<Protocol, "registerSchemesAsPrivileged" | "handle">;
	readonly screen: Pick<Screen, "getAllDisplays" | "getPrimaryDisplay">;
	/** `defaultSession` is only there once the app is ready. */
	readonly session: { readonly defaultSession: GuardedSession };
	readonly shell: Pick<Shell, "openExternal">;
}
