import { MessageChannel, type MessagePort } from "node:worker_threads";
import type {
	IpcReceiver,
	MessageChannelClass,
	PageContents,
	PageMessage,
} from "./electron-parts.ts";
import { relayPorts } from "./engine/port-relay.ts";
import { ipcChannels } from "./ipc-channels.ts";
import type { IsOwnAddress } from "./security/app-address.ts";
import { isTrustedSender } from "./security/trusted-sender.ts";

export interface IpcHostSetup {
	readonly isOwnAddress: IsOwnAddress;
	/** Transfers the engine's end of a page's connection to the engine. */
	connectUi(port: MessagePort): void;
	/** A message that was dropped, and why. */
	refused(channel: string, reason: string): void;
}

export interface IpcHost {
	/** Shows an incident in a page: now, or once the page has asked for its port. */
	openIncident(page: PageContents, id: string): void;
	/** Forgets a page that is gone and closes its connection. */
	forget(pageId: number): void;
}

/** The only place that listens to pages. One named channel, no values, from the interface's own main frame. */
export function hostIpc(
	ipcMain: IpcReceiver,
	MessageChannelMain: MessageChannelClass,
	setup: IpcHostSetup,
): IpcHost {
	/** The open connection of each page that has asked for one. */
	const connections = new Map<number, () => void>();
	const waitingIncidents = new Map<number, string>();

	function connect(page: PageContents): void {
		connections.get(page.id)?.();
		const toPage = new MessageChannelMain();
		const toEngine = new MessageChannel();
		const disconnect = relayPorts(toPage.port1, toEngine.port1, () => {
			if (connections.get(page.id) === disconnect) connections.delete(page.id);
		});
		connections.set(page.id, disconnect);
		page.postMessage(ipcChannels.port, null, [toPage.port2]);
		setup.connectUi(toEngine.port2);
		const incident = waitingIncidents.get(page.id);
		if (incident === undefined) return;
		waitingIncidents.delete(page.id);
		page.send(ipcChannels.openIncident, incident);
	}

	ipcMain.on(
		ipcChannels.requestPort,
		(event: PageMessage, ...values: unknown[]) => {
			if (!isTrustedSender(event, setup.isOwnAddress)) {
				setup.refused(ipcChannels.requestPort, "the sender is not trusted");
			} else if (values.length > 0 || event.ports.length > 0) {
				setup.refused(ipcChannels.requestPort, "it carries values");
			} else {
				connect(event.sender);
			}
		},
	);

	return {
		openIncident(page, id) {
			if (page.isDestroyed()) return;
			if (connections.has(page.id)) page.send(ipcChannels.openIncident, id);
			else waitingIncidents.set(page.id, id);
		},
		forget(pageId) {
			connections.get(pageId)?.();
			waitingIncidents.delete(pageId);
		},
	};
}
