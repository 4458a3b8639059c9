import { sql as rawSql } from "kysely";
import {
	type IncidentState,
	incidentStates,
	isSettled,
} from "../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { Sight } from "../identity/access/index.ts";
import type { Reads } from "../store/index.ts";
import type { IncidentCounts } from "./announcements.ts";
import {
	type EventRow,
	type IncidentKind,
	type IncidentRow,
	type IncidentSource,
	sql,
} from "./schema.ts";

/** The states of an incident that somebody still has to work on. */
export const unsettledStates: readonly IncidentState[] = incidentStates.filter(
	(state) => !isSettled(state),
);

/** Which incidents are of a project. */
export interface ProjectFilter {
	readonly id: string;
	/** It is the tenant's first, which those are of that name none. */
	readonly isFirst: boolean;
}

/** Every part narrows; an absent one does not. */
export interface IncidentFilter {
	readonly states?: readonly IncidentState[];
	readonly severities?: readonly Severity[];
	readonly modelId?: string;
	readonly hasModel?: boolean;
	readonly ownerId?: string;
	readonly sources?: readonly IncidentSource[];
	readonly kinds?: readonly IncidentKind[];
	readonly externalKey?: string;
	readonly project?: ProjectFilter;
	/** Opened at or after, epoch milliseconds. */
	readonly since?: number;
	/** Opened after, epoch milliseconds. */
	readonly openedAfter?: number;
	/** In the title, the description, the model's id or the number; case-insensitive for ASCII. */
	readonly text?: string;
}

/** Whose own incidents are meant. */
export interface OwnIncidents {
	readonly tenantKey: number;
	readonly modelId: string;
	readonly metric: string;
}

/** Reads of incidents and timelines; it cannot write. Every query is of one tenant. */
export class IncidentRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	byId(sight: Sight, id: string): IncidentRow | undefined {
		return this.#reads.get(seen(sight).selectAll().where("id", "=", id));
	}

	/** Whether a timeline has an event of a person or of an API. */
	hasEventOfOthers(tenantKey: number, id: string): boolean {
		const row = this.#reads.get(
			sql
				.selectFrom("timeline_events")
				.select("key")
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", id)
				.where("author_kind", "!=", "monitor")
				.limit(1),
		);
		return row !== undefined;
	}

	byNumber(sight: Sight, number: number): IncidentRow | undefined {
		return this.#reads.get(
			seen(sight).selectAll().where("number", "=", number),
		);
	}

	/** Whether any tenant has it: a new record must not take its id. */
	idIsTaken(id: string): boolean {
		const row = this.#reads.get(
			sql.selectFrom("incidents").select("key").where("id", "=", id),
		);
		return row !== undefined;
	}

	/** By number, highest first, below `before`. */
	page(sight: Sight, before: number | null, limit: number): IncidentRow[] {
		let query = seen(sight).selectAll().orderBy("number", "desc").limit(limit);
		if (before !== null) query = query.where("number", "<", before);
		return this.#reads.all(query);
	}

	/** Changed after a change-log position, oldest change first. */
	changedSince(sight: Sight, after: number, limit: number): IncidentRow[] {
		return this.#reads.all(
			seen(sight)
				.selectAll()
				.where("sequence", ">", after)
				.orderBy("sequence")
				.limit(limit),
		);
	}

	/** Newest opening first. */
	filtered(
		sight: Sight,
		filter: IncidentFilter,
		page: { limit: number; offset: number },
	): IncidentRow[] {
		return this.#reads.all(
			filteredBy(sight, filter)
				.selectAll()
				.orderBy("opened_at", "desc")
				.orderBy("number", "desc")
				.limit(page.limit)
				.offset(page.offset),
		);
	}

	countFiltered(sight: Sight, filter: IncidentFilter): number {
		const row = this.#reads.get(
			filteredBy(sight, filter).select((of) =>
				of.fn.countAll<number>().as("count"),
			),
		);
		return row?.count ?? 0;
	}

	/** How many there are of each state and severity. */
	countBy(
		sight: Sight,
		filter: IncidentFilter,
	): { state: IncidentState; severity: Severity; count: number }[] {
		return this.#reads.all(
			filteredBy(sight, filter)
				.select((of) => [
					"state",
					"severity",
					of.fn.countAll<number>().as("count"),
				])
				.groupBy(["state", "severity"]),
		);
	}

	/** Incidents that still need work, and those of them with severity 1. */
	countOpen(sight: Sight): IncidentCounts {
		const rows = this.#reads.all(
			seen(sight)
				.select((of) => ["severity", of.fn.countAll<number>().as("count")])
				.where("state", "in", unsettledStates)
				.groupBy("severity"),
		);
		let open = 0;
		for (const row of rows) open += row.count;
		return {
			open,
			critical: rows.find((row) => row.severity === 1)?.count ?? 0,
		};
	}

	/** Of incidents that still need work and have a model, oldest first. */
	openOfModels(tenantKey: number): { id: string; model_id: string }[] {
		return this.#reads.all(
			sql
				.selectFrom("incidents")
				.select(["id", "model_id"])
				.where("tenant_id", "=", tenantKey)
				.where("state", "in", unsettledStates)
				.where("model_id", "is not", null)
				.$narrowType<{ model_id: string }>()
				.orderBy("key"),
		);
	}

	timeline(tenantKey: number, incidentId: string): EventRow[] {
		return this.#reads.all(
			sql
				.selectFrom("timeline_events")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", incidentId)
				.orderBy("key"),
		);
	}

	/** The newest other incidents of the same model, newest opening first. */
	related(sight: Sight, row: IncidentRow, limit: number): IncidentRow[] {
		if (row.model_id === null) return [];
		return this.#reads.all(
			seen(sight)
				.selectAll()
				.where("model_id", "=", row.model_id)
				.where("id", "!=", row.id)
				.orderBy("opened_at", "desc")
				.orderBy("number", "desc")
				.limit(limit),
		);
	}

	/** The monitor's own live incident that was made last: by key, because the clock may have gone back since. */
	newestLiveOwn(of: OwnIncidents): IncidentRow | undefined {
		return this.#reads.get(
			ownIncidents(of).where("is_history", "=", 0).orderBy("key", "desc"),
		);
	}

	/** The monitor's own incident of history that began last, at `until` or before. */
	newestPastOwn(of: OwnIncidents, until: number): IncidentRow | undefined {
		return this.#reads.get(
			ownIncidents(of)
				.where("is_history", "=", 1)
				.where("opened_at", "<=", until)
				.orderBy("opened_at", "desc")
				.orderBy("key", "desc"),
		);
	}

	/** The monitor's own incident that was going on at `at`. */
	ownAt(of: OwnIncidents, at: number): IncidentRow | undefined {
		return this.#reads.get(
			ownIncidents(of)
				.where("opened_at", "<=", at)
				.where((where) =>
					where.or([
						where("state", "in", unsettledStates),
						where(
							where.fn.coalesce(
								"resolved_at",
								"closed_at",
								"learned_at",
								"inconclusive_at",
							),
							">=",
							at,
						),
					]),
				),
		);
	}

	/** The unary plus keeps SQLite from walking all incidents by number until one fits; mostly none does. */
	openWithSeverity(
		sight: Sight,
		modelId: string,
		severities: readonly Severity[],
	): IncidentRow | undefined {
		return this.#reads.get(
			seen(sight)
				.selectAll()
				.where("model_id", "=", modelId)
				.where("severity", "in", severities)
				.where("state", "in", unsettledStates)
				.orderBy(rawSql`+number`, "desc")
				.limit(1),
		);
	}

	/** The ids of all incidents and of all timelines. */
	ids(tenantKey: number): string[] {
		const rows = this.#reads.all(
			sql
				.selectFrom("incidents")
				.select("id")
				.where("tenant_id", "=", tenantKey)
				.union(
					sql
						.selectFrom("timeline_events")
						.select("incident_id as id")
						.where("tenant_id", "=", tenantKey),
				),
		);
		return rows.map((row) => row.id);
	}
}

