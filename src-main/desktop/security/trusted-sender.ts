import type { PageMessage } from "../electron-parts.ts";
import type { IsOwnAddress } from "./app-address.ts";

/** Only the main frame of a window that shows the interface itself may speak to the main process. */
export function isTrustedSender(
	event: Pick<PageMessage, "senderFrame"> & {
		readonly sender: Pick<PageMessage["sender"], "mainFrame">;
	},
	isOwnAddress: IsOwnAddress,
): boolean {
	const frame = event.senderFrame;
	return (
		frame !== null &&
		frame.parent === null &&
		frame === event.sender.mainFrame &&
		isOwnAddress(frame.url)
	);
}
