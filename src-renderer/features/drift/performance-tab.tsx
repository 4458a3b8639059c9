import { Button, Checkbox, SegmentedControl, Skeleton } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { PerformancePoint } from "../../../src-shared/contract/index.ts";
import { Chart } from "../../components/charts/chart.tsx";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import { shownRange, usualStep } from "../../components/charts/chart-time.ts";
import { plural } from "../../components/charts/number-words.ts";
import { useTimeRange } from "../../components/charts/time-range.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { usePreferences } from "../../ground/preferences.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import styles from "./drift.module.css";
import { HowToSendLabels } from "./how-to-send-labels.tsx";
import {
	lossMetrics,
	type MetricId,
	metricIds,
	metricWords,
	performanceOption,
	performanceTable,
	scoreMetrics,
} from "./performance-option.ts";
import { RangePicker } from "./range-picker.tsx";

type Bucket = "hour" | "day" | "week";
const buckets: readonly Bucket[] = ["hour", "day", "week"];
const group = "drift-time";

/** Performance over time, from labels; the estimate where there are none. */
export function PerformanceTab({ modelId }: { readonly modelId: string }) {
	const engine = useEngine();
	const [bucket, setBucket] = useState<Bucket>("day");
	const [hidden, setHidden] = useState<ReadonlySet<MetricId>>(new Set());
	const { range } = useTimeRange();
	const isUtc = usePreferences((each) => each.zone === "utc");
	const answer = useAnswer(`${bucket} ${modelId}`, (signal) =>
		engine.models.performance({ modelId, bucket }, { signal }),
	);
	const points = useMemo(() => answer.value ?? [], [answer.value]);
	const shown = useMemo(
		() => ({
			score: scoreMetrics.filter((metric) => !hidden.has(metric)),
			loss: lossMetrics.filter((metric) => !hidden.has(metric)),
		}),
		[hidden],
	);
	const axis = useMemo(() => {
		const times = points.map(({ at }) => at);
		return shownRange(range, times, usualStep(times));
	}, [points, range]);
	const buildScore = useCallback(
		(look: ChartLook) =>
			performanceOption(
				{
					points,
					metrics: shown.score,
					isLessBetter: false,
					showsEstimate: true,
					range: axis,
				},
				look,
			),
		[points, shown, axis],
	);
	const buildLoss = useCallback(
		(look: ChartLook) =>
			performanceOption(
				{
					points,
					metrics: shown.loss,
					isLessBetter: true,
					showsEstimate: false,
					range: axis,
				},
				look,
			),
		[points, shown, axis],
	);

	if (answer.fault !== null) {
		return (
			<EmptyState
				title="The performance could not be loaded"
				text={answer.fault}
				action={<Button onClick={answer.reload}>Try again</Button>}
			/>
		);
	}
	if (answer.value === null) return <Skeleton height={300} aria-busy="true" />;
	const labelled = points.reduce((sum, point) => sum + point.labelled, 0);
	const hasEstimate = points.some((point) => point.estimated !== null);
	if (labelled === 0 && !hasEstimate) {
		return <HowToSendLabels modelId={modelId} />;
	}
	const table = performanceTable(points, isUtc);
	return (
		<div className={styles.stack}>
			<div className={styles.sectionHead}>
				<h2>Performance</h2>
				<RangePicker newest={points.at(-1)?.at ?? null} />
				<SegmentedControl
					aria-label="Length of a point in time"
					data={[...buckets]}
					value={bucket}
					onChange={(value) =>
						setBucket(buckets.find((each) => each === value) ?? "day")
					}
				/>
			</div>
			<p className={styles.sentence}>{estimateSentence(points, labelled)}</p>
			<fieldset className={styles.metrics}>
				<legend className="visually-hidden">Metrics that are drawn</legend>
				{metricIds.map((metric) => (
					<Checkbox
						key={metric}
						label={metricWords[metric]}
						checked={!hidden.has(metric)}
						onChange={() => {
							const next = new Set(hidden);
							if (!next.delete(metric)) next.add(metric);
							setHidden(next);
						}}
					/>
				))}
			</fieldset>
			<Chart
				title="How often it is right"
				summary={`${shown.score.map((metric) => metricWords[metric]).join(", ")} over ${plural(points.length, bucket)}.`}
				build={buildScore}
				table={table}
				empty={null}
				height={300}
				group={group}
				isBrushable
			/>
			<Chart
				title="How wrong its scores are"
				summary={`${shown.loss.map((metric) => metricWords[metric]).join(", ")} over ${plural(points.length, bucket)}.`}
				build={buildLoss}
				table={table}
				empty={
					points.some((point) => point.logLoss !== null || point.brier !== null)
						? null
						: {
								why: "Log loss and Brier score need labels.",
								fill: "They are drawn from the first labelled events on.",
							}
				}
				height={220}
				group={group}
				isBrushable
			/>
			{labelled === 0 && <HowToSendLabels modelId={modelId} />}
		</div>
	);
}

function estimateSentence(
	points: readonly PerformancePoint[],
	labelled: number,
): string {
	const rows = points.reduce((sum, point) => sum + point.n, 0);
	const estimated = points.filter((point) => point.estimated !== null);
	const broken = estimated.filter(
		(point) => point.estimated?.assumptionBroken === true,
	);
	const known = `${plural(labelled, "event")} of ${plural(rows, "event")} ${labelled === 1 ? "has" : "have"} a label.`;
	if (estimated.length === 0) return known;
	const what =
		"The dashed line is the accuracy that the scores themselves promise (CBPE), with its sampling band; it holds while scores mean what they meant in the baseline.";
	return broken.length === 0
		? `${known} ${what}`
		: `${known} ${what} In ${broken.length} of ${estimated.length} points the inputs had drifted, so that this assumption is broken: read the estimate there as a guess.`;
}
