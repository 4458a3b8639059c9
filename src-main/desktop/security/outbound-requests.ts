import type { GuardedSession } from "../electron-parts.ts";
import type { IsOwnAddress } from "./app-address.ts";

const innerSchemes = new Set(["data:", "blob:", "devtools:"]);

/**
 * Cancels every request of a page that would leave the interface: a second lock behind the
 * content security policy, so that no markup in an incident can call home. `data:` and
 * `blob:` stay inside the page, `devtools:` is the inspector's own window.
 */
export function preventOutboundRequests(
	session: Pick<GuardedSession, "webRequest">,
	isOwnAddress: IsOwnAddress,
): void {
	session.webRequest.onBeforeRequest((details, answer) => {
		answer({ cancel: !isInside(details.url, isOwnAddress) });
	});
}

function isInside(address: string, isOwnAddress: IsOwnAddress): boolean {
	const url = URL.parse(address);
	if (url === null) return false;
	if (innerSchemes.has(url.protocol)) return true;
	// The development server's hot reload speaks ws: from the address it serves http: on.
	if (url.protocol === "ws:") return isOwnAddress(`http:${url.href.slice(3)}`);
	return isOwnAddress(address);
}
