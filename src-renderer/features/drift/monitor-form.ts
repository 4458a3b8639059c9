import type { MonitorSettingsShape } from "../../../src-shared/contract/index.ts";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import type { BaselineKind } from "../../../src-shared/domain/monitor.ts";
import { parseTimestampIn } from "../../../src-shared/domain/timestamp.ts";

/** What the fields hold: a number field that was emptied holds "". */
export interface MonitorFormValues {
	isEnabled: boolean;
	baselineDays: number | string;
	currentDays: number | string;
	numBins: number | string;
	minSamples: number | string;
	warnThreshold: number | string;
	criticalThreshold: number | string;
	baselineKind: BaselineKind;
	/** As typed, `2026-01-02 03:04`; read as UTC. */
	baselineStart: string;
	baselineEnd: string;
	referenceSet: string;
}

export type MonitorField = keyof MonitorFormValues;

export function formOfSettings(
	settings: MonitorSettingsShape,
): MonitorFormValues {
	return {
		...settings,
		baselineStart: settings.baselineStart ?? "",
		baselineEnd: settings.baselineEnd ?? "",
		referenceSet: settings.referenceSet ?? "",
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
	for (const field of ["warnThreshold", "criticalThreshold"] as const) {
		const value = numberOf(values[field]);
		if (value === null || value <= 0 || value > 100) {
			faults[field] = "Enter a number above 0, at most 100.";
		}
	}
	const warn = numberOf(values.warnThreshold);
	const critical = numberOf(values.criticalThreshold);
	if (
		faults.warnThreshold === undefined &&
		faults.criticalThreshold === undefined &&
		warn !== null &&
		critical !== null &&
		warn >= critical
	) {
		faults.criticalThreshold = `Must be above the warn threshold (${warn}), or no assessment could ever be only a warning.`;
	}
	if (values.baselineKind === "fixed") fixedFaults(values, faults);
	if (values.baselineKind === "reference") {
		const fault = identifierFault(values.referenceSet);
		if (fault !== null) {
			faults.referenceSet =
				values.referenceSet === ""
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
	const isFixed = values.baselineKind === "fixed";
	return {
		isEnabled: values.isEnabled,
		baselineDays: Number(values.baselineDays),
		currentDays: Number(values.currentDays),
		numBins: Number(values.numBins),
		minSamples: Number(values.minSamples),
		warnThreshold: Number(values.warnThreshold),
		criticalThreshold: Number(values.criticalThreshold),
		baselineKind: values.baselineKind,
		baselineStart: isFixed ? rfc3339(values.baselineStart) : null,
		baselineEnd: isFixed ? rfc3339(values.baselineEnd) : null,
		referenceSet:
			values.baselineKind === "reference" ? values.referenceSet : null,
	};
}

const wholeNumbers = [
	["baselineDays", 1, 365],
	["currentDays", 1, 365],
	["numBins", 2, 100],
	["minSamples", 1, 1_000_000_000],
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
	const start = parseTimestampIn(values.baselineStart.trim(), 0);
	const end = parseTimestampIn(values.baselineEnd.trim(), 0);
	const hint = "Enter a time such as 2026-01-31 00:00, in UTC.";
	if (start === null) faults.baselineStart = hint;
	if (end === null) faults.baselineEnd = hint;
	if (start !== null && end !== null && start >= end) {
		faults.baselineEnd = "Must be after the start.";
	}
}

function rfc3339(text: string): string | null {
	const at = parseTimestampIn(text.trim(), 0);
	return at === null ? null : new Date(at).toISOString();
}
