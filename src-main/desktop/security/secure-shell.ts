import type { ElectronSurface } from "../electron-surface.ts";
import type { IsOwnAddress } from "./app-address.ts";
import { registerAppScheme, serveAppScheme } from "./app-scheme.ts";
import { denyCertificateErrors } from "./certificates.ts";
import { offerExternalLinks } from "./external-links.ts";
import { preventNavigation } from "./navigation.ts";
import { preventNewWindows } from "./new-windows.ts";
import { preventOutboundRequests } from "./outbound-requests.ts";
import { denyPermissions } from "./permissions.ts";
import { preventWebviews } from "./webviews.ts";

/** The rules that must stand before the app is ready, for every page there will ever be. */
export function secureApp(
	electron: Pick<ElectronSurface, "app" | "protocol" | "dialog" | "shell">,
	isOwnAddress: IsOwnAddress,
	report: (error: unknown) => void,
): void {
	electron.app.enableSandbox();
	registerAppScheme(electron.protocol);
	denyCertificateErrors(electron.app);
	const offer = offerExternalLinks(electron.dialog, electron.shell, report);
	electron.app.on("web-contents-created", (_, contents) => {
		preventNavigation(contents, isOwnAddress);
		preventNewWindows(contents, offer);
		preventWebviews(contents);
	});
}

/** The rules of the session, which exists once the app is ready; before the first window. */
export function secureSession(
	electron: Pick<ElectronSurface, "session" | "protocol">,
	isOwnAddress: IsOwnAddress,
	rendererDirectory: string,
): void {
	denyPermissions(electron.session.defaultSession, isOwnAddress);
	preventOutboundRequests(electron.session.defaultSession, isOwnAddress);
	serveAppScheme(electron.protocol, rendererDirectory);
}
