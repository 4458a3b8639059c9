import type {
	ColumnEvidence,
	DriftEvidence,
	DriftResult,
} from "../../../src-shared/contract/index.ts";
import { snakeCased } from "../../../src-shared/domain/name-case.ts";
import { timeText } from "./event-json.ts";
import { severities } from "./incident-words.ts";

/** A drift record as API C shows it. `psi_score` is null where a window holds too little. */
export function driftJson(result: DriftResult, orgId: string) {
	return {
		drift_id: result.driftId,
		org_id: orgId,
		model_id: result.modelId,
		computed_at: timeText(result.computedAt),
		baseline_start: timeText(result.baseline.start),
		baseline_end: timeText(result.baseline.end),
		current_start: timeText(result.current.start),
		current_end: timeText(result.current.end),
		psi_score: result.psi,
		baseline_n: result.baselineN,
		current_n: result.currentN,
		as_of: timeText(result.asOf),
		status: result.status,
		severity:
			result.severity === null
				? ("NONE" as const)
				: severities.of(result.severity),
		incident_id: result.incidentId,
		feature_psi: result.featurePsi,
	};
}

/** A drift record with everything it was concluded from. */
export function evidenceJson(evidence: DriftEvidence, orgId: string) {
	return {
		...driftJson(evidence, orgId),
		engine_version: evidence.engineVersion,
		seed: evidence.seed,
		watermark: evidence.watermark,
		settings: snakeCased(evidence.settings),
		duplicate_event_ids: evidence.duplicateEventIds,
		narrative: evidence.narrative,
		onset:
			evidence.onset === null
				? null
				: {
						column: evidence.onset.column,
						at: timeText(evidence.onset.at),
						p_value: evidence.onset.pValue,
					},
		columns: Object.fromEntries(
			evidence.columns.map((column) => [columnKey(column), columnJson(column)]),
		),
	};
}

/** A feature may be called "score" too; the model's own score keeps the plain name. */
function columnKey({ column, role }: ColumnEvidence): string {
	return role === "feature" && column === "score" ? "features.score" : column;
}

function columnJson(column: ColumnEvidence) {
	const { bins, psi, ks, wasserstein, chiSquare, quality, ecdf } = column;
	return {
		type: column.type,
		role: column.role,
		verdict: column.verdict,
		n_baseline: column.baselineN,
		n_current: column.currentN,
		psi: {
			value: psi.value,
			edges: bins.edges,
			labels: bins.labels,
			baseline_counts: bins.baseline,
			current_counts: bins.current,
			contributions: psi.contributions,
			p_value: psi.pValue,
			critical_95: psi.critical95,
		},
		ks: ks && {
			statistic: ks.statistic,
			p_value: ks.pValue,
			method: ks.method,
			p_value_ties: ks.pValueTies,
			location: ks.location,
		},
		wasserstein,
		jensen_shannon: column.jensenShannon,
		hellinger: column.hellinger,
		total_variation: column.totalVariation,
		chi_square: chiSquare && {
			statistic: chiSquare.statistic,
			p_value: chiSquare.pValue,
			dof: chiSquare.dof,
		},
		adjusted_p_value: column.adjustedPValue,
		significant: column.significant,
		matters: column.matters,
		quality: {
			baseline_missing_share: quality.baselineMissingShare,
			current_missing_share: quality.currentMissingShare,
			out_of_range_share: quality.outOfRangeShare,
			new_categories: quality.newCategories,
			constant: quality.constant,
		},
		ecdf,
	};
}
