import { randomBytes } from "node:crypto";
import type { Clock, Notifier, Ports, Random } from "../engine/ports.ts";
import { ComputePool } from "./compute/compute-pool.ts";
import { openLog } from "./engine-log.ts";
import { siblingModule } from "./sibling-module.ts";
import { uuidv7 } from "./uuidv7.ts";

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
};

export const systemRandom: Random = {
	uuid: uuidv7,
	bytes: (length) => randomBytes(length),
};

/** For an engine that nobody watches. */
export const silentNotifier: Notifier = {
	openIncidents: () => {},
	criticalIncident: () => {},
};

/** The world as it is. `close` ends the threads and the log. */
export function realPorts(
	dataDirectory: string,
	notifier: Notifier = silentNotifier,
): Ports & { close(): Promise<void> } {
	const log = openLog(dataDirectory);
	const compute = new ComputePool(siblingModule("compute-worker"));
	return {
		clock: systemClock,
		random: systemRandom,
		notifier,
		log,
		compute,
		close: async () => {
			await compute.close();
			log.close();
		},
	};
}
