import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createLog, RotatingFile } from "../engine/log/index.ts";
import type { Log } from "../engine/ports.ts";

const largestFile = 10 * 1024 * 1024;
const filesKept = 3;

/**
 * The engine's log: JSON lines in `logs/engine.log`, with secrets redacted. A file over
 * 10 MB is put aside. `TOCSIN_LOG_LEVEL` chooses how much is written.
 */
export function openLog(dataDirectory: string): Log & { close(): void } {
	const folder = join(dataDirectory, "logs");
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = new RotatingFile(join(folder, "engine.log"), {
		largest: largestFile,
		kept: filesKept,
	});
	return {
		...createLog(file, process.env.TOCSIN_LOG_LEVEL),
		close: () => file.close(),
	};
}
