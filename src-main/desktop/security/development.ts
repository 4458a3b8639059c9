/**
 * The development server's address, or null outside development: never in a packaged app,
 * whatever the environment says, and only on the loopback.
 */
export function developmentServer(
	isPackaged: boolean,
	environment: Readonly<Record<string, string | undefined>>,
): string | null {
	if (isPackaged) return null;
	const url = URL.parse(environment.ELECTRON_RENDERER_URL ?? "");
	if (url?.protocol !== "http:") return null;
	const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
	return isLoopback ? url.href : null;
}
