import type { GuardedContents, NavigationEvent } from "../electron-parts.ts";
import type { IsOwnAddress } from "./app-address.ts";

/** Keeps a page where it is: it may reload itself in its main frame and go nowhere else, not even by a redirect. */
export function preventNavigation(
	contents: GuardedContents,
	isOwnAddress: IsOwnAddress,
): void {
	function check(event: NavigationEvent): void {
		if (!(event.isMainFrame && isOwnAddress(event.url))) event.preventDefault();
	}
	contents.on("will-navigate", check);
	contents.on("will-frame-navigate", check);
	contents.on("will-redirect", check);
}
