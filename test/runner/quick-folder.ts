import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const memory = "/dev/shm";
/** What the data folders of all tests that run at once never come near. */
const enoughBytes = 2 ** 31;

/**
 * The global setup of both runners: temporary folders are in memory, where a commit need
 * not wait for a disk, if there is such memory, enough of it, and programs run from it.
 */
export default function useQuickFolder(): void {
	const folder = makeQuickFolder();
	if (folder === null) return;
	process.env.TMPDIR = folder;
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

function makeQuickFolder(): string | null {
	let folder: string | null = null;
	try {
		const { bavail, bsize } = statfsSync(memory);
		if (bavail * bsize < enoughBytes) return null;
		folder = mkdtempSync(join(memory, "tocsin-test-"));
		const program = join(folder, "program");
		writeFileSync(program, "#!/bin/sh\n", { mode: 0o700 });
		if (spawnSync(program).status === 0) return folder;
	} catch {
		// Then they stay where the system has them.
	}
	if (folder !== null) rmSync(folder, { recursive: true, force: true });
	return null;
}
