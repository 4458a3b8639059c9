import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { Reads } from "../store/index.ts";
import type { ProjectFilter } from "./incident-repository.ts";

/** A stretch of time, and what is to be added to an instant of it for the local time. All in milliseconds. */
export type ZoneSpan = readonly [from: number, until: number, shift: number];

/** Incidents of one project that were opened within the spans. */
export interface StatisticsRange {
	readonly project: ProjectFilter;
	/** One after the other, without gaps. */
	readonly spans: readonly ZoneSpan[];
}

/** Counts of incidents, and sums of how long it took until they were begun and over. */
export interface IncidentTally {
	readonly opened: number;
	readonly open: number;
	readonly begun: number;
	readonly begunMillis: number;
	readonly over: number;
	readonly overMillis: number;
}

/** Days are whole local days since 1970-01-01. */
export type DayTally = IncidentTally & {
	readonly day: number;
	readonly severity: Severity;
};

export type ServiceTally = IncidentTally & { readonly service: string | null };

const never = 9_000_000_000_000_000;

// The limit of none keeps SQLite from writing these expressions anew wherever they are used.
// The state stamps of an incident: the first that says that somebody began, and that it is over.
const facts = `
	WITH spans AS MATERIALIZED (
		SELECT json_extract(value, '$[0]') AS since, json_extract(value, '$[1]') AS until,
			json_extract(value, '$[2]') AS shift
		FROM json_each(@spans)
	)
		SELECT (opened_at + shift) / 86400000 AS day, severity, service_name AS service,
			state IN ('detected', 'acknowledged', 'investigating', 'mitigated') AS is_open,
			nullif(min(ifnull(acknowledged_at, ${never}), ifnull(investigating_at, ${never}),
				ifnull(mitigated_at, ${never})), ${never}) - opened_at AS begun,
			nullif(min(ifnull(resolved_at, ${never}), ifnull(closed_at, ${never}),
				ifnull(learned_at, ${never}), ifnull(inconclusive_at, ${never})), ${never}) - opened_at AS over
		FROM spans CROSS JOIN incidents
			ON tenant_id = @tenant AND opened_at >= since AND opened_at < until
		WHERE project_id = @project OR (@isFirst = 1 AND project_id IS NULL)
		LIMIT -1`;

const tally = `count(*) AS opened, sum(is_open) AS open,
	count(begun) AS begun, ifnull(sum(max(begun, 0)), 0) AS begunMillis,
	count(over) AS over, ifnull(sum(max(over, 0)), 0) AS overMillis`;

const byDay = `SELECT day, severity, ${tally} FROM (${facts}) GROUP BY day, severity ORDER BY day, severity`;
const byService = `SELECT service, ${tally} FROM (${facts}) GROUP BY service ORDER BY opened DESC, service LIMIT @limit`;
// Sorted once for both: the smallest duration that half, and nine tenths, of all are not above.
const begunRanks = `SELECT millis FROM (
		SELECT max(begun, 0) AS millis, row_number() OVER (ORDER BY begun) AS place
		FROM (${facts}) WHERE begun IS NOT NULL)
	WHERE place IN (@half, @most) ORDER BY place`;
const overRanks = `SELECT millis FROM (
		SELECT max("over", 0) AS millis, row_number() OVER (ORDER BY "over") AS place
		FROM (${facts}) WHERE "over" IS NOT NULL)
	WHERE place IN (@half, @most) ORDER BY place`;

const known = `SELECT count(*) AS count FROM json_each(@ids) AS wanted
	CROSS JOIN incidents ON incidents.id = wanted.value
	WHERE tenant_id = @tenant AND opened_at >= @since AND opened_at < @until
		AND (project_id = @project OR (@isFirst = 1 AND project_id IS NULL))`;

/** What is counted of incidents; it cannot write. Every count is of one project of one tenant. */
export class IncidentStatistics {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** In the order of days and severities; without those that have none. */
	byDay(tenantKey: number, range: StatisticsRange): DayTally[] {
		return this.#all(byDay, bound(tenantKey, range)) as DayTally[];
	}

	/** The most frequent first. */
	byService(
		tenantKey: number,
		range: StatisticsRange,
		limit: number,
	): ServiceTally[] {
		return this.#all(byService, {
			...bound(tenantKey, range),
			limit,
		}) as ServiceTally[];
	}

	/** The durations in milliseconds that half, and nine in ten, of `count` are not above (nearest rank); null for none. */
	ranks(
		tenantKey: number,
		range: StatisticsRange,
		which: "begun" | "over",
		count: number,
	): { median: number | null; p90: number | null } {
		const rows = this.#all(which === "begun" ? begunRanks : overRanks, {
			...bound(tenantKey, range),
			half: Math.ceil(count * 0.5),
			most: Math.ceil(count * 0.9),
		}) as { millis: number }[];
		return {
			median: rows[0]?.millis ?? null,
			p90: rows.at(-1)?.millis ?? null,
		};
	}

	/** How many of some incidents were opened in the range. */
	countOf(
		tenantKey: number,
		range: StatisticsRange,
		ids: readonly string[],
	): number {
		const { project, isFirst } = bound(tenantKey, range);
		const [row] = this.#all(known, {
			tenant: tenantKey,
			project,
			isFirst,
			since: range.spans[0]?.[0] ?? 0,
			until: range.spans.at(-1)?.[1] ?? 0,
			ids: JSON.stringify(ids),
		}) as { count: number }[];
		return row?.count ?? 0;
	}

	#all(sql: string, parameters: Record<string, string | number>): unknown[] {
		return this.#reads.timed(sql, () =>
			this.#reads.prepare(sql).all(parameters),
		);
	}
}

function bound(tenantKey: number, { project, spans }: StatisticsRange) {
	return {
		tenant: tenantKey,
		project: project.id,
		isFirst: project.isFirst ? 1 : 0,
		spans: JSON.stringify(spans),
	};
}
