import type { EChartsType } from "echarts/core";
import { rangeOfDrag } from "./chart-time.ts";
import type { TimeRange } from "./chart-types.ts";
import type { loadEcharts } from "./load-echarts.ts";

type Graphic = Awaited<ReturnType<typeof loadEcharts>>["graphic"];

/**
 * Dragging across the plot chooses a stretch of time. Not echarts' own brush: its mode
 * swallows the clicks on points and marks. Returns what takes the listeners off again.
 */
export function attachBrushZoom(
	chart: EChartsType,
	graphic: Graphic,
	colour: string,
	onRange: (range: TimeRange) => void,
): () => void {
	const surface = chart.getZr();
	let startX: number | null = null;
	let box: InstanceType<Graphic["Rect"]> | null = null;

	function down(event: { offsetX: number; offsetY: number; event: unknown }) {
		const native = event.event;
		if (native instanceof MouseEvent && native.button !== 0) return;
		const isInPlot = chart.containPixel({ gridIndex: 0 }, [
			event.offsetX,
			event.offsetY,
		]);
		if (isInPlot) startX = event.offsetX;
	}
	function move(event: { offsetX: number }) {
		if (startX === null) return;
		const width = event.offsetX - startX;
		if (box === null && Math.abs(width) < 8) return;
		if (box === null) {
			box = new graphic.Rect({
				silent: true,
				z: 100,
				style: { fill: colour, opacity: 0.18 },
			});
			surface.add(box);
		}
		box.setShape({
			x: Math.min(startX, event.offsetX),
			y: 0,
			width: Math.abs(width),
			height: chart.getHeight(),
		});
	}
	function up(event: { offsetX: number }) {
		const start = startX;
		const wasDragged = box !== null;
		clear();
		if (start === null || !wasDragged) return;
		const [from, to] = [start, event.offsetX].map((x) =>
			Number(chart.convertFromPixel({ xAxisIndex: 0 }, x)),
		);
		if (from === undefined || to === undefined) return;
		const range = rangeOfDrag(from, to, event.offsetX - start);
		if (range !== null) onRange(range);
	}
	function clear() {
		startX = null;
		if (box !== null) surface.remove(box);
		box = null;
	}

	surface.on("mousedown", down);
	surface.on("mousemove", move);
	surface.on("mouseup", up);
	window.addEventListener("blur", clear);
	return () => {
		clear();
		window.removeEventListener("blur", clear);
		if (chart.isDisposed()) return;
		surface.off("mousedown", down);
		surface.off("mousemove", move);
		surface.off("mouseup", up);
	};
}
