import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import {
	IconChevronLeft,
	IconChevronRight,
	IconZoomReset,
} from "@tabler/icons-react";
import type { DriftResult } from "../../../src-shared/contract/index.ts";
import { countWords } from "../../components/charts/number-words.ts";
import { isWhole, useTimeRange } from "../../components/charts/time-range.tsx";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { clockTime } from "../../components/time-text.ts";
import { usePreferences } from "../../state/preferences.ts";
import styles from "./drift.module.css";
import type { DriftState } from "./use-drift.ts";

const dayMs = 86_400_000;
const spans = [
	{ value: "7", label: "7 d" },
	{ value: "30", label: "30 d" },
	{ value: "90", label: "90 d" },
	{ value: "all", label: "All" },
];

interface AssessmentBarProps {
	readonly history: readonly DriftResult[];
	readonly drift: DriftState;
	readonly onStep: (by: 1 | -1) => void;
}

/** Which assessment is looked at, and over which time. */
export function AssessmentBar({ history, drift, onStep }: AssessmentBarProps) {
	const { selected } = drift;
	const at = history.findIndex((each) => each.driftId === selected?.driftId);
	const zone = usePreferences((each) => each.zone);
	return (
		<div className={styles.bar}>
			<div className={styles.barPart}>
				<Tooltip label="Assessment before  [">
					<ActionIcon
						aria-label="Assessment before"
						disabled={at <= 0}
						onClick={() => onStep(-1)}
					>
						<IconChevronLeft size={16} />
					</ActionIcon>
				</Tooltip>
				{selected === null ? (
					<span className="dim">No assessment yet</span>
				) : (
					<span>
						As of <AbsoluteTime at={selected.asOf} />
						{at === history.length - 1 && (
							<span className="dim"> (newest)</span>
						)}
					</span>
				)}
				<Tooltip label="Assessment after  ]">
					<ActionIcon
						aria-label="Assessment after"
						disabled={at < 0 || at >= history.length - 1}
						onClick={() => onStep(1)}
					>
						<IconChevronRight size={16} />
					</ActionIcon>
				</Tooltip>
			</div>
			{selected !== null && (
				<div className={`${styles.barPart} ${styles.windows} dim tabular`}>
					<span>
						baseline {clockTime(selected.baseline.start, zone)} to{" "}
						{clockTime(selected.baseline.end, zone)} (
						{countWords(selected.baselineN)} rows)
					</span>
					<span>
						current {clockTime(selected.current.start, zone)} to{" "}
						{clockTime(selected.current.end, zone)} (
						{countWords(selected.currentN)} rows)
					</span>
				</div>
			)}
			<RangePicker newest={history.at(-1)?.asOf ?? null} />
		</div>
	);
}

function RangePicker({ newest }: { readonly newest: number | null }) {
	const { range, setRange, reset } = useTimeRange();
	const zone = usePreferences((each) => each.zone);
	if (newest === null) return null;
	const span = spans.find(
		({ value }) =>
			value !== "all" &&
			range.to === null &&
			range.from === newest - Number(value) * dayMs,
	);
	const isCustom = span === undefined && !isWhole(range);
	return (
		<div className={styles.barPart} style={{ marginInlineStart: "auto" }}>
			{isCustom && (
				<Button
					variant="subtle"
					size="compact-xs"
					leftSection={<IconZoomReset size={14} />}
					onClick={reset}
				>
					{range.from === null ? "start" : clockTime(range.from, zone)} to{" "}
					{range.to === null ? "now" : clockTime(range.to, zone)}
				</Button>
			)}
			<SegmentedControl
				aria-label="Time range of the charts"
				data={spans}
				value={isCustom ? "" : (span?.value ?? "all")}
				onChange={(value) =>
					value === "all"
						? reset()
						: setRange({ from: newest - Number(value) * dayMs, to: null })
				}
			/>
		</div>
	);
}
