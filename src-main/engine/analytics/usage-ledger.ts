import type { UsageTotal } from "../../../src-shared/contract/index.ts";
import type { ZoneSpan } from "../incidents/index.ts";
import type { Reads, Writes } from "../store/index.ts";
import { type LedgerRow, type ProviderKind, sql } from "./analytics-schema.ts";

/** What entries of the ledger are asked for. */
export interface LedgerRange {
	readonly projectId: string;
	/** One after the other, without gaps. */
	readonly spans: readonly ZoneSpan[];
}

/** What happened with one model, of one request type, for one incident on one local day (since 1970-01-01). */
export interface LedgerCell extends UsageTotal {
	readonly day: number;
	readonly provider: ProviderKind;
	readonly model: string;
	readonly isLocal: 0 | 1;
	readonly requestType: string;
	readonly incidentId: string;
	/** Requests whose model had no price. */
	readonly unpriced: number;
}

const cells = `
	WITH spans AS MATERIALIZED (
		SELECT json_extract(value, '$[0]') AS since, json_extract(value, '$[1]') AS until,
			json_extract(value, '$[2]') AS shift
		FROM json_each(@spans)
	)
	SELECT (at + shift) / 86400000 AS day, provider, model, is_local AS isLocal,
		request_type AS requestType, incident_id AS incidentId,
		count(*) AS requests, sum(1 - is_success) AS failed,
		sum(input_tokens) AS inputTokens, sum(output_tokens) AS outputTokens,
		sum(input_cost + output_cost) AS microDollars, sum(1 - is_priced) AS unpriced
	FROM spans CROSS JOIN usage_ledger
		ON tenant_id = @tenant AND at >= since AND at < until
	WHERE project_id = @project
	GROUP BY day, provider, model, isLocal, requestType, incidentId
	ORDER BY day, provider, model, isLocal, requestType, incidentId`;

// What was sent before, letter for letter, and answered then: sent again it bought nothing.
const repeated = `
	SELECT ifnull(sum(input_cost + output_cost), 0) AS microDollars
	FROM usage_ledger AS later
	WHERE tenant_id = @tenant AND project_id = @project AND at >= @since AND at < @until
		AND EXISTS (
			SELECT 1 FROM usage_ledger AS earlier
			WHERE earlier.tenant_id = later.tenant_id AND earlier.incident_id = later.incident_id
				AND earlier.key < later.key AND earlier.is_success = 1
				AND earlier.model = later.model AND earlier.body_hash = later.body_hash
		)`;

/** Keeps an entry for good. */
export function addEntry(writes: Writes, row: Omit<LedgerRow, "key">): void {
	writes.run(sql.insertInto("usage_ledger").values(row));
}

/** The entries of a range, added up as finely as any view needs them. */
export function ledgerCells(
	reads: Reads,
	tenantKey: number,
	{ projectId, spans }: LedgerRange,
): LedgerCell[] {
	return reads.timed("ledger cells", () =>
		reads.prepare(cells).all({
			tenant: tenantKey,
			project: projectId,
			spans: JSON.stringify(spans),
		}),
	) as LedgerCell[];
}

/** What was spent in a range on asking the same again, in whole millionths of a US dollar. */
export function repeatedCost(
	reads: Reads,
	tenantKey: number,
	{ projectId, spans }: LedgerRange,
): number {
	const row = reads.timed("repeated requests", () =>
		reads.prepare(repeated).get({
			tenant: tenantKey,
			project: projectId,
			since: spans[0]?.[0] ?? 0,
			until: spans.at(-1)?.[1] ?? 0,
		}),
	) as { microDollars: number };
	return row.microDollars;
}

/** The newest entries of an incident, newest first. */
export function entriesOf(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
	limit: number,
): LedgerRow[] {
	return reads.all(
		sql
			.selectFrom("usage_ledger")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.orderBy("key", "desc")
			.limit(limit),
	);
}

/** The entry that was kept last, of whatever incident. */
export function newestEntry(
	reads: Reads,
	tenantKey: number,
): LedgerRow | undefined {
	return reads.get(
		sql
			.selectFrom("usage_ledger")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.orderBy("at", "desc")
			.orderBy("key", "desc")
			.limit(1),
	);
}

/** Money apart by what was sent and what was answered. */
export interface SplitUsage extends UsageTotal {
	readonly inputMicroDollars: number;
	readonly outputMicroDollars: number;
}

/** What an incident's steps used, by the step's id; the empty id for what was asked outside of a step. */
export function usageByStep(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): Map<string, SplitUsage> {
	const rows = reads.all(
		sql
			.selectFrom("usage_ledger")
			.select(({ fn, val }) => [
				fn.coalesce("step_id", val("")).as("stepId"),
				fn.countAll<number>().as("requests"),
				fn.sum<number>("is_success").as("successes"),
				fn.sum<number>("input_tokens").as("inputTokens"),
				fn.sum<number>("output_tokens").as("outputTokens"),
				fn.sum<number>("input_cost").as("inputCost"),
				fn.sum<number>("output_cost").as("outputCost"),
			])
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.groupBy("stepId"),
	);
	return new Map(
		rows.map((row) => [
			row.stepId,
			{
				requests: row.requests,
				failed: row.requests - row.successes,
				inputTokens: row.inputTokens,
				outputTokens: row.outputTokens,
				microDollars: row.inputCost + row.outputCost,
				inputMicroDollars: row.inputCost,
				outputMicroDollars: row.outputCost,
			},
		]),
	);
}

const none = Object.freeze({
	requests: 0,
	failed: 0,
	inputTokens: 0,
	outputTokens: 0,
	microDollars: 0,
});

/** The sum of what was used. Exact: all of it is whole numbers. */
export function added(parts: Iterable<UsageTotal>): UsageTotal {
	const sum = { ...none };
	for (const part of parts) {
		sum.requests += part.requests;
		sum.failed += part.failed;
		sum.inputTokens += part.inputTokens;
		sum.outputTokens += part.outputTokens;
		sum.microDollars += part.microDollars;
	}
	return sum;
}
