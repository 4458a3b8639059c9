import type {
	AlertMatcher,
	MaintenanceSchedule,
	MaintenanceWindow,
} from "../../../src-shared/contract/index.ts";
import { type DraftRow, draftRow } from "./rule-draft.ts";

type Weekly = Extract<MaintenanceSchedule, { kind: "weekly" }>;

/** A maintenance window while somebody writes it: what both kinds need is kept while the kind is changed. */
export interface WindowDraft {
	readonly name: string;
	readonly matchers: readonly DraftRow<AlertMatcher>[];
	readonly kind: MaintenanceSchedule["kind"];
	readonly startsAt: Date | null;
	readonly endsAt: Date | null;
	readonly weekly: Weekly;
}

/** `timeZone` is that of the person, for a window that names none yet. */
export function windowDraftOf(
	window: MaintenanceWindow | null,
	timeZone: string,
): WindowDraft {
	const schedule = window?.schedule;
	const once = schedule?.kind === "once" ? schedule : null;
	return {
		name: window?.name ?? "",
		matchers: (window?.matchers ?? []).map(draftRow),
		kind: schedule?.kind ?? "once",
		startsAt: once === null ? null : new Date(once.startsAt),
		endsAt: once === null ? null : new Date(once.endsAt),
		weekly:
			schedule?.kind === "weekly"
				? schedule
				: {
						kind: "weekly",
						timeZone,
						days: [0],
						startTime: "02:00",
						endTime: "04:00",
						from: null,
						until: null,
					},
	};
}

/** When it opens, as it is written so far; null while something is missing. */
export function scheduleOf(draft: WindowDraft): MaintenanceSchedule | null {
	if (draft.kind === "weekly") return draft.weekly;
	const { startsAt, endsAt } = draft;
	return startsAt === null || endsAt === null
		? null
		: {
				kind: "once",
				startsAt: startsAt.getTime(),
				endsAt: endsAt.getTime(),
			};
}

/** Short names of the days, Monday first; `day` as the engine counts, 0 for Sunday. */
export const weekDays = [
	{ day: 1, name: "Mon" },
	{ day: 2, name: "Tue" },
	{ day: 3, name: "Wed" },
	{ day: 4, name: "Thu" },
	{ day: 5, name: "Fri" },
	{ day: 6, name: "Sat" },
	{ day: 0, name: "Sun" },
] as const;

/** Such as `Mon, Thu 22:00 to 02:00 the next day, Europe/Berlin`. */
export function weeklyWords(schedule: Weekly): string {
	const days =
		schedule.days.length === 7
			? "Every day"
			: weekDays
					.filter(({ day }) => schedule.days.includes(day))
					.map(({ name }) => name)
					.join(", ");
	const { startTime, endTime, timeZone } = schedule;
	const next = endTime <= startTime ? " the next day" : "";
	return `${days} ${startTime} to ${endTime}${next}, ${timeZone}`;
}

/** The time zones that this browser knows, UTC first. */
export function timeZones(): string[] {
	return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
}
