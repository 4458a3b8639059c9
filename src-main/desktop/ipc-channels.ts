/** Every name that crosses between the page's preload and the main process. Nothing else is listened to or sent. */
export const ipcChannels = {
	/** Page to main, no values: give this page a new port to the engine. */
	requestPort: "tocsin:request-port",
	/** Main to page, with one port: the answer. */
	port: "tocsin:port",
	/** Main to page, the incident's id: a person asked to see it. */
	openIncident: "tocsin:open-incident",
} as const;
