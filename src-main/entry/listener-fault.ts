import type { ListenerConfig } from "../engine/engine-config.ts";
import { ListenError } from "../http/index.ts";

/** What a failed start says: short and stable for programs, one line for people. */
export interface StartFault {
	readonly code: string;
	readonly message: string;
}

/** Names the flag behind a listener's error and what to do; null for an error of another kind. */
export function listenerFault(
	error: unknown,
	{ host }: ListenerConfig,
): StartFault | null {
	if (!(error instanceof ListenError)) return null;
	const { flag, port, code } = error;
	switch (code) {
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
				message: `${host} is not an address of this machine. Choose another with --host.`,
			};
		default:
			return { code: "LISTEN_FAILED", message: error.message };
	}
}
