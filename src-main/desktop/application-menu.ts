import type { MenuItemConstructorOptions } from "electron";

/**
 * The application's menu, from the platform's own roles so that its keys are the ones
 * people know. The inspector is in it in development only.
 */
export function applicationMenu(
	platform: NodeJS.Platform,
	isDevelopment: boolean,
	actions: { open(): void; quit(): void },
): MenuItemConstructorOptions[] {
	const isMac = platform === "darwin";
	const quit: MenuItemConstructorOptions = {
		label: "Quit Tocsin",
		accelerator: "CommandOrControl+Q",
		click: actions.quit,
	};
	const open: MenuItemConstructorOptions = {
		label: "Open Tocsin",
		click: actions.open,
	};
	return [
		...(isMac ? [macMenu(quit)] : []),
		{
			label: "&File",
			submenu: isMac
				? [open, { role: "close" }]
				: [open, { role: "close" }, quit],
		},
		{ role: "editMenu" },
		{
			label: "&View",
			submenu: [
				{ role: "reload" },
				{ role: "resetZoom" },
				{ role: "zoomIn" },
				{ role: "zoomOut" },
				{ role: "togglefullscreen" },
				...(isDevelopment ? [developerTools] : []),
			],
		},
		{ role: "windowMenu" },
	];
}

const developerTools: MenuItemConstructorOptions = { role: "toggleDevTools" };

function macMenu(quit: MenuItemConstructorOptions): MenuItemConstructorOptions {
	return {
		label: "Tocsin",
		submenu: [
			{ role: "about" },
			{ type: "separator" },
			{ role: "services" },
			{ role: "hide" },
			{ role: "hideOthers" },
			{ role: "unhide" },
			{ type: "separator" },
			quit,
		],
	};
}
