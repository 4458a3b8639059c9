import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import {
	AxisPointerComponent,
	GridComponent,
	LegendComponent,
	MarkAreaComponent,
	MarkLineComponent,
	TooltipComponent,
	VisualMapPiecewiseComponent,
} from "echarts/components";
import { graphic, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
	AxisPointerComponent,
	BarChart,
	CanvasRenderer,
	CustomChart,
	GridComponent,
	LegendComponent,
	LineChart,
	MarkAreaComponent,
	MarkLineComponent,
	ScatterChart,
	TooltipComponent,
	VisualMapPiecewiseComponent,
]);

export { graphic, init };
