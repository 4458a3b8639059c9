import { createEngine, type Engine } from "../engine/engine.ts";
import type { EngineConfig } from "../engine/engine-config.ts";
import type { Notifier } from "../engine/ports.ts";
import {
	type Discovery,
	removeDiscovery,
	writeDiscovery,
} from "./data-folder/discovery.ts";
import { acquireEngineLock } from "./data-folder/engine-lock.ts";
import { prepareDataDirectory } from "./data-folder/prepare-data-directory.ts";
import { playbooksFolder } from "./playbooks-folder.ts";
import { realPorts } from "./real-ports.ts";

/** An engine that holds its data folder. */
export interface OpenEngine {
	readonly engine: Engine;
	/** Tells other programs of this user where to reach the engine. */
	announce(api: string): void;
	/** Closes the engine, then gives the folder free. */
	close(): Promise<void>;
}

/**
 * Takes the data folder and starts an engine on it with the real world as its ports.
 * Throws `DataFolderInUse`, or what the engine throws; the folder is then free again.
 */
export async function openEngine(
	config: EngineConfig,
	notifier?: Notifier,
): Promise<OpenEngine> {
	const { dataDirectory } = config;
	prepareDataDirectory(dataDirectory);
	const lock = acquireEngineLock(dataDirectory);
	const facts: Discovery = {
		pid: process.pid,
		startedAt: Date.now(),
		api: null,
		token: null,
	};
	writeDiscovery(dataDirectory, facts);
	const giveFree = () => {
		removeDiscovery(dataDirectory);
		lock.release();
	};
	const ports = realPorts(dataDirectory, notifier);
	let engine: Engine;
	try {
		engine = await createEngine(
			{ playbooksDirectory: playbooksFolder(), ...config },
			ports,
		);
	} catch (error) {
		await ports.close();
		giveFree();
		throw error;
	}
	return {
		engine,
		announce: (api) => {
			const token = engine.identity.localToken;
			writeDiscovery(dataDirectory, { ...facts, api, token });
		},
		close: async () => {
			try {
				await engine.close();
				await ports.close();
			} finally {
				giveFree();
			}
		},
	};
}
