import type { FaultyFile } from "../planted-fault.ts";
import { recordFaults } from "./records.ts";
import { survivors } from "./survivors.ts";

/** The table: every fault that is planted on demand. */
export const faultyFiles: readonly FaultyFile[] = [...survivors, ...recordFaults];
