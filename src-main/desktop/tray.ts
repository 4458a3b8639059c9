import type {
	App,
	Menu,
	MenuItemConstructorOptions,
	NativeImage,
} from "electron";
import type { TrayIcon } from "./electron-parts.ts";

export type EngineState = "starting" | "ready" | "restarting" | "stopped";

export interface TrayState {
	readonly engine: EngineState;
	readonly open: number;
	readonly critical: number;
	/** The keys that show the window, or why there are none. */
	readonly shortcut: string;
}

export interface TrayText {
	readonly toolTip: string;
	/** Beside the icon in the macOS menu bar; empty when nothing is open. */
	readonly title: string;
	/** On the dock or launcher icon; 0 shows none. */
	readonly badge: number;
}

const engineWords: Readonly<Record<EngineState, string>> = {
	starting: "starting",
	ready: "listening",
	restarting: "restarting after a fault",
	stopped: "stopped",
};

/** What the tray says; a number is only said while the engine stands behind it. */
export function trayText(state: TrayState): TrayText {
	if (state.engine !== "ready")
		return {
			toolTip: `Tocsin: ${engineWords[state.engine]}`,
			title: "",
			badge: 0,
		};
	const { open, critical } = state;
	const incidents =
		open === 0
			? "no open incidents"
			: `${open} open ${open === 1 ? "incident" : "incidents"}`;
	return {
		toolTip: `Tocsin: ${incidents}${critical > 0 ? `, ${critical} critical` : ""}`,
		title: open === 0 ? "" : String(open),
		badge: open,
	};
}

/**
 * The tray's menu: state, open, quit. It acknowledges nothing: that takes reading the
 * incident first.
 */
export function trayMenu(
	state: TrayState,
	actions: { open(): void; quit(): void },
): MenuItemConstructorOptions[] {
	return [
		{ label: trayText(state).toolTip, enabled: false },
		{ label: state.shortcut, enabled: false },
		{ type: "separator" },
		{ label: "Open Tocsin", click: actions.open },
		{ label: "Quit Tocsin", click: actions.quit },
	];
}

export interface TrayParts {
	readonly Tray: new (image: NativeImage) => TrayIcon;
	readonly Menu: Pick<typeof Menu, "buildFromTemplate">;
	readonly app: Pick<App, "setBadgeCount">;
}

/** Puts the icon into the tray; the answer keeps it up to date. The icon goes when the answer is lost, so keep it. */
export function openTray(
	parts: TrayParts,
	icons: { readonly calm: NativeImage; readonly alarm: NativeImage },
	actions: { open(): void; quit(): void },
): { show(state: TrayState): void; close(): void } {
	const tray = new parts.Tray(icons.calm);
	tray.on("click", actions.open);
	return {
		show(state) {
			const text = trayText(state);
			tray.setImage(
				state.engine === "ready" && state.critical > 0
					? icons.alarm
					: icons.calm,
			);
			tray.setToolTip(text.toolTip);
			tray.setTitle(text.title);
			tray.setContextMenu(
				parts.Menu.buildFromTemplate(trayMenu(state, actions)),
			);
			parts.app.setBadgeCount(text.badge);
		},
		close: () => tray.destroy(),
	};
}
