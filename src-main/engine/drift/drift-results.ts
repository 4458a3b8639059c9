import { deflateSync, inflateSync } from "node:zlib";
import type { Generated } from "kysely";
import type {
	DriftEvidence,
	DriftResult,
} from "../../../src-shared/contract/index.ts";
import type { ModelStatus } from "../../../src-shared/domain/monitor.ts";
import { isSeverity } from "../../../src-shared/domain/severity.ts";
import { type CommandStore, sqlBuilder } from "../store/index.ts";
import { readSettings, storedSettings } from "./stored-settings.ts";

interface ResultRow {
	tenant_id: number;
	id: string;
	model_id: string;
	computed_at: number;
	as_of: number;
	baseline_start: number;
	baseline_end: number;
	current_start: number;
	current_end: number;
	baseline_n: number;
	current_n: number;
	psi: number | null;
	status: string;
	severity: number | null;
	watermark: number;
	feature_psi: string;
	incident_id: string | null;
	evidence: Uint8Array;
}

const sql = sqlBuilder<{
	drift_results: ResultRow & { key: Generated<number> };
}>();

const summaryColumns = [
	"id",
	"model_id",
	"computed_at",
	"as_of",
	"baseline_start",
	"baseline_end",
	"current_start",
	"current_end",
	"baseline_n",
	"current_n",
	"psi",
	"status",
	"severity",
	"feature_psi",
	"incident_id",
] as const;

export interface ResultRange {
	readonly from?: number | undefined;
	readonly to?: number | undefined;
	readonly limit: number;
}

/** What assessments found, with the evidence that repeats them. */
export class DriftResults {
	readonly #store: CommandStore;

	constructor(store: CommandStore) {
		this.#store = store;
	}

	/** Stores a result; one with the same id is there already and stays. */
	add(tenantKey: number, evidence: DriftEvidence): void {
		this.#store.work.run((transaction) => {
			const known = transaction.writes.get(
				sql
					.selectFrom("drift_results")
					.select("key")
					.where("tenant_id", "=", tenantKey)
					.where("id", "=", evidence.driftId),
			);
			if (known !== undefined) return;
			transaction.writes.run(
				sql.insertInto("drift_results").values(toRow(tenantKey, evidence)),
			);
			const { columns: _columns, ...summary } = stored(evidence);
			this.#store.changes.append(transaction, {
				tenantKey,
				entity: "drift",
				entityId: evidence.driftId,
				kind: "event",
				value: summary,
			});
		});
	}

	/** Names the incident that a result belongs to. */
	linkIncident(tenantKey: number, driftId: string, incidentId: string): void {
		this.#store.work.run((transaction) => {
			transaction.writes.run(
				sql
					.updateTable("drift_results")
					.set({ incident_id: incidentId })
					.where("tenant_id", "=", tenantKey)
					.where("id", "=", driftId),
			);
			this.#store.changes.append(transaction, {
				tenantKey,
				entity: "drift",
				entityId: driftId,
				kind: "set",
				field: "incident_id",
				value: incidentId,
			});
		});
	}

	/** The newest results in the range, oldest first; of several as of one moment, the last computed. */
	history(
		tenantKey: number,
		modelId: string,
		range: ResultRange,
	): DriftResult[] {
		let newestOfMoment = sql
			.selectFrom("drift_results")
			.select((part) => part.fn.max("key").as("key"))
			.where("tenant_id", "=", tenantKey)
			.where("model_id", "=", modelId)
			.groupBy("as_of")
			.orderBy("as_of", "desc")
			.limit(range.limit);
		if (range.from !== undefined) {
			newestOfMoment = newestOfMoment.where("as_of", ">=", range.from);
		}
		if (range.to !== undefined) {
			newestOfMoment = newestOfMoment.where("as_of", "<=", range.to);
		}
		return this.#store.reads
			.all(
				sql
					.selectFrom("drift_results")
					.select(summaryColumns)
					.where("tenant_id", "=", tenantKey)
					.where("key", "in", newestOfMoment)
					.orderBy("as_of"),
			)
			.map(toResult);
	}

	/** Every stored result, the newest computed first. */
	newest(tenantKey: number, modelId: string, limit: number): DriftResult[] {
		return this.#store.reads
			.all(
				sql
					.selectFrom("drift_results")
					.select(summaryColumns)
					.where("tenant_id", "=", tenantKey)
					.where("model_id", "=", modelId)
					.orderBy("as_of", "desc")
					.orderBy("computed_at", "desc")
					.orderBy("key", "desc")
					.limit(limit),
			)
			.map(toResult);
	}

	/** The newest assessment of a model as of `until` or before, with its evidence; null for none. */
	newestEvidence(
		tenantKey: number,
		modelId: string,
		until: number,
	): DriftEvidence | null {
		const newest = this.history(tenantKey, modelId, { to: until, limit: 1 })[0];
		return newest === undefined
			? null
			: this.evidence(tenantKey, newest.driftId);
	}

	/** The whole evidence of a result, or null. */
	evidence(tenantKey: number, driftId: string): DriftEvidence | null {
		const row = this.#store.reads.get(
			sql
				.selectFrom("drift_results")
				.select(["evidence", "incident_id"])
				.where("tenant_id", "=", tenantKey)
				.where("id", "=", driftId),
		);
		if (row === undefined) return null;
		const evidence = JSON.parse(inflateSync(row.evidence).toString("utf8"));
		return {
			...evidence,
			settings: readSettings(evidence.settings),
			incidentId: row.incident_id,
		};
	}
}

function stored(evidence: DriftEvidence) {
	return { ...evidence, settings: storedSettings(evidence.settings) };
}

function toRow(tenantKey: number, evidence: DriftEvidence): ResultRow {
	return {
		tenant_id: tenantKey,
		id: evidence.driftId,
		model_id: evidence.modelId,
		computed_at: evidence.computedAt,
		as_of: evidence.asOf,
		baseline_start: evidence.baseline.start,
		baseline_end: evidence.baseline.end,
		current_start: evidence.current.start,
		current_end: evidence.current.end,
		baseline_n: evidence.baselineN,
		current_n: evidence.currentN,
		psi: evidence.psi,
		status: evidence.status,
		severity: evidence.severity,
		watermark: evidence.watermark,
		feature_psi: JSON.stringify(evidence.featurePsi),
		incident_id: evidence.incidentId,
		evidence: deflateSync(JSON.stringify(stored(evidence))),
	};
}

function toResult(
	row: Pick<ResultRow, (typeof summaryColumns)[number]>,
): DriftResult {
	return {
		driftId: row.id,
		modelId: row.model_id,
		computedAt: row.computed_at,
		asOf: row.as_of,
		baseline: { start: row.baseline_start, end: row.baseline_end },
		current: { start: row.current_start, end: row.current_end },
		baselineN: row.baseline_n,
		currentN: row.current_n,
		psi: row.psi,
		status: row.status as ModelStatus,
		severity: isSeverity(row.severity) ? row.severity : null,
		featurePsi: JSON.parse(row.feature_psi) as Record<string, number | null>,
		incidentId: row.incident_id,
	};
}
