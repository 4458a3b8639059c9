import { utcMilliseconds } from "../../../src-shared/domain/timestamp.ts";

/** What one text would mean with the day first and with the month first; null where it cannot be read so. */
export interface DateReadings {
	readonly text: string;
	readonly dmy: string | null;
	readonly mdy: string | null;
}

const pattern = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/u;

/** Both readings of `03/04/2026`, in words that leave no doubt: `3 April 2026` and `4 March 2026`. */
export function dateReadings(text: string): DateReadings | null {
	const match = pattern.exec(text);
	if (match === null) return null;
	const [, first, second, year] = match.map(Number);
	if (first === undefined || second === undefined || year === undefined) {
		return null;
	}
	return {
		text,
		dmy: words(year, second, first),
		mdy: words(year, first, second),
	};
}

/** The first example that the two orders read differently, else the first that is a date at all. */
export function tellingExample(
	examples: readonly string[],
): DateReadings | null {
	const readings = examples.map(dateReadings).filter((each) => each !== null);
	return (
		readings.find(
			({ dmy, mdy }) => dmy !== null && mdy !== null && dmy !== mdy,
		) ??
		readings[0] ??
		null
	);
}

function words(year: number, month: number, day: number): string | null {
	const at = utcMilliseconds(year, month, day);
	return at === null
		? null
		: new Date(at).toLocaleDateString("en-GB", {
				day: "numeric",
				month: "long",
				year: "numeric",
				timeZone: "UTC",
			});
}
