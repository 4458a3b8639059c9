import type { MonitorSettingsShape } from "../../../src-shared/contract/index.ts";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import type { BaselineKind } from "../../../src-shared/domain/monitor.ts";
import { parseTimestampIn } from "../../../src-shared/domain/timestamp.ts";

/** What the fields hold: a number field that was emptied holds "". */
export interface MonitorFormValues {
	is_enabled: boolean;
	baseline_days: number | string;
	current_days: number | string;
	num_bins: number | string;
	min_samples: number | string;
	warn_threshold: number | string;
	critical_threshold: number | string;
	baseline_kind: BaselineKind;
	/** As typed, `2026-01-02 03:04`; read as UTC. */
	baseline_start: string;
	baseline_end: string;
	reference_set: string;
}

export type MonitorField = keyof MonitorFormValues;

export function formOfSettings(
	settings: MonitorSettingsShape,
): MonitorFormValues {
	return {
		...settings,
		baseline_start: settings.baseline_start ?? "",
		baseline_end: settings.baseline_end ?? "",
		reference_set: settings.reference_set ?? "",
	};
}

/** What is wrong, by field, in words that say what would be right; empty when all is well. */
export function monitorFaults(
	values: MonitorFormValues,
): Partial<Record<MonitorField, string>> {
	const faults: Partial<Record<MonitorField, string>> = {};
	for (const [field, low, high] of wholeNumbers) {
		const fault = wholeFault(values[field], low, high);
		if (fault !== null) faults[field] = fault;
	}
	for (const field of ["warn_threshold", "critical_threshold"] as const) {
		const value = numberOf(values[field]);
		if (value === null || value <= 0 || value > 100) {
			faults[field] = "Enter a number above 0, at most 100.";
		}
	}
	const warn = numberOf(values.warn_threshold);
	const critical = numberOf(values.critical_threshold);
	if (
		faults.warn_threshold === undefined &&
		faults.critical_threshold === undefined &&
		warn !== null &&
		critical !== null &&
		warn >= critical
	) {
		faults.critical_threshold = `Must be above the warn threshold (${warn}), or no assessment could ever be only a warning.`;
	}
	if (values.baseline_kind === "fixed") fixedFaults(values, faults);
	if (values.baseline_kind === "reference") {
		const fault = identifierFault(values.reference_set);
		if (fault !== null) {
			faults.reference_set =
				values.reference_set === ""
					? "Name the reference set; it is named when its file is imported."
					: `The name ${fault}.`;
		}
	}
	return faults;
}

/** The settings the fields spell. Only for values without faults. */
export function settingsOfForm(
	values: MonitorFormValues,
): MonitorSettingsShape {
	const isFixed = values.baseline_kind === "fixed";
	return {
		is_enabled: values.is_enabled,
		baseline_days: Number(values.baseline_days),
		current_days: Number(values.current_days),
		num_bins: Number(values.num_bins),
		min_samples: Number(values.min_samples),
		warn_threshold: Number(values.warn_threshold),
		critical_threshold: Number(values.critical_threshold),
		baseline_kind: values.baseline_kind,
		baseline_start: isFixed ? rfc3339(values.baseline_start) : null,
		baseline_end: isFixed ? rfc3339(values.baseline_end) : null,
		reference_set:
			values.baseline_kind === "reference" ? values.reference_set : null,
	};
}

const wholeNumbers = [
	["baseline_days", 1, 365],
	["current_days", 1, 365],
	["num_bins", 2, 100],
	["min_samples", 1, 1_000_000_000],
] as const;

function wholeFault(
	value: number | string,
	low: number,
	high: number,
): string | null {
	const number = numberOf(value);
	return number !== null &&
		Number.isInteger(number) &&
		number >= low &&
		number <= high
		? null
		: `Enter a whole number from ${low} to ${high.toLocaleString("en-US")}.`;
}

function numberOf(value: number | string): number | null {
	if (typeof value === "string" && value.trim() === "") return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

function fixedFaults(
	values: MonitorFormValues,
	faults: Partial<Record<MonitorField, string>>,
): void {
	const start = parseTimestampIn(values.baseline_start.trim(), 0);
	const end = parseTimestampIn(values.baseline_end.trim(), 0);
	const hint = "Enter a time such as 2026-01-31 00:00, in UTC.";
	if (start === null) faults.baseline_start = hint;
	if (end === null) faults.baseline_end = hint;
	if (start !== null && end !== null && start >= end) {
		faults.baseline_end = "Must be after the start.";
	}
}

function rfc3339(text: string): string | null {
	const at = parseTimestampIn(text.trim(), 0);
	return at === null ? null : new Date(at).toISOString();
}
