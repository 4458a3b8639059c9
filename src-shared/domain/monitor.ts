/** What a baseline window is taken from. */
export const baselineKinds = [
	"rolling",
	"fixed",
	"reference",
	"same_hour_of_week",
] as const;
export type BaselineKind = (typeof baselineKinds)[number];

/** The settings of one model's monitor. */
export interface MonitorSettings {
	readonly isEnabled: boolean;
	readonly baselineDays: number;
	readonly currentDays: number;
	readonly numBins: number;
	readonly minSamples: number;
	readonly warnThreshold: number;
	readonly criticalThreshold: number;
	readonly baselineKind: BaselineKind;
	/** RFC 3339; the first and the last instant of a `fixed` baseline. */
	readonly baselineStart: string | null;
	readonly baselineEnd: string | null;
	/** The named reference set of a `reference` baseline. */
	readonly referenceSet: string | null;
}

export const defaultMonitor: MonitorSettings = Object.freeze({
	isEnabled: true,
	baselineDays: 14,
	currentDays: 7,
	numBins: 10,
	minSamples: 500,
	warnThreshold: 0.1,
	criticalThreshold: 0.2,
	baselineKind: "rolling",
	baselineStart: null,
	baselineEnd: null,
	referenceSet: null,
});

/** What the last assessment says of a model. */
export const modelStatuses = [
	"ok",
	"warn",
	"critical",
	"insufficient_data",
	"disabled",
] as const;
export type ModelStatus = (typeof modelStatuses)[number];
