import type { ModelStatus } from "../../../src-shared/domain/monitor.ts";

const statusOrder: readonly ModelStatus[] = [
	"critical",
	"warn",
	"ok",
	"insufficient_data",
	"disabled",
];

/** The word a person reads for a model's status. */
export function statusWord(status: ModelStatus): string {
	switch (status) {
		case "critical":
			return "Critical";
		case "warn":
			return "Warn";
		case "ok":
			return "Stable";
		case "insufficient_data":
			return "Too little data";
		case "disabled":
			return "Monitor off";
	}
}

/** Worst first. */
export function statusRank(status: ModelStatus): number {
	return statusOrder.indexOf(status);
}

export type ColumnVerdict =
	| "ok"
	| "warn"
	| "critical"
	| "insufficient"
	| "degenerate";

/** What a column's verdict means, short. */
export function verdictWord(verdict: ColumnVerdict): string {
	switch (verdict) {
		case "critical":
			return "Critical";
		case "warn":
			return "Warn";
		case "ok":
			return "Stable";
		case "insufficient":
			return "Too little data";
		case "degenerate":
			return "Cannot be compared";
	}
}

/** Critical first, what cannot be judged last. */
export function verdictRank(verdict: ColumnVerdict): number {
	return ["critical", "warn", "ok", "insufficient", "degenerate"].indexOf(
		verdict,
	);
}

/** Where a PSI stands against the monitor's thresholds. */
export function psiStanding(
	psi: number | null,
	thresholds: {
		readonly warnThreshold: number;
		readonly criticalThreshold: number;
	},
): string {
	if (psi === null) return "not computed";
	if (psi >= thresholds.criticalThreshold) {
		return `critical from ${thresholds.criticalThreshold}`;
	}
	if (psi >= thresholds.warnThreshold) {
		return `warn from ${thresholds.warnThreshold}`;
	}
	return `under the warn threshold of ${thresholds.warnThreshold}`;
}
