type Echarts = typeof import("./echarts-parts.ts");

let loading: Promise<Echarts> | null = null;

/** Loads the charting library once, when the first chart is shown. A failed load is tried again by the next chart. */
export function loadEcharts(): Promise<Echarts> {
	loading ??= import("./echarts-parts.ts").catch((fault: unknown) => {
		loading = null;
		throw fault;
	});
	return loading;
}
