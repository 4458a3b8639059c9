import type { IncidentAnalytics } from "../../../src-shared/contract/index.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import type {
	IncidentStatistics,
	IncidentTally,
	ProjectFilter,
} from "../incidents/index.ts";
import { dayName, type ZonedRange } from "./zone-spans.ts";

const servicesShown = 50;

/** Volume and how soon incidents were begun and over, of one project. */
export function incidentAnalytics(
	statistics: IncidentStatistics,
	tenantKey: number,
	project: ProjectFilter,
	{ from, to, timeZone, spans, days }: ZonedRange,
): IncidentAnalytics {
	const range = { project, spans };
	const cells = statistics.byDay(tenantKey, range);
	const total = sum(cells);
	const perDay = Map.groupBy(cells, ({ day }) => dayName(day));
	const durations = (which: "begun" | "over", count: number) => {
		const { median, p90 } = statistics.ranks(tenantKey, range, which, count);
		return { medianMillis: median, p90Millis: p90 };
	};
	return {
		from,
		to,
		timeZone,
		total: total.opened,
		open: total.open,
		timeToAcknowledge: {
			...means(total).timeToAcknowledge,
			...durations("begun", total.begun),
		},
		timeToResolve: {
			...means(total).timeToResolve,
			...durations("over", total.over),
		},
		days: days.map((day) => {
			const here = perDay.get(day) ?? [];
			return {
				day,
				bySeverity: severityRanks.map(
					(rank) =>
						sum(here.filter(({ severity }) => severity === rank)).opened,
				),
				...means(sum(here)),
			};
		}),
		severities: severityRanks.map((rank) => {
			const here = sum(cells.filter(({ severity }) => severity === rank));
			return { severity: rank, count: here.opened, ...means(here) };
		}),
		services: statistics
			.byService(tenantKey, range, servicesShown)
			.map((tally) => ({
				service: tally.service,
				count: tally.opened,
				open: tally.open,
				...means(tally),
			})),
	};
}

function means({ begun, begunMillis, over, overMillis }: IncidentTally) {
	const mean = (count: number, millis: number) => ({
		count,
		meanMillis: count === 0 ? null : millis / count,
	});
	return {
		timeToAcknowledge: mean(begun, begunMillis),
		timeToResolve: mean(over, overMillis),
	};
}

function sum(tallies: readonly IncidentTally[]): IncidentTally {
	const all = {
		opened: 0,
		open: 0,
		begun: 0,
		begunMillis: 0,
		over: 0,
		overMillis: 0,
	};
	for (const one of tallies) {
		all.opened += one.opened;
		all.open += one.open;
		all.begun += one.begun;
		all.begunMillis += one.begunMillis;
		all.over += one.over;
		all.overMillis += one.overMillis;
	}
	return all;
}
