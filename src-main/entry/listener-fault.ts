import type { ListenerConfig } from "../engine/engine-config.ts";

/** What a failed start says: short and stable for programs, one line for people. */
export interface StartFault {
	readonly code: string;
	readonly message: string;
}

/** Names the flag behind a listener's error; null for an error of another kind. */
export function listenerFault(
	error: unknown,
	listeners: ListenerConfig,
): StartFault | null {
	if (!(error instanceof Error) || !("code" in error)) return null;
	const port = "port" in error ? Number(error.port) : Number.NaN;
	const flag = flagOf(port, listeners);
	switch (error.code) {
		case "EADDRINUSE":
			return {
				code: "PORT_IN_USE",
				message: `Port ${port} is taken by another program. Choose another with ${flag}, or ${flag} 0 for any free one.`,
			};
		case "EACCES":
			return {
				code: "PORT_NOT_ALLOWED",
				message: `This user may not listen on port ${port}. Choose one from 1024 on with ${flag}.`,
			};
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return {
				code: "HOST_NOT_FOUND",
				message: `${listeners.host} is not an address of this machine. Choose another with --host.`,
			};
		default:
			return null;
	}
}

function flagOf(port: number, listeners: ListenerConfig): string {
	if (port === listeners.copilotPort) return "--copilot-port";
	if (port === listeners.eventsPort) return "--events-port";
	return "--port";
}
