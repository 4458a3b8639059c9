import type { Display } from "electron";
import type { ShellWindow } from "../electron-parts.ts";
import type { ElectronSurface } from "../electron-surface.ts";
import { openMainWindow } from "./main-window.ts";
import { placeWindow, type Rectangle } from "./placement.ts";
import { readPlacement, writePlacement } from "./placement-file.ts";
import { rememberPlacement } from "./remembered-placement.ts";
import { recoverRenderer } from "./renderer-recovery.ts";

export interface ShellWindowSetup {
	readonly preload: string;
	readonly address: string;
	readonly icon: string;
	readonly isDevelopment: boolean;
	/** Where the window's placement is remembered. */
	readonly placementFile: string;
}

export interface ShellWindowObserver {
	failed(error: unknown): void;
	pageCrashed(reason: string, exitCode: number): void;
	pageGaveUp(reload: () => void): void;
}

/** The page's own background colours, drawn before it has painted. */
const canvas = { dark: "#0d0f12", light: "#f7f8f9" };

/** Opens the main window where it was, remembers where it goes, and reloads its page when that dies. */
export function openShellWindow(
	electron: Pick<ElectronSurface, "BrowserWindow" | "screen" | "nativeTheme">,
	setup: ShellWindowSetup,
	observer: ShellWindowObserver,
): ShellWindow {
	const window = openMainWindow(
		electron.BrowserWindow,
		{
			...setup,
			backgroundColor: electron.nativeTheme.shouldUseDarkColors
				? canvas.dark
				: canvas.light,
			placement: placeWindow(
				readPlacement(setup.placementFile),
				workAreas(electron.screen),
			),
		},
		observer.failed,
	);
	rememberPlacement(
		window,
		(placement) => writePlacement(setup.placementFile, placement),
		observer.failed,
	);
	recoverRenderer(window.webContents, () => performance.now(), {
		crashed: observer.pageCrashed,
		gaveUp: observer.pageGaveUp,
	});
	return window;
}

function workAreas(
	screen: ElectronSurface["screen"],
): [Rectangle, ...Rectangle[]] {
	const primary: Display = screen.getPrimaryDisplay();
	const others = screen
		.getAllDisplays()
		.filter((display) => display.id !== primary.id);
	return [primary.workArea, ...others.map((display) => display.workArea)];
}