function ownIncidents({ tenantKey, modelId, metric }: OwnIncidents) {
	return sql
		.selectFrom("incidents")
		.selectAll()
		.where("tenant_id", "=", tenantKey)
		.where("model_id", "=", modelId)
		.where("metric", "=", metric)
		.where("source", "=", "drift_monitor")
		.limit(1);
}

/** What somebody is shown. What names no project is in the tenant's first. */
function seen(sight: Sight) {
	const query = sql
		.selectFrom("incidents")
		.where("tenant_id", "=", sight.tenantKey);
	if (sight.isWhole) return query;
	return query.where((where) =>
		where.or([
			where("project_id", "in", sight.projectIds),
			...(sight.hasFirst ? [where("project_id", "is", null)] : []),
		]),
	);
}

function filteredBy(sight: Sight, filter: IncidentFilter) {
	let query = seen(sight);
	const { states, severities, sources, kinds } = filter;
	if (states !== undefined) query = query.where("state", "in", states);
	if (severities !== undefined) {
		query = query.where("severity", "in", severities);
	}
	if (sources !== undefined) query = query.where("source", "in", sources);
	if (kinds !== undefined) query = query.where("kind", "in", kinds);
	if (filter.externalKey !== undefined) {
		query = query.where("external_key", "=", filter.externalKey);
	}
	const { project } = filter;
	if (project !== undefined) {
		query = query.where((of) =>
			project.isFirst
				? of.or([
						of("project_id", "=", project.id),
						of("project_id", "is", null),
					])
				: of("project_id", "=", project.id),
		);
	}
	if (filter.openedAfter !== undefined) {
		query = query.where("opened_at", ">", filter.openedAfter);
	}
	if (filter.modelId !== undefined) {
		query = query.where("model_id", "=", filter.modelId);
	}
	if (filter.hasModel === true) query = query.where("model_id", "is not", null);
	if (filter.ownerId !== undefined) {
		query = query.where("owner_id", "=", filter.ownerId);
	}
	if (filter.since !== undefined) {
		query = query.where("opened_at", ">=", filter.since);
	}
	const { text } = filter;
	if (text !== undefined && text !== "") {
		const number = /^#?(\d{1,15})$/.exec(text)?.[1];
		query = query.where((of) => {
			// instr of lower-cased text, not LIKE: a "%" or a "_" is looked for as itself.
			const contains = (column: "title" | "description" | "model_id") =>
				of(
					of.fn<number>("instr", [
						of.fn("lower", [column]),
						of.fn("lower", [of.val(text)]),
					]),
					">",
					0,
				);
			return of.or([
				contains("title"),
				contains("description"),
				contains("model_id"),
				...(number === undefined ? [] : [of("number", "=", Number(number))]),
			]);
		});
	}
	return query;
}
