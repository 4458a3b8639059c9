/** How an engine is set up; frozen on entry. */
export interface EngineConfig {
	/** Holds `command.db`, `predictions.db`, `backups/`, `uploads/` and the running engine's own files. */
	readonly dataDirectory: string;
	readonly version: string;
	/** False refuses `POST /auth/register`; people are then added by hand. On when absent. */
	readonly allowRegistration?: boolean;
	/** Folder of the playbooks that Tocsin ships; null or absent knows the user's own alone. */
	readonly playbooksDirectory?: string | null;
}

/** How the listeners of a serving engine are set up. Port 0 means any free port. */
export interface ListenerConfig {
	readonly host: string;
	readonly port: number;
	readonly copilotPort: number;
	readonly eventsPort: number;
	/** Ports of the documentation pages of API B's four parts; none when absent. */
	readonly serviceDocsPorts?: readonly number[];
	/** Multiplies every request limit; 0 turns them off. */
	readonly rateLimitScale: number;
	/** Folder of the built renderer; null serves no pages. */
	readonly uiDirectory: string | null;
	/** Listen on an address that other machines reach, unencrypted. Refused when absent. */
	readonly insecureBind?: boolean;
}
