import type { GuardedSession } from "../electron-parts.ts";
import type { IsOwnAddress } from "./app-address.ts";

/**
 * Writing text to the clipboard, which every copy button needs. It gives a page nothing to
 * read and no device.
 */
const granted = "clipboard-sanitized-write";

/** Denies every permission, asked for or checked, and every device. The one exception is for the interface itself. */
export function denyPermissions(
	session: Pick<
		GuardedSession,
		| "setPermissionRequestHandler"
		| "setPermissionCheckHandler"
		| "setDevicePermissionHandler"
	>,
	isOwnAddress: IsOwnAddress,
): void {
	session.setPermissionRequestHandler((_, permission, answer, details) => {
		answer(permission === granted && isOwnAddress(details.requestingUrl));
	});
	session.setPermissionCheckHandler(
		(_, permission, requestingOrigin) =>
			permission === granted && isOwnAddress(requestingOrigin),
	);
	session.setDevicePermissionHandler(() => false);
}
