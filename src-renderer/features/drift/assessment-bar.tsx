import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { DriftResult } from "../../../src-shared/contract/index.ts";
import { daysWords } from "../../components/charts/chart-time.ts";
import { countWords } from "../../components/charts/number-words.ts";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { usePreferences } from "../../ground/preferences.ts";
import { absoluteTime } from "../../ground/time-text.ts";
import styles from "./drift.module.css";
import { RangePicker } from "./range-picker.tsx";
import type { DriftState } from "./use-drift.ts";

interface AssessmentBarProps {
	readonly history: readonly DriftResult[];
	readonly drift: DriftState;
	readonly onStep: (by: 1 | -1) => void;
}

/** Which assessment is looked at, and over which time. */
export function AssessmentBar({ history, drift, onStep }: AssessmentBarProps) {
	const { selected } = drift;
	const at = history.findIndex((each) => each.driftId === selected?.driftId);
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
					<WindowWords
						name="baseline"
						window={selected.baseline}
						rows={selected.baselineN}
					/>
					<WindowWords
						name="current"
						window={selected.current}
						rows={selected.currentN}
					/>
				</div>
			)}
			<RangePicker newest={history.at(-1)?.asOf ?? null} />
		</div>
	);
}

interface WindowWordsProps {
	readonly name: string;
	readonly window: { readonly start: number; readonly end: number };
	readonly rows: number;
}

/** A window by its days; its exact ends on hover. */
function WindowWords({ name, window, rows }: WindowWordsProps) {
	const zone = usePreferences((each) => each.zone);
	return (
		<span
			title={`${absoluteTime(window.start, zone)} to ${absoluteTime(window.end, zone)}`}
		>
			{name} {daysWords(window, zone === "utc")}, {countWords(rows)} rows
		</span>
	);
}
