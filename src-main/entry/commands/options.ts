import { type Command, InvalidArgumentError } from "commander";
import { parseTimestampIn } from "../../../src-shared/domain/timestamp.ts";

/** What every command takes. */
export interface CommonOptions {
	readonly dataDir?: string;
	readonly json?: true;
}

/** Adds `--data-dir` and `--json`. */
export function withCommonOptions(command: Command): Command {
	return command
		.option(
			"--data-dir <folder>",
			"where the data is kept (default: TOCSIN_DATA_DIR, else this user's application folder)",
		)
		.option("--json", "print one JSON value instead of text");
}

export function portNumber(text: string): number {
	if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
		throw new InvalidArgumentError(
			"A port is 0 to 65535; 0 means any free one.",
		);
	}
	return Number(text);
}

export function notNegative(text: string): number {
	const value = Number(text);
	if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
		throw new InvalidArgumentError("Give a number from 0 on.");
	}
	return value;
}

/** RFC 3339; without a zone it is UTC, without a time midnight. Answers epoch milliseconds. */
export function pointInTime(text: string): number {
	const millis = parseTimestampIn(text.trim(), 0);
	if (millis === null) {
		throw new InvalidArgumentError(
			"Give a time such as 2026-01-31 or 2026-01-31T12:00:00Z.",
		);
	}
	return millis;
}

const unitMillis: Readonly<Record<string, number>> = {
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
};

/** `6h`, `1d` or `1w` in milliseconds; an hour at least. */
export function duration(text: string): number {
	const parts = /^(\d{1,4})([hdw])$/.exec(text.trim());
	const millis = Number(parts?.[1]) * (unitMillis[parts?.[2] ?? ""] ?? 0);
	if (!(millis >= 3_600_000)) {
		throw new InvalidArgumentError(
			"Give hours, days or weeks, such as 6h, 1d or 1w.",
		);
	}
	return millis;
}
