import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import type {
	ModelStatus,
	MonitorSettings,
} from "../../../src-shared/domain/monitor.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { ColumnResult } from "./column-result.ts";
import { benjaminiHochberg } from "./statistics/index.ts";

/** Share of false discoveries that a verdict accepts across the columns of a model. */
export const falseDiscoveryRate = 0.05;

/**
 * Effect floor: at least this share of the rows must have moved to another bin (total
 * variation). Below it a difference can be certain and still matter to nobody.
 */
export const effectFloor = 0.05;

/**
 * Judges the columns of one assessment together. A verdict needs all three: PSI at or over
 * a threshold, significance after Benjamini-Hochberg, and an effect over the floor.
 */
export function judgeColumns(
	columns: readonly ColumnResult[],
	settings: MonitorSettings,
): ColumnEvidence[] {
	const adjusted = benjaminiHochberg(columns.map(({ pValue }) => pValue));
	return columns.map(({ pValue: _, fault, ...column }, index) => {
		const adjustedPValue = adjusted[index] ?? null;
		const significant =
			adjustedPValue !== null && adjustedPValue <= falseDiscoveryRate;
		const matters = column.totalVariation >= effectFloor;
		return {
			...column,
			adjustedPValue,
			significant,
			matters,
			verdict:
				fault ??
				(significant && matters
					? thresholdVerdict(column.psi.value, settings)
					: "ok"),
		};
	});
}

function thresholdVerdict(
	psi: number,
	settings: MonitorSettings,
): "ok" | "warn" | "critical" {
	if (psi >= settings.criticalThreshold) return "critical";
	return psi >= settings.warnThreshold ? "warn" : "ok";
}

/** The model's status: that of its score column, when both windows hold enough. */
export function modelVerdict(
	score: ColumnEvidence | undefined,
	rows: { baseline: number; current: number },
	settings: MonitorSettings,
): { status: ModelStatus; severity: Severity | null; psi: number | null } {
	const enough =
		rows.baseline >= settings.minSamples && rows.current >= settings.minSamples;
	if (score === undefined || !enough || score.verdict === "insufficient") {
		return { status: "insufficient_data", severity: null, psi: null };
	}
	const psi = score.psi.value;
	switch (score.verdict) {
		case "critical":
			return { status: "critical", severity: 1, psi };
		case "warn":
			return { status: "warn", severity: 3, psi };
		default:
			return { status: "ok", severity: null, psi };
	}
}
