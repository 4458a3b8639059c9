import type { Frame } from "../electron-parts.ts";
import type { IsOwnAddress } from "./app-address.ts";

/** What an IPC event says about who sent it. */
export interface Sender {
	/** Null once the frame has navigated or is gone. */
	readonly senderFrame: Frame | null;
	readonly sender: { readonly mainFrame: Frame };
}

/** Only the main frame of a window that shows the interface itself may speak to the main process. */
export function isTrustedSender(
	event: Sender,
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
