import type { Protocol } from "../electron-parts.ts";
import { appScheme } from "./app-address.ts";
import { answerAppRequest } from "./app-files.ts";

/**
 * Makes `app:` a standard, secure origin with `fetch`. Must run before the app is ready.
 * It does not bypass the content security policy and has no service workers.
 */
export function registerAppScheme(
	protocol: Pick<Protocol, "registerSchemesAsPrivileged">,
): void {
	protocol.registerSchemesAsPrivileged([
		{
			scheme: appScheme,
			privileges: {
				standard: true,
				secure: true,
				supportFetchAPI: true,
				bypassCSP: false,
				corsEnabled: false,
				allowServiceWorkers: false,
			},
		},
	]);
}

/** Answers `app://tocsin/...` from the folder of the built renderer. Runs once the app is ready. */
export function serveAppScheme(
	protocol: Pick<Protocol, "handle">,
	rendererDirectory: string,
): void {
	protocol.handle(appScheme, (request) =>
		answerAppRequest(rendererDirectory, request),
	);
}
