import { contextBridge, ipcRenderer, webUtils } from "electron";
import {
	type DesktopBridge,
	portMessageKind,
} from "../../src-shared/contract/desktop-bridge.ts";
import { ipcChannels } from "../desktop/ipc-channels.ts";

/** The two things of the page's world used here; the main project is checked without DOM types. */
declare const window: {
	postMessage(
		message: { readonly kind: typeof portMessageKind },
		targetOrigin: string,
		transfer: readonly unknown[],
	): void;
};
declare const location: { readonly origin: string };

const listeners = new Set<(id: string) => void>();
/** Asked for before the page listened; only the last one matters. */
let waitingIncident: string | null = null;

ipcRenderer.on(ipcChannels.port, (event) => {
	window.postMessage({ kind: portMessageKind }, location.origin, event.ports);
});

ipcRenderer.on(ipcChannels.openIncident, (_, id: string) => {
	if (listeners.size === 0) waitingIncident = id;
	for (const listener of listeners) listener(id);
});

const bridge: DesktopBridge = {
	requestPort: () => ipcRenderer.send(ipcChannels.requestPort),
	pathOf: (file) => webUtils.getPathForFile(file),
	platform: process.platform,
	onOpenIncident(callback) {
		// A new function each time, so that the same callback given twice is two listeners.
		const listener = (id: string): void => callback(id);
		listeners.add(listener);
		if (waitingIncident !== null) {
			const id = waitingIncident;
			waitingIncident = null;
			listener(id);
		}
		return () => {
			listeners.delete(listener);
		};
	},
};

contextBridge.exposeInMainWorld("tocsin", bridge);
