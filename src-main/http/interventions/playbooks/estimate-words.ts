/**
 * Seconds as the list of actions says them.
 *
 * | seconds | words      |
 * |---------|------------|
 * | 5       | 5 seconds  |
 * | 60      | 1 minute   |
 * | 90      | 90 seconds |
 * | 600     | 10 minutes |
 * | 5400    | 90 minutes |
 * | 10800   | 3 hours    |
 */
export function durationWords(seconds: number): string {
	if (seconds < 60 || (seconds < 120 && seconds % 60 !== 0)) {
		return counted(Math.round(seconds), "second");
	}
	const minutes = Math.round(seconds / 60);
	if (minutes < 60 || (minutes < 120 && minutes % 60 !== 0)) {
		return counted(minutes, "minute");
	}
	return counted(Math.round(minutes / 60), "hour");
}

/** US dollars as the list of actions says them: `$0`, `$0.10`, `$0.004`. */
export function costWords(dollars: number): string {
	if (dollars === 0) return "$0";
	return dollars < 0.01
		? `$${Number(dollars.toPrecision(1))}`
		: `$${dollars.toFixed(2)}`;
}

function counted(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
