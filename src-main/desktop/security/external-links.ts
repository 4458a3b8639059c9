import type { Dialog, Shell } from "../electron-parts.ts";

const longestAddress = 2_048;

/**
 * The address as the system's browser may be given it, or null: https only, with a host,
 * without a name and password (they make a foreign host look like a known one), and short
 * enough to be read in a dialog. Hosts come back in ASCII, so look-alike letters show.
 */
export function externalAddress(address: string): string | null {
	if (address.length > longestAddress) return null;
	const url = URL.parse(address);
	if (url?.protocol !== "https:" || url.host === "") return null;
	if (url.username !== "" || url.password !== "") return null;
	return url.href.length > longestAddress ? null : url.href;
}

/**
 * Answers a function that asks a person before an address leaves the app, and opens it in
 * the system's browser on a yes. One question at a time: a page cannot stack dialogs.
 */
export function offerExternalLinks(
	dialog: Pick<Dialog, "showMessageBox">,
	shell: Pick<Shell, "openExternal">,
	report: (error: unknown) => void,
): (address: string) => Promise<void> {
	let isAsking = false;
	return async (address) => {
		const safe = externalAddress(address);
		if (safe === null || isAsking) return;
		isAsking = true;
		try {
			const answer = await dialog.showMessageBox({
				type: "question",
				message: "Open this address in your browser?",
				detail: safe,
				buttons: ["Cancel", "Open"],
				defaultId: 0,
				cancelId: 0,
				noLink: true,
			});
			if (answer.response === 1) await shell.openExternal(safe);
		} catch (error) {
			report(error);
		} finally {
			isAsking = false;
		}
	};
}
