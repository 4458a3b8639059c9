import type { Zone } from "../../ground/preferences.ts";
import type { Place } from "../../ground/router.ts";

export const spans = [7, 30, 90] as const;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
/** What the engine adds up at once. */
export const mostDays = 366;
const dayMs = 86_400_000;

/** What the address says: the last so many days, or days by name, both included. */
export type ChosenRange =
	| { readonly kind: "last"; readonly days: number }
	| { readonly kind: "days"; readonly first: string; readonly last: string };

/** Reads `#/analytics?days=30` and `#/analytics?from=2026-01-01&to=2026-01-31`; else the last 30 days. */
export function rangeOf({ query }: Place): ChosenRange {
	const first = query.get("from");
	const last = query.get("to");
	if (isDay(first) && isDay(last) && first <= last) {
		return { kind: "days", first, last };
	}
	const days = Number(query.get("days"));
	return { kind: "last", days: spans.find((each) => each === days) ?? 30 };
}

export function rangeQuery(range: ChosenRange): Record<string, string> {
	return range.kind === "last"
		? range.days === 30
			? {}
			: { days: String(range.days) }
		: { from: range.first, to: range.last };
}

/** The range in epoch milliseconds, whole days of the zone; `to` is the midnight after the last. */
export function boundsOf(
	range: ChosenRange,
	zone: Zone,
	now: number,
): { readonly from: number; readonly to: number } {
	if (range.kind === "days") {
		return {
			from: midnight(range.first, zone, 0),
			to: midnight(range.last, zone, 1),
		};
	}
	const today = dayName(now, zone);
	return {
		from: midnight(today, zone, 1 - range.days),
		to: midnight(today, zone, 1),
	};
}

/** Why a person's choice of days cannot be shown; null when it can. */
export function rangeFault(first: string, last: string): string | null {
	if (!isDay(first) || !isDay(last)) return "Choose both days.";
	if (first > last) return "The first day is after the last.";
	const days = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
	return days > mostDays ? `At most ${mostDays} days can be shown.` : null;
}

/** `2026-01-24` of an instant. */
export function dayName(at: number, zone: Zone): string {
	if (zone === "utc") return new Date(at).toISOString().slice(0, 10);
	const day = new Date(at);
	const pad = (part: number) => String(part).padStart(2, "0");
	return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

/** The name of the zone as the engine takes it. */
export function zoneName(zone: Zone): string {
	return zone === "utc"
		? "UTC"
		: Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function midnight(day: string, zone: Zone, later: number): number {
	const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
	return zone === "utc"
		? Date.UTC(year, month - 1, date + later)
		: new Date(year, month - 1, date + later).getTime();
}

function isDay(text: string | null): text is string {
	return (
		text !== null && dayPattern.test(text) && !Number.isNaN(Date.parse(text))
	);
}
