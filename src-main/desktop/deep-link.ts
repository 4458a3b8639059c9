import { resolve } from "node:path";
import type { LinkApp } from "./electron-parts.ts";

export const linkScheme = "tocsin";

const incidentLink =
	/^tocsin:\/\/incident\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i;

/**
 * The incident that a link names, in lower case, or null. Any program or web page can send
 * one, so nothing but `tocsin://incident/<uuid>` is accepted: no query, fragment, port or
 * encoded character. Windows adds the final slash.
 */
export function incidentOfLink(text: unknown): string | null {
	if (typeof text !== "string") return null;
	return incidentLink.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** The incident of the first link among command-line arguments, whose order Chromium may change. */
export function incidentOfArguments(values: readonly unknown[]): string | null {
	for (const value of values) {
		const incident = incidentOfLink(value);
		if (incident !== null) return incident;
	}
	return null;
}

/** How this process was started, as far as links need it. */
export interface Launch {
	readonly executable: string;
	readonly arguments: readonly string[];
	/** Run by a bare Electron from a source folder: `electron .` */
	readonly isSourceRun: boolean;
}

/**
 * Makes this app the one that opens `tocsin:` links and listens for those of macOS, which
 * can come before the app is ready. Elsewhere a link arrives as an argument.
 */
export function receiveLinks(
	app: LinkApp,
	launch: Launch,
	show: (incident: string) => void,
): void {
	const folder = launch.arguments[1];
	if (launch.isSourceRun && folder !== undefined) {
		app.setAsDefaultProtocolClient(linkScheme, launch.executable, [
			resolve(folder),
		]);
	} else {
		app.setAsDefaultProtocolClient(linkScheme);
	}
	app.on("open-url", (event, url) => {
		event.preventDefault();
		const incident = incidentOfLink(url);
		if (incident !== null) show(incident);
	});
}
