import type { WebPreferences } from "electron";

/**
 * How every window of the app runs its page. Values that equal Electron's defaults are
 * written out: they are the security checklist, and a default can change.
 */
export function securePreferences(
	preload: string,
	isDevelopment: boolean,
): WebPreferences {
	return {
		preload,
		contextIsolation: true,
		sandbox: true,
		nodeIntegration: false,
		nodeIntegrationInWorker: false,
		nodeIntegrationInSubFrames: false,
		webSecurity: true,
		allowRunningInsecureContent: false,
		experimentalFeatures: false,
		webviewTag: false,
		navigateOnDragDrop: false,
		// The spell checker fetches its dictionaries from the network.
		spellcheck: false,
		devTools: isDevelopment,
	};
}
