import type { MessagePort } from "node:worker_threads";
import type { EngineConfig, ListenerConfig } from "../engine/engine-config.ts";

/**
 * What the main thread (desktop shell or command line) and the engine worker say to each other.
 *
 *   main                      worker
 *   start                 ->
 *                         <-  ready | failed            exactly one of them, once
 *   connect-ui            ->                            any number; the port is in the transfer list
 *   announce-open-incidents -> open-incidents
 *                         <-  open-incidents            after every change of either count
 *                         <-  critical-incident         once per new critical incident
 *   shutdown              ->  stopped, then exit 0      accepted work is finished first
 *
 * A worker that exits without `failed` or `stopped` has crashed. After `failed` it exits by itself.
 */
export type ToEngineWorker =
	| StartEngine
	| ConnectUi
	| AnnounceOpenIncidents
	| ShutDownEngine;

export type FromEngineWorker =
	| EngineReady
	| EngineFailed
	| OpenIncidents
	| CriticalIncident
	| EngineStopped;

/** The first message; nothing is opened or bound before it. */
export interface StartEngine {
	readonly kind: "start";
	readonly engine: EngineConfig;
	/** Null runs the engine without any listener. */
	readonly listeners: ListenerConfig | null;
}

/** Serves the contract on `port` as the local owner until either end closes. The receiver calls `port.start()`. */
export interface ConnectUi {
	readonly kind: "connect-ui";
	readonly port: MessagePort;
}

/** Asks for an `open-incidents` message now, whether or not the counts have changed. */
export interface AnnounceOpenIncidents {
	readonly kind: "announce-open-incidents";
}

/** Finishes what was accepted, closes listeners, ports and databases, answers `stopped` and exits, all within 5 s. */
export interface ShutDownEngine {
	readonly kind: "shutdown";
}

/** The engine answers calls. Addresses are the bound ones, and null where there is no such listener. */
export interface EngineReady {
	readonly kind: "ready";
	readonly api: string | null;
	readonly copilot: string | null;
	readonly events: string | null;
	/** The sign-in address with its one-time ticket. */
	readonly ui: string | null;
	/** Documentation pages of API B's parts, where they were asked for. */
	readonly serviceDocs?: readonly string[];
}

/** The engine refused to start (taken port, data folder in use, ...); trying again unchanged would fail again. */
export interface EngineFailed {
	readonly kind: "failed";
	/** Short and stable, for programs. */
	readonly code: string;
	/** One line for a person, naming the flag or the process in the way. */
	readonly message: string;
}

export interface OpenIncidents {
	readonly kind: "open-incidents";
	readonly open: number;
	readonly critical: number;
}

export interface CriticalIncident {
	readonly kind: "critical-incident";
	readonly id: string;
	readonly number: number;
	readonly title: string;
}

/** Everything is closed and on disk. */
export interface EngineStopped {
	readonly kind: "stopped";
}
