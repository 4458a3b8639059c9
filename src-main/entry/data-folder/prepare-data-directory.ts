import { mkdirSync } from "node:fs";

/**
 * Makes the folder, for its owner alone. One that was there keeps its permissions: it may
 * hold more than Tocsin's files; `tocsin doctor` says when others can read it.
 */
export function prepareDataDirectory(path: string): void {
	mkdirSync(path, { recursive: true, mode: 0o700 });
}
