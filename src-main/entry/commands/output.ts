import { largest } from "../../../src-shared/domain/extremes.ts";
/** One JSON value alone on a line of stdout. */
export function printJson(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLine(text = ""): void {
	process.stdout.write(`${text}\n`);
}

/** For people who watch; never part of a result. */
export function printNotice(text: string): void {
	process.stderr.write(`${text}\n`);
}

/**
 * Columns padded to their widest cell, two spaces apart. Numbers line up on the right.
 * Control characters are shown as spaces: a cell can hold anything a client sent.
 */
export function table(
	header: readonly string[],
	rows: readonly (readonly string[])[],
): string {
	const lines = [header, ...rows].map((row) => row.map(printable));
	const widths = header.map((_, column) =>
		largest(lines.map((row) => row[column]?.length ?? 0)),
	);
	const right = header.map(
		(_, column) =>
			rows.length > 0 &&
			rows.every((row) =>
				/^[-+]?[\d.,]+(e[-+]?\d+)?%?$|^-?$/.test(row[column] ?? ""),
			),
	);
	return lines
		.map((row) =>
			row
				.map((cell, column) =>
					right[column]
						? cell.padStart(widths[column] ?? 0)
						: cell.padEnd(widths[column] ?? 0),
				)
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

function printable(text: string): string {
	return text.replace(/\p{Cc}/gu, " ");
}

/** Up to four significant digits, for people. */
export function shortNumber(value: number | null): string {
	if (value === null) return "-";
	if (Number.isInteger(value)) return String(value);
	const size = Math.abs(value);
	if (size < 1e-4 || size >= 1e6) return value.toExponential(2);
	return String(Number(value.toPrecision(4)));
}

/** `2026-01-02 03:04` in UTC. */
export function shortTime(millis: number | null): string {
	if (millis === null) return "-";
	return new Date(millis).toISOString().slice(0, 16).replace("T", " ");
}
