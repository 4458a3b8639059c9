import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { destination, pino } from "pino";
import type { Log } from "../engine/ports.ts";

const largestFile = 10 * 1024 * 1024;
const filesKept = 3;

/** Never written out, at any of these depths of a logged object. */
const secretFields = [
	"password",
	"token",
	"access_token",
	"refresh_token",
	"ticket",
	"key",
	"secret",
	"authorization",
	"cookie",
	'["x-api-key"]',
	'["set-cookie"]',
];

/**
 * The engine's log: JSON lines in `logs/engine.log`, with secrets redacted. A file over
 * 10 MB is put aside at the next start. `TOCSIN_LOG_LEVEL` chooses how much is written.
 */
export function openLog(dataDirectory: string): Log & { close(): void } {
	const folder = join(dataDirectory, "logs");
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, "engine.log");
	rotate(path);
	const file = destination({ dest: path, sync: true, mode: 0o600 });
	// A full disk must not take the engine down with its log.
	file.on("error", () => {});
	const logger = pino(
		{
			level: chosenLevel(),
			base: { pid: process.pid },
			redact: { paths: redactedPaths(), censor: "[redacted]" },
		},
		file,
	);
	return {
		debug: (fields, message) => logger.debug(fields, message),
		info: (fields, message) => logger.info(fields, message),
		warn: (fields, message) => logger.warn(fields, message),
		error: (fields, message) => logger.error(fields, message),
		close: () => file.end(),
	};
}

function chosenLevel(): string {
	const wanted = process.env.TOCSIN_LOG_LEVEL ?? "";
	return wanted in pino.levels.values ? wanted : "info";
}

function redactedPaths(): string[] {
	return secretFields.flatMap((field) => {
		const dotted = field.startsWith("[") ? field : `.${field}`;
		return [field, `*${dotted}`, `*.*${dotted}`];
	});
}

function rotate(path: string): void {
	try {
		if (statSync(path).size < largestFile) return;
	} catch {
		return;
	}
	for (let number = filesKept - 1; number >= 1; number--) {
		const from = number === 1 ? path : `${path}.${number - 1}`;
		try {
			renameSync(from, `${path}.${number}`);
		} catch {
			// A step that is missing leaves nothing to move.
		}
	}
}
