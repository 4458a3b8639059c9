/** What a baseline window is taken from. */
export const baselineKinds = [
	"rolling",
	"fixed",
	"reference",
	"same_hour_of_week",
] as const;
export type BaselineKind = (typeof baselineKinds)[number];

/** The settings of one model's monitor, as the API writes them. */
export interface MonitorSettings {
	readonly is_enabled: boolean;
	readonly baseline_days: number;
	readonly current_days: number;
	readonly num_bins: number;
	readonly min_samples: number;
	readonly warn_threshold: number;
	readonly critical_threshold: number;
	readonly baseline_kind: BaselineKind;
	/** RFC 3339; the first and the last instant of a `fixed` baseline. */
	readonly baseline_start: string | null;
	readonly baseline_end: string | null;
	/** The named reference set of a `reference` baseline. */
	readonly reference_set: string | null;
}

export const defaultMonitor: MonitorSettings = Object.freeze({
	is_enabled: true,
	baseline_days: 14,
	current_days: 7,
	num_bins: 10,
	min_samples: 500,
	warn_threshold: 0.1,
	critical_threshold: 0.2,
	baseline_kind: "rolling",
	baseline_start: null,
	baseline_end: null,
	reference_set: null,
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
