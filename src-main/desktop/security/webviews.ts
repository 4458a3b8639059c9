import type { GuardedContents } from "../electron-parts.ts";

/** The interface has no `<webview>`; one that appears was injected and is never attached. */
export function preventWebviews(contents: GuardedContents): void {
	contents.on("will-attach-webview", (event) => event.preventDefault());
}
