/**
 * Okabe and Ito's palette (jfly.uni-koeln.de/color), told apart with every common colour
 * vision. Where one of its colours has less than 3:1 against a background, the lighter or
 * darker neighbour of the same hue stands in.
 */
export const okabeIto = Object.freeze({
	orange: "#e69f00",
	skyBlue: "#56b4e9",
	green: "#009e73",
	yellow: "#f0e442",
	blue: "#0072b2",
	vermillion: "#d55e00",
	purple: "#cc79a7",
});

/** What a series is; the same one has the same colour on every screen. */
export type SeriesRole =
	| "baseline"
	| "current"
	| "psi"
	| "estimate"
	| "incident"
	| "warn"
	| "critical"
	| "accuracy"
	| "precision"
	| "recall"
	| "f1"
	| "rocAuc"
	| "logLoss"
	| "brier";

/** Everything a chart takes from the screen it is drawn on. */
export interface ChartLook {
	readonly isDark: boolean;
	readonly fontFamily: string;
	readonly text: string;
	readonly muted: string;
	readonly gridLine: string;
	readonly surface: string;
	readonly border: string;
	/** False with reduced motion. */
	readonly isAnimated: boolean;
	/** Times are written in UTC instead of the zone of the machine. */
	readonly isUtc: boolean;
	readonly series: Readonly<Record<SeriesRole, string>>;
	/** Five steps from calm to far over the critical threshold. */
	readonly heat: readonly string[];
}

function seriesColours(isDark: boolean): Readonly<Record<SeriesRole, string>> {
	const blue = isDark ? okabeIto.skyBlue : okabeIto.blue;
	const warm = isDark ? okabeIto.orange : okabeIto.vermillion;
	const grey = isDark ? "#c1c7cf" : "#4d5661";
	return {
		baseline: blue,
		current: warm,
		psi: blue,
		estimate: blue,
		incident: isDark ? okabeIto.purple : "#a8497f",
		warn: isDark ? "#e3be4d" : "#826000",
		critical: isDark ? "#ff7b7b" : "#c4232b",
		accuracy: blue,
		precision: okabeIto.green,
		recall: warm,
		f1: isDark ? okabeIto.purple : "#a8497f",
		rocAuc: grey,
		logLoss: isDark ? okabeIto.yellow : "#7a5c00",
		brier: isDark ? "#a3acf6" : "#4353d6",
	};
}

/** The look of one colour scheme, in the colours of `app/tokens.css`. */
export function chartLook(options: {
	readonly isDark: boolean;
	readonly fontFamily: string;
	readonly isAnimated: boolean;
	readonly isUtc: boolean;
}): ChartLook {
	const { isDark } = options;
	return Object.freeze({
		...options,
		text: isDark ? "#e8ebef" : "#16191d",
		muted: isDark ? "#a8b1bc" : "#4d5661",
		gridLine: isDark ? "#242a31" : "#e2e5e9",
		surface: isDark ? "#131619" : "#ffffff",
		border: isDark ? "#3a424c" : "#c9ced6",
		series: seriesColours(isDark),
		// One direction of lightness, so that the order is seen without telling the hues apart.
		heat: isDark
			? ["#1e242b", "#4a3c17", "#94731d", "#e08a4a", "#ffc2b0"]
			: ["#eef0f3", "#f7e6ba", "#e3b64c", "#c4532b", "#84121a"],
	});
}
