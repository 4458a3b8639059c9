import { useMemo, useRef, useState } from "react";
import styles from "./chart.module.css";
import { ChartCanvas, type ChartHandle } from "./chart-canvas.tsx";
import { chartImage } from "./chart-image.ts";
import type { ChartLook } from "./chart-look.ts";
import { ChartTableView, type RowAction } from "./chart-table-view.tsx";
import { ChartToolbar } from "./chart-toolbar.tsx";
import type {
	ChartOption,
	ChartPick,
	ChartTable,
	EmptyReason,
} from "./chart-types.ts";
import { csvText } from "./csv.ts";
import { csvBlob, downloadBlob, fileNameOf } from "./download.ts";
import { useChartLook } from "./use-chart-look.ts";

interface ChartProps {
	readonly title: string;
	/** What the drawing says, for those who do not see it. */
	readonly summary: string;
	/** Stable while its inputs are: a new function draws anew. */
	readonly build: (look: ChartLook) => ChartOption;
	readonly table: ChartTable;
	readonly empty: EmptyReason | null;
	/** Pixels; the same when empty or loading, so that nothing shifts. */
	readonly height: number;
	/** Charts of one group share the hover. */
	readonly group?: string;
	/** Dragging across the plot zooms the shared time range. */
	readonly isBrushable?: boolean;
	readonly onPick?: (pick: ChartPick) => void;
	/** A click between the marks of a time chart, epoch milliseconds. */
	readonly onPickTime?: (time: number) => void;
	/** What a row of the table view does, the keyboard's way to `onPick`. */
	readonly rowAction?: RowAction;
	readonly children?: React.ReactNode;
}

/** A chart with its title, exports and a table view. */
export function Chart({
	title,
	summary,
	build,
	table,
	empty,
	height,
	group,
	isBrushable = false,
	onPick,
	onPickTime,
	rowAction,
	children,
}: ChartProps) {
	const look = useChartLook();
	const option = useMemo(() => build(look), [build, look]);
	const handle = useRef<ChartHandle | null>(null);
	const [isTable, setIsTable] = useState(false);

	async function exportImage() {
		const chart = handle.current;
		if (chart === null) return;
		downloadBlob(
			await chartImage(chart, title, look),
			fileNameOf(title, "png"),
		);
	}

	return (
		<figure className={styles.figure} aria-label={title}>
			<header className={styles.header}>
				<h3 className={styles.title}>
					<bdi>{title}</bdi>
				</h3>
				<div className={styles.extra}>{children}</div>
				{empty === null && (
					<ChartToolbar
						title={title}
						isTable={isTable}
						onToggleTable={() => setIsTable(!isTable)}
						onImage={isTable ? null : exportImage}
						onCsv={() =>
							downloadBlob(csvBlob(csvText(table)), fileNameOf(title, "csv"))
						}
					/>
				)}
			</header>
			{empty !== null ? (
				<div className={styles.empty} style={{ height }}>
					<p className={styles.why}>{empty.why}</p>
					<p className={styles.fill}>{empty.fill}</p>
				</div>
			) : isTable ? (
				<ChartTableView
					title={title}
					table={table}
					height={height}
					rowAction={rowAction}
				/>
			) : (
				<ChartCanvas
					option={option}
					look={look}
					height={height}
					summary={summary}
					group={group}
					isBrushable={isBrushable}
					onPick={onPick}
					onPickTime={onPickTime}
					handle={handle}
				/>
			)}
		</figure>
	);
}
