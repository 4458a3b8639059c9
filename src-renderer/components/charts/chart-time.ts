import type { TimeRange } from "./chart-types.ts";

/** `21 Nov 2026, 14:05 GMT+1`: absolute, with its zone. */
export function timeWords(at: number, isUtc: boolean): string {
	return new Date(at).toLocaleString("en-GB", {
		day: "numeric",
		month: "short",
		year: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		timeZoneName: "short",
		...(isUtc ? { timeZone: "UTC" } : {}),
	});
}

/** `21 Nov`, with the year when it is not the year of `now`. */
export function dayWords(at: number, isUtc: boolean, now: number): string {
	const zone = isUtc ? { timeZone: "UTC" } : {};
	const yearOf = (time: number) =>
		new Date(time).toLocaleString("en-GB", { year: "numeric", ...zone });
	return new Date(at).toLocaleString("en-GB", {
		day: "numeric",
		month: "short",
		...(yearOf(at) === yearOf(now) ? {} : { year: "numeric" as const }),
		...zone,
	});
}

export function isInRange(at: number, range: TimeRange): boolean {
	return (
		(range.from === null || at >= range.from) &&
		(range.to === null || at <= range.to)
	);
}

/** The two ends of a drag as a range; null when the drag was too short to mean one. */
export function rangeOfDrag(
	start: number,
	end: number,
	pixels: number,
): TimeRange | null {
	if (Math.abs(pixels) < 8 || !Number.isFinite(start + end)) return null;
	const from = Math.round(Math.min(start, end));
	const to = Math.round(Math.max(start, end));
	return to - from < 1_000 ? null : { from, to };
}
