import type { DesktopBridge } from "../../src-shared/contract/desktop-bridge.ts";

declare global {
	interface Window {
		readonly tocsin?: DesktopBridge;
	}
}

/** The preload script's bridge, or undefined in a browser. */
export function desktopBridge(): DesktopBridge | undefined {
	return window.tocsin;
}
