/**
 * What the desktop's preload script gives the page as `window.tocsin`; absent in a browser.
 * Nothing else crosses the boundary: every call to the engine goes over the port.
 */
export interface DesktopBridge {
	/**
	 * Asks for a fresh channel to the engine. It arrives as a window message
	 * `{ kind: "tocsin-port" }` with one MessagePort; asking again replaces the channel.
	 */
	requestPort(): void;
	/** Absolute path of a file that a person dropped or chose. */
	pathOf(file: File): string;
	/** `process.platform` of the desktop. */
	readonly platform: string;
	/** Called with the incident's id when a link or a notification asks for it; answers how to stop listening. */
	onOpenIncident(callback: (incidentId: string) => void): () => void;
}

/** Tag of the window message that carries the port. */
export const portMessageKind = "tocsin-port";
