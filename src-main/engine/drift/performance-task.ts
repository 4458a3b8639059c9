import type { PerformancePoint } from "../../../src-shared/contract/index.ts";
import { type LabelledRow, labelledRows } from "../predictions/index.ts";
import { openForReading } from "../store/index.ts";
import { estimatePerformance, performance } from "./statistics/index.ts";

export interface PerformanceInput {
	/** Path of `predictions.db`. */
	readonly path: string;
	readonly tenantKey: number;
	readonly modelKey: number;
	readonly bucketMillis: number;
	/** Stretches in which the inputs had drifted, so that estimates cannot be trusted. */
	readonly drifted: readonly { readonly start: number; readonly end: number }[];
}

interface Bucket {
	readonly scores: number[];
	readonly predictions: (string | null)[];
	readonly labels: (string | null)[];
}

/** Performance of one model over time: measured where labels are there, estimated besides. Reads only. */
export function measurePerformance(
	input: PerformanceInput,
): PerformancePoint[] {
	const connection = openForReading(input.path);
	try {
		const rows = labelledRows(connection, input.tenantKey, input.modelKey);
		const { buckets, meanByLabel } = collect(rows, input.bucketMillis);
		const positive = positiveLabel(meanByLabel);
		return [...buckets]
			.sort(([a], [b]) => a - b)
			.map(([at, bucket]) =>
				pointOf(
					at,
					bucket,
					positive,
					new Set(meanByLabel.keys()),
					input.drifted.some(
						({ start, end }) => start < at + input.bucketMillis && end > at,
					),
				),
			);
	} finally {
		connection.close();
	}
}

function collect(
	rows: Iterable<LabelledRow>,
	bucketMillis: number,
): { buckets: Map<number, Bucket>; meanByLabel: Map<string, number> } {
	const buckets = new Map<number, Bucket>();
	const sums = new Map<string, { sum: number; n: number }>();
	for (const { eventTime, score, prediction, label } of rows) {
		const at = Math.floor(eventTime / bucketMillis) * bucketMillis;
		let bucket = buckets.get(at);
		if (bucket === undefined) {
			bucket = { scores: [], predictions: [], labels: [] };
			buckets.set(at, bucket);
		}
		bucket.scores.push(score);
		bucket.predictions.push(prediction);
		bucket.labels.push(label);
		if (label === null) continue;
		const known = sums.get(label) ?? { sum: 0, n: 0 };
		known.sum += score;
		known.n++;
		sums.set(label, known);
	}
	const meanByLabel = new Map(
		[...sums].map(([label, { sum, n }]) => [label, sum / n]),
	);
	return { buckets, meanByLabel };
}

const positiveWords = new Set(["1", "1.0", "true", "yes", "positive"]);

/** Of two labels, the one that says yes, or else the one with the higher mean score; null unless there are two or fewer. */
function positiveLabel(
	meanByLabel: ReadonlyMap<string, number>,
): string | null {
	const labels = [...meanByLabel.keys()];
	const spoken = labels.find((label) => positiveWords.has(label.toLowerCase()));
	if (labels.length > 2) return null;
	if (spoken !== undefined) return spoken;
	const ranked = [...meanByLabel].sort(([, a], [, b]) => b - a);
	return ranked.length === 2 ? (ranked[0]?.[0] ?? null) : null;
}

function pointOf(
	at: number,
	bucket: Bucket,
	positive: string | null,
	vocabulary: ReadonlySet<string>,
	assumptionBroken: boolean,
): PerformancePoint {
	const scores = Float64Array.from(bucket.scores);
	const labels = Float64Array.from(bucket.labels, (label) =>
		label === null || positive === null
			? Number.NaN
			: Number(label === positive),
	);
	const measured = performance(scores, labels);
	const told = reportedMetrics(bucket, positive, vocabulary);
	const labelled = bucket.labels.filter((label) => label !== null).length;
	const estimate = estimatePerformance(scores, 0.5, assumptionBroken);
	return {
		at,
		n: scores.length,
		labelled,
		accuracy: told?.accuracy ?? measured.accuracy,
		precision: told === null ? measured.precision : told.precision,
		recall: told === null ? measured.recall : told.recall,
		f1: told === null ? measured.f1 : told.f1,
		rocAuc: measured.rocAuc,
		logLoss: measured.logLoss,
		brier: measured.brier,
		estimated:
			estimate.accuracy === null
				? null
				: {
						accuracy: estimate.accuracy.value,
						rocAuc: estimate.rocAuc?.value ?? null,
						lower: estimate.accuracy.low,
						upper: estimate.accuracy.high,
						assumptionBroken: estimate.verdict === "assumption_broken",
					},
	};
}

interface ReportedMetrics {
	readonly accuracy: number | null;
	readonly precision: number | null;
	readonly recall: number | null;
	readonly f1: number | null;
}

/** Figures of the predictions as the model gave them; null where these are not in the words of the labels, and a score threshold has to stand in. */
function reportedMetrics(
	bucket: Bucket,
	positive: string | null,
	vocabulary: ReadonlySet<string>,
): ReportedMetrics | null {
	let n = 0;
	let right = 0;
	let truePositive = 0;
	let falsePositive = 0;
	let falseNegative = 0;
	for (const [row, label] of bucket.labels.entries()) {
		const prediction = bucket.predictions[row];
		if (label === null) continue;
		if (prediction == null || !vocabulary.has(prediction)) return null;
		n++;
		if (prediction === label) right++;
		if (prediction === positive && label === positive) truePositive++;
		else if (prediction === positive) falsePositive++;
		else if (label === positive) falseNegative++;
	}
	if (n === 0) return null;
	if (positive === null) {
		return { accuracy: right / n, precision: null, recall: null, f1: null };
	}
	return {
		accuracy: right / n,
		precision: ratio(truePositive, truePositive + falsePositive),
		recall: ratio(truePositive, truePositive + falseNegative),
		f1: ratio(
			2 * truePositive,
			2 * truePositive + falsePositive + falseNegative,
		),
	};
}

function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
