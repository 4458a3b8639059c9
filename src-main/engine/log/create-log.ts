import { pino } from "pino";
import type { Log } from "../ports.ts";
import { redact, redactText } from "./redact.ts";

/**
 * A structured log: JSON lines, written by pino. Secrets are taken out here and not by the
 * callers: of fields by their names, of every text by their look. An unknown level reads
 * as `info`.
 */
export function createLog(
	destination: { write(line: string): void },
	level = "info",
): Log {
	const logger = pino(
		{
			level: Object.hasOwn(pino.levels.values, level) ? level : "info",
			base: { pid: process.pid },
		},
		destination,
	);
	type Level = "debug" | "info" | "warn" | "error";
	const write =
		(at: Level) => (fields: Record<string, unknown>, message: string) => {
			if (logger.isLevelEnabled(at)) {
				logger[at](redact(fields), redactText(message));
			}
		};
	return {
		debug: write("debug"),
		info: write("info"),
		warn: write("warn"),
		error: write("error"),
	};
}
