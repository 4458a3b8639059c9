const hour = 60 * 60_000;

export interface SnoozeChoice {
	readonly label: string;
	/** Epoch milliseconds. */
	readonly until: number;
}

/** Until when an alert may be put off, in the person's own time zone. */
export function snoozeChoices(now: number): readonly SnoozeChoice[] {
	return [
		{ label: "For 30 minutes", until: now + hour / 2 },
		{ label: "For 1 hour", until: now + hour },
		{ label: "For 4 hours", until: now + 4 * hour },
		{ label: "Until tomorrow, 9:00", until: morning(now, 1) },
		{ label: "Until Monday, 9:00", until: morning(now, daysToMonday(now)) },
	];
}

/** Nine o'clock, so many days after today. */
function morning(now: number, days: number): number {
	const at = new Date(now);
	at.setDate(at.getDate() + days);
	return at.setHours(9, 0, 0, 0);
}

/** 1 to 7: on a Monday it is the next one. */
function daysToMonday(now: number): number {
	return (8 - new Date(now).getDay()) % 7 || 7;
}
