import { Button, SegmentedControl } from "@mantine/core";
import { IconZoomReset } from "@tabler/icons-react";
import { daysWords } from "../../components/charts/chart-time.ts";
import { isWhole, useTimeRange } from "../../components/charts/time-range.tsx";
import { usePreferences } from "../../ground/preferences.ts";
import styles from "./drift.module.css";

const dayMs = 86_400_000;
const spans = [
	{ value: "7", label: "7 d" },
	{ value: "30", label: "30 d" },
	{ value: "90", label: "90 d" },
	{ value: "all", label: "All" },
];

/** The time range of all charts of the screen; `newest` is the instant that the spans end at. */
export function RangePicker({ newest }: { readonly newest: number | null }) {
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
					title="Show all of the time again"
					onClick={reset}
				>
					{range.from === null || range.to === null
						? "Show all"
						: daysWords({ start: range.from, end: range.to }, zone === "utc")}
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
