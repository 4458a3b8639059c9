import type { MaintenanceSchedule } from "../../../../../src-shared/contract/index.ts";
import { instantsOf, timeOfDay, wallDay, wallTimeAt } from "./wall-time.ts";

/** A stretch of time, its end not included. Epoch milliseconds. */
export interface Opening {
	readonly startsAt: number;
	readonly endsAt: number;
}

/** The opening that `now` is in; where two overlap, the one that ends last. */
export function openingAt(
	schedule: MaintenanceSchedule,
	now: number,
): Opening | null {
	const around = openingsAround(schedule, now, 0);
	const open = around.filter(
		({ startsAt, endsAt }) => startsAt <= now && now < endsAt,
	);
	return open.reduce<Opening | null>(
		(latest, each) =>
			latest === null || each.endsAt > latest.endsAt ? each : latest,
		null,
	);
}

/** The first opening that starts after `now`. */
export function nextOpening(
	schedule: MaintenanceSchedule,
	now: number,
): Opening | null {
	// Twice a week: an opening in the hour that clocks leave out does not happen.
	return (
		openingsAround(schedule, now, 15).find(({ startsAt }) => startsAt > now) ??
		laterOpening(schedule, now)
	);
}

/** Where the first one is more than two weeks away. */
function laterOpening(
	schedule: MaintenanceSchedule,
	now: number,
): Opening | null {
	return schedule.kind === "weekly" &&
		schedule.from !== null &&
		schedule.from > now
		? (openingsAround(schedule, schedule.from, 15)[0] ?? null)
		: null;
}

/** Those that start between two days before `now` and `days` after, in order. */
function openingsAround(
	schedule: MaintenanceSchedule,
	now: number,
	days: number,
): Opening[] {
	if (schedule.kind === "once") {
		return [{ startsAt: schedule.startsAt, endsAt: schedule.endsAt }];
	}
	const { timeZone, from, until } = schedule;
	const start = timeOfDay(schedule.startTime);
	const end = timeOfDay(schedule.endTime);
	const today = wallDay(wallTimeAt(now, timeZone));
	const openings: Opening[] = [];
	for (let offset = -2; offset <= days; offset++) {
		const day = wallDay(today, offset);
		if (!schedule.days.includes(new Date(day).getUTCDay())) continue;
		const startsAt = instantsOf(day + start, timeZone).first;
		const endsAt = instantsOf(
			wallDay(day, end > start ? 0 : 1) + end,
			timeZone,
		).last;
		const isWithin =
			(from === null || startsAt >= from) &&
			(until === null || startsAt <= until);
		if (isWithin && endsAt > startsAt) openings.push({ startsAt, endsAt });
	}
	return openings;
}
