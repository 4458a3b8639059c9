import type {
	ColumnEvidence,
	DriftEvidence,
} from "../../../src-shared/contract/index.ts";
import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";

const featuresNamed = 3;

type Told = Pick<
	DriftEvidence,
	| "status"
	| "baselineN"
	| "currentN"
	| "columns"
	| "onset"
	| "settings"
	| "asOf"
	| "current"
>;

/** Says in sentences what an assessment found, what it means and since when. */
export function narrate(evidence: Told): string[] {
	const { status, settings, columns } = evidence;
	const score = columns.find(({ role }) => role === "score");
	if (status === "insufficient_data" || score === undefined) {
		return [tooFew(evidence)];
	}
	const sentences = [describeColumn(score, settings)];
	const features = columns
		.filter(
			({ role, verdict }) =>
				role === "feature" && (verdict === "warn" || verdict === "critical"),
		)
		.sort((a, b) => b.psi.value - a.psi.value);
	for (const feature of features.slice(0, featuresNamed)) {
		sentences.push(describeColumn(feature, settings));
	}
	if (features.length > featuresNamed) {
		sentences.push(
			`${features.length - featuresNamed} more ${features.length - featuresNamed === 1 ? "feature has" : "features have"} drifted.`,
		);
	}
	if (evidence.onset !== null) {
		const where = evidence.onset.column;
		const atStart = evidence.onset.at <= evidence.current.start;
		sentences.push(
			atStart
				? `${where} had changed by the start of the window, ${utc(evidence.onset.at)}.`
				: `The change is first visible in ${where} at ${utc(evidence.onset.at)}.`,
		);
	}
	return sentences;
}

/** One sentence on one column, with its threshold and its most telling bin. */
export function describeColumn(
	column: ColumnEvidence,
	settings: MonitorSettings,
): string {
	const psi = `PSI of ${column.column} is ${column.psi.value.toFixed(2)}`;
	const bound = thresholdWords(column.psi.value, settings);
	if (column.verdict === "ok" && column.psi.value >= settings.warnThreshold) {
		const why = column.significant
			? "too few rows moved to matter"
			: "with this few events chance alone can do that";
		return `${psi} (${bound}), but ${why}, so it is no alarm.`;
	}
	if (column.verdict === "ok") return `${psi} (${bound}): no drift.`;
	const bin = tellingBin(column);
	return `${psi} (${bound}): ${percent(bin.current)} of the current values ${bin.place}, against ${percent(bin.baseline)} before.`;
}

function thresholdWords(psi: number, settings: MonitorSettings): string {
	if (psi >= settings.criticalThreshold) {
		return `critical from ${number(settings.criticalThreshold)}`;
	}
	if (psi >= settings.warnThreshold) {
		return `warning from ${number(settings.warnThreshold)}, critical from ${number(settings.criticalThreshold)}`;
	}
	return `warning from ${number(settings.warnThreshold)}`;
}

function tellingBin(column: ColumnEvidence): {
	current: number;
	baseline: number;
	place: string;
} {
	const { contributions } = column.psi;
	let bin = 0;
	for (const [index, part] of contributions.entries()) {
		if (part > (contributions[bin] ?? 0)) bin = index;
	}
	const { baseline, current } = column.bins;
	return {
		current: (current[bin] ?? 0) / sum(current),
		baseline: (baseline[bin] ?? 0) / sum(baseline),
		place: placeWords(column, bin),
	};
}

function placeWords(column: ColumnEvidence, bin: number): string {
	const label = column.bins.labels[bin] ?? "";
	if (label === "<missing>") return "are missing";
	if (label === "<new category>")
		return "are categories the baseline never had";
	if (column.type === "categorical") return `are “${label}”`;
	return placeOfBin(column.bins.edges, bin);
}

/** Where bin `bin` of a numeric column lies; an outer bin of ten quantile bins is a decile. */
function placeOfBin(edges: readonly number[], bin: number): string {
	const low = edges[bin - 1];
	const high = edges[bin];
	const isDecile = edges.length === 9;
	if (low === undefined && high === undefined) return "have one value";
	if (low === undefined) {
		return `are below ${number(high ?? 0)}${isDecile ? ", the lowest tenth of the baseline" : ""}`;
	}
	if (high === undefined) {
		return `are ${number(low)} or more${isDecile ? ", the highest tenth of the baseline" : ""}`;
	}
	return number(low) === number(high)
		? `are ${number(low)}`
		: `lie between ${number(low)} and ${number(high)}`;
}

function tooFew(evidence: Told): string {
	const { baselineN, currentN, settings } = evidence;
	return `Too little to judge: ${baselineN} events in the baseline window and ${currentN} in the current one, where each needs ${settings.minSamples}.`;
}

function sum(counts: readonly number[]): number {
	return Math.max(
		1,
		counts.reduce((total, count) => total + count, 0),
	);
}

function percent(share: number): string {
	const value = share * 100;
	return `${value !== 0 && value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}

/** A number for reading: four significant digits. */
function number(value: number): string {
	return String(Number(value.toPrecision(4)));
}

function utc(instant: number): string {
	return `${new Date(instant).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
