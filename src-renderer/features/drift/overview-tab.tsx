import { Skeleton } from "@mantine/core";
import { useCallback, useMemo } from "react";
import type {
	DriftResult,
	ModelSummary,
} from "../../../src-shared/contract/index.ts";
import { Chart } from "../../components/charts/chart.tsx";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import {
	shownRange,
	timeWords,
	usualStep,
} from "../../components/charts/chart-time.ts";
import type { ChartPick } from "../../components/charts/chart-types.ts";
import { plural, shortNumber } from "../../components/charts/number-words.ts";
import { useTimeRange } from "../../components/charts/time-range.tsx";
import { usePreferences } from "../../ground/preferences.ts";
import { navigate } from "../../ground/router.ts";
import styles from "./drift.module.css";
import { statusWord } from "./drift-words.ts";
import { heatMapOf, heatMapOption, heatTable } from "./heat-map-option.ts";
import { Narrative } from "./narrative.tsx";
import {
	incidentSeriesId,
	noVerdictSeriesId,
	psiChartOption,
	psiTable,
	withoutPsi,
} from "./psi-chart-option.ts";
import type { DriftState } from "./use-drift.ts";
import { useIncidentMarks } from "./use-incident-marks.ts";

const group = "drift-time";
const heatRows = 24;

interface OverviewTabProps {
	readonly model: ModelSummary;
	readonly drift: DriftState;
	readonly history: readonly DriftResult[];
	readonly column: string | null;
	readonly onChoose: (driftId: string, column?: string) => void;
}

/** What happened, when, and in which columns. */
export function OverviewTab({
	model,
	drift,
	history,
	column,
	onChoose,
}: OverviewTabProps) {
	const { monitor } = model;
	const { selected } = drift;
	const { range } = useTimeRange();
	const isUtc = usePreferences((each) => each.zone === "utc");
	const incidents = useIncidentMarks(model.modelId);
	const warn = monitor.warnThreshold;
	const critical = monitor.criticalThreshold;
	const map = useMemo(() => heatMapOf(history, heatRows), [history]);
	const shown = useMemo(() => {
		const times = history.map(({ asOf }) => asOf);
		return shownRange(range, times, usualStep(times));
	}, [history, range]);
	const buildPsi = useCallback(
		(look: ChartLook) =>
			psiChartOption(
				{ history, warn, critical, incidents, selected, range: shown },
				look,
			),
		[history, warn, critical, incidents, selected, shown],
	);
	const buildHeat = useCallback(
		(look: ChartLook) =>
			heatMapOption(
				{
					map,
					warn,
					critical,
					range: shown,
					selected: { driftId: selected?.driftId ?? null, column },
				},
				look,
			),
		[map, warn, critical, shown, selected, column],
	);

	function pick({ seriesId, dataIndex }: ChartPick): void {
		if (seriesId === incidentSeriesId) {
			const incident = incidents[dataIndex];
			if (incident !== undefined) navigate(["incident", incident.id]);
			return;
		}
		const results =
			seriesId === noVerdictSeriesId ? withoutPsi(history) : history;
		const result = results[dataIndex];
		if (result !== undefined) onChoose(result.driftId);
	}
	function pickTime(time: number): void {
		const nearest = history.reduce<DriftResult | null>(
			(best, each) =>
				best === null || Math.abs(each.asOf - time) < Math.abs(best.asOf - time)
					? each
					: best,
			null,
		);
		if (nearest !== null) onChoose(nearest.driftId);
	}
	function pickCell({ dataIndex }: ChartPick): void {
		const cell = map.cells[dataIndex];
		if (cell !== undefined) onChoose(cell.driftId, cell.column);
	}

	if (drift.history.value === null) {
		return drift.history.fault === null ? (
			<div className={styles.waiting} aria-busy="true">
				<Skeleton height={72} />
				<Skeleton height={264} />
				<Skeleton height={200} />
			</div>
		) : (
			<p role="alert">
				The assessments could not be loaded. {drift.history.fault}
			</p>
		);
	}
	return (
		<div className={styles.stack}>
			<h2 className="visually-hidden">Overview</h2>
			<Narrative
				model={model}
				drift={drift}
				onColumn={(name) => {
					if (selected !== null) onChoose(selected.driftId, name);
				}}
			/>
			<Chart
				title="PSI over time"
				summary={psiSummary(history, isUtc)}
				build={buildPsi}
				table={psiTable(history, isUtc)}
				empty={
					history.length > 0
						? null
						: {
								why: "No assessment yet.",
								fill: `An assessment compares the last ${plural(monitor.currentDays, "day")} with the ${plural(monitor.baselineDays, "day")} before. It runs by itself while events come in; “Assess now” runs one at once, and “Assess the history” one for each day of an imported past.`,
							}
				}
				height={264}
				group={group}
				isBrushable
				onPick={pick}
				onPickTime={pickTime}
				rowAction={{
					label: (row) =>
						`Choose the assessment of ${timeWords(history[row]?.asOf ?? 0, isUtc)}`,
					run: (row) => {
						const result = history[row];
						if (result !== undefined) onChoose(result.driftId);
					},
				}}
			/>
			<Chart
				title="PSI of each column over time"
				summary={`Heat map of ${plural(map.columns.length, "column")}. Highest: ${map.columns.slice(0, 3).join(", ")}.`}
				build={buildHeat}
				table={heatTable(map, isUtc)}
				empty={
					map.cells.length > 0
						? null
						: {
								why: "No column has a PSI in this time.",
								fill: "Columns are compared once events carry features: the “features” object of POST /v1/events/prediction, or feature columns of an imported file.",
							}
				}
				height={Math.max(map.columns.length, 4) * 22 + 60}
				group={group}
				isBrushable
				onPick={pickCell}
				rowAction={{
					label: (row) => `Evidence of ${map.cells[row]?.column ?? ""}`,
					run: (row) => pickCell({ seriesId: "heat", dataIndex: row }),
				}}
			>
				{map.hiddenColumns > 0 && (
					<span className="dim">
						the {map.columns.length} highest of{" "}
						{map.columns.length + map.hiddenColumns} columns; all are under
						Evidence
					</span>
				)}
			</Chart>
		</div>
	);
}

function psiSummary(history: readonly DriftResult[], isUtc: boolean): string {
	const newest = history.at(-1);
	if (newest === undefined) return "No assessments.";
	return `PSI over time, ${plural(history.length, "assessment")}. Newest: ${shortNumber(newest.psi)}, ${statusWord(newest.status)}, as of ${timeWords(newest.asOf, isUtc)}. The table view lists all.`;
}
