/**
 * When things happen in the demo. Its history begins at midnight UTC, 30 days before it is
 * loaded, and ends with the last whole hour: what is drawn for a day depends on its place
 * in the history and its weekday alone.
 */
export const historyDays = 30;
export const hourMillis = 3_600_000;
export const dayMillis = 86_400_000;

/** Labels take this long to arrive: chargebacks and calls from customers. */
export const labelDelayMillis = 2 * dayMillis;

/** Where a history that is loaded now begins. */
export function historyStart(now: number): number {
	return startOfDay(now) - historyDays * dayMillis;
}

/** Where a history that began at `start` ends, exclusive. One that is resumed late stays as long as it was meant to be. */
export function historyEnd(start: number, now: number): number {
	const lastHour = Math.floor(now / hourMillis) * hourMillis;
	return Math.min(lastHour, start + (historyDays + 1) * dayMillis);
}

/** The hour from which the payment provider northpay sends amounts in cents: 14:00 UTC, five days before the demo is loaded. */
export function centsBeginAt(start: number): number {
	return start + (historyDays - 5) * dayMillis + 14 * hourMillis;
}

export function startOfDay(time: number): number {
	return Math.floor(time / dayMillis) * dayMillis;
}
