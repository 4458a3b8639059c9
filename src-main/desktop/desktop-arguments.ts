import { parseArgs } from "node:util";

/** The flags that the desktop shares with `tocsin serve`. It listens on the loopback only, so there is no host. */
export interface DesktopArguments {
	readonly dataDir: string | undefined;
	readonly port: number;
	readonly copilotPort: number;
	readonly eventsPort: number;
	readonly rateLimitScale: number;
}

/**
 * Reads the arguments after the program's own. Unknown ones are left alone: Chromium has
 * hundreds. Throws a `RangeError` that names the flag whose value cannot be used.
 */
export function readDesktopArguments(
	values: readonly string[],
): DesktopArguments {
	const text = { type: "string" } as const;
	const { values: flags } = parseArgs({
		args: [...values],
		strict: false,
		options: {
			"data-dir": text,
			port: text,
			"copilot-port": text,
			"events-port": text,
			"rate-limit-scale": text,
		},
	});
	return {
		dataDir: textOf("--data-dir", flags["data-dir"]),
		port: portOf("--port", flags.port, 8000),
		copilotPort: portOf("--copilot-port", flags["copilot-port"], 8580),
		eventsPort: portOf("--events-port", flags["events-port"], 8505),
		rateLimitScale: scaleOf("--rate-limit-scale", flags["rate-limit-scale"]),
	};
}

function textOf(
	flag: string,
	value: string | boolean | undefined,
): string | undefined {
	if (typeof value === "boolean" || value === "")
		throw new RangeError(`${flag} needs a value.`);
	return value;
}

function portOf(
	flag: string,
	value: string | boolean | undefined,
	standard: number,
): number {
	const text = textOf(flag, value);
	if (text === undefined) return standard;
	if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
		throw new RangeError(
			`${flag} is 0 to 65535; 0 means any free port. Got ${text}.`,
		);
	return Number(text);
}

function scaleOf(flag: string, value: string | boolean | undefined): number {
	const text = textOf(flag, value);
	if (text === undefined) return 1;
	const scale = Number(text);
	if (text.trim() === "" || !Number.isFinite(scale) || scale < 0)
		throw new RangeError(`${flag} is a number from 0 on. Got ${text}.`);
	return scale;
}
