import { duration } from "../../ground/time-text.ts";

/** Money in millionths of a dollar: `$0`, `$0.0031`, `$12.40`, `$1,204.00`. */
export function moneyWords(microDollars: number): string {
	const dollars = microDollars / 1_000_000;
	if (dollars === 0) return "$0";
	if (dollars < 0.0001) return "< $0.0001";
	const digits = dollars < 0.01 ? 4 : 2;
	return `$${dollars.toLocaleString("en-US", {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	})}`;
}

/** A length of time, or a dash where nothing is counted. */
export function lengthWords(milliseconds: number | null): string {
	return milliseconds === null ? "–" : duration(milliseconds);
}

/** `24 Jan` of `2026-01-24`. */
export function dayWords(day: string): string {
	return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
		day: "numeric",
		month: "short",
		timeZone: "UTC",
	});
}

export function minutes(milliseconds: number | null): number | null {
	return milliseconds === null
		? null
		: Math.round((milliseconds / 60_000) * 10) / 10;
}
