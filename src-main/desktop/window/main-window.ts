import type { ShellWindow, WindowClass } from "../electron-parts.ts";
import { securePreferences } from "../security/web-preferences.ts";
import { type Placement, smallestWindow } from "./placement.ts";

export interface MainWindowSetup {
	/** Absolute path of the built preload. */
	readonly preload: string;
	/** `app://tocsin/`, or the development server. */
	readonly address: string;
	readonly icon: string;
	readonly isDevelopment: boolean;
	/** Drawn before the page has painted, so that a dark page does not flash white. */
	readonly backgroundColor: string;
	readonly placement: Placement;
}

/** Opens the main window; it shows itself when the page has painted. */
export function openMainWindow(
	BrowserWindow: WindowClass,
	setup: MainWindowSetup,
	report: (error: unknown) => void,
): ShellWindow {
	const { bounds, isMaximized, isFullScreen } = setup.placement;
	const window = new BrowserWindow({
		...bounds,
		minWidth: Math.min(smallestWindow.width, bounds.width),
		minHeight: Math.min(smallestWindow.height, bounds.height),
		show: false,
		title: "Tocsin",
		icon: setup.icon,
		backgroundColor: setup.backgroundColor,
		webPreferences: securePreferences(setup.preload, setup.isDevelopment),
	});
	window.on("ready-to-show", () => {
		if (isMaximized) window.maximize();
		if (isFullScreen) window.setFullScreen(true);
		window.show();
	});
	window.loadURL(setup.address).catch(report);
	return window;
}

/** Brings a window in front of a person, whatever state it is in. */
export function bringToFront(window: ShellWindow): void {
	if (window.isMinimized()) window.restore();
	window.show();
	window.focus();
}
