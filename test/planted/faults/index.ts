import type { FaultyFile } from "../planted-fault.ts";
import { actionFaults } from "./actions.ts";
import { edgeFaults } from "./edges.ts";
import { evidenceFaults } from "./evidence.ts";
import { reasoningFaults } from "./reasoning.ts";
import { recordFaults } from "./records.ts";
import { sharedFaults } from "./shared.ts";
import { signalFaults } from "./signals.ts";
import { survivors } from "./survivors.ts";

/** The table: every fault that is planted on demand. */
export const faultyFiles: readonly FaultyFile[] = [
	...survivors,
	...recordFaults,
	...signalFaults,
	...evidenceFaults,
	...reasoningFaults,
	...actionFaults,
	...edgeFaults,
	...sharedFaults,
];
