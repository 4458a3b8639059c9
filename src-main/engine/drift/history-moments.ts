import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";
import type { ObservedModel } from "../predictions/index.ts";
import { hourMillis, startOfDay } from "./windows.ts";

export const dayMillis = 86_400_000;

/** The end of the hour that holds an instant. */
export function endOfHour(time: number): number {
	return Math.floor(time / hourMillis) * hourMillis + hourMillis;
}

/** The moments at which a stretch is assessed: each step at midnight, and the end of the data. */
export function historyMoments(
	model: ObservedModel,
	settings: MonitorSettings,
	range: { from: number | undefined; to: number; every: number },
): number[] {
	const end = Math.min(range.to, endOfHour(model.lastSeenAt));
	const firstUseful =
		startOfDay(model.firstSeenAt) + (settings.currentDays + 1) * dayMillis;
	const moments: number[] = [];
	for (
		let moment = range.from ?? firstUseful;
		moment < end;
		moment += range.every
	) {
		moments.push(moment);
	}
	moments.push(end);
	return moments;
}
