import type { MessagePort } from "node:worker_threads";
import type { PagePort } from "../electron-parts.ts";

/**
 * Joins a page's port to the engine's, because a page's port cannot be transferred into a
 * worker thread. Passes messages on as they are, in order, both ways; when one end closes the
 * other is closed too, and `onClose` is called once. Ports inside messages are not part of
 * the contract and are closed. Returns the way to close both.
 */
export function relayPorts(
	page: PagePort,
	engine: MessagePort,
	onClose: () => void,
): () => void {
	let isOpen = true;
	function close(): void {
		if (!isOpen) return;
		isOpen = false;
		page.close();
		engine.close();
		onClose();
	}
	page.on("message", (event) => {
		for (const port of event.ports) port.close();
		if (isOpen) engine.postMessage(event.data);
	});
	engine.on("message", (data: unknown) => {
		if (isOpen) page.postMessage(data);
	});
	page.on("close", close);
	engine.on("close", close);
	page.start();
	return close;
}
