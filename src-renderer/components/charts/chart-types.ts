import type {
	BarSeriesOption,
	CustomSeriesOption,
	LineSeriesOption,
	ScatterSeriesOption,
} from "echarts/charts";
import type {
	AxisPointerComponentOption,
	GridComponentOption,
	LegendComponentOption,
	MarkAreaComponentOption,
	MarkLineComponentOption,
	TooltipComponentOption,
	VisualMapComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";

/** Options of the parts that are loaded; another series type does not compile. */
export type ChartOption = ComposeOption<
	| AxisPointerComponentOption
	| BarSeriesOption
	| CustomSeriesOption
	| GridComponentOption
	| LegendComponentOption
	| LineSeriesOption
	| MarkAreaComponentOption
	| MarkLineComponentOption
	| ScatterSeriesOption
	| TooltipComponentOption
	| VisualMapComponentOption
>;

export type TableCell = string | number | null;

/** The same numbers as the drawing, for the table view and the CSV file. */
export interface ChartTable {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly TableCell[])[];
}

/** Why a chart is empty, and what would fill it. */
export interface EmptyReason {
	readonly why: string;
	readonly fill: string;
}

/** A click on a mark of a chart. */
export interface ChartPick {
	readonly seriesId: string;
	readonly dataIndex: number;
}

/** A stretch of time shared by the charts of a screen, epoch milliseconds; null on a side is open. */
export interface TimeRange {
	readonly from: number | null;
	readonly to: number | null;
}
