import type { EChartsType } from "echarts/core";
import { type RefObject, useEffect, useRef, useState } from "react";
import { attachBrushZoom } from "./brush-zoom.ts";
import styles from "./chart.module.css";
import type { ChartLook } from "./chart-look.ts";
import type { ChartOption, ChartPick } from "./chart-types.ts";
import { linkHover } from "./hover-link.ts";
import { loadEcharts } from "./load-echarts.ts";
import { useTimeRange } from "./time-range.tsx";

export type ChartHandle = EChartsType;

interface ChartCanvasProps {
	readonly option: ChartOption;
	readonly look: ChartLook;
	readonly height: number;
	readonly summary: string;
	readonly group: string | undefined;
	readonly isBrushable: boolean;
	readonly onPick: ((pick: ChartPick) => void) | undefined;
	readonly onPickTime: ((time: number) => void) | undefined;
	readonly handle: RefObject<ChartHandle | null>;
}

/** The drawing itself: loads the library, keeps the size, forwards clicks. */
export function ChartCanvas({
	option,
	look,
	height,
	summary,
	group,
	isBrushable,
	onPick,
	onPickTime,
	handle,
}: ChartCanvasProps) {
	const box = useRef<HTMLDivElement>(null);
	const latest = useRef({ option, onPick, onPickTime });
	latest.current = { option, onPick, onPickTime };
	const [fault, setFault] = useState<string | null>(null);
	const [isReady, setIsReady] = useState(false);
	const { setRange } = useTimeRange();

	useEffect(() => {
		const element = box.current;
		if (element === null) return;
		let isGone = false;
		let close = () => {};
		loadEcharts()
			.then(({ graphic, init }) => {
				if (isGone) return;
				const chart = init(element);
				handle.current = chart;
				const offHover =
					group === undefined ? () => {} : linkHover(chart, group);
				chart.on("click", (event) => {
					latest.current.onPick?.({
						seriesId: event.seriesId ?? "",
						dataIndex: event.dataIndex,
					});
				});
				chart.getZr().on("click", (event) => {
					const pixel = [event.offsetX, event.offsetY];
					if (event.target !== undefined && event.target !== null) return;
					if (!chart.containPixel({ gridIndex: 0 }, pixel)) return;
					latest.current.onPickTime?.(
						Number(chart.convertFromPixel({ xAxisIndex: 0 }, event.offsetX)),
					);
				});
				const sizes = new ResizeObserver(() => chart.resize());
				sizes.observe(element);
				const offBrush = isBrushable
					? attachBrushZoom(chart, graphic, look.series.psi, setRange)
					: () => {};
				close = () => {
					sizes.disconnect();
					offBrush();
					offHover();
					chart.dispose();
					handle.current = null;
				};
				chart.setOption(latest.current.option, { notMerge: true });
				setIsReady(true);
			})
			.catch((cause: unknown) => {
				if (!isGone) setFault(cause instanceof Error ? cause.message : "");
			});
		return () => {
			isGone = true;
			setIsReady(false);
			close();
		};
	}, [group, handle, isBrushable, look, setRange]);

	useEffect(() => {
		if (isReady) handle.current?.setOption(option, { notMerge: true });
	}, [option, isReady, handle]);

	if (fault !== null) {
		return (
			<div className={styles.empty} style={{ height }} role="alert">
				<p className={styles.why}>The chart could not be drawn.</p>
				<p className={styles.fill}>
					{fault} The table view has the same numbers.
				</p>
			</div>
		);
	}
	return (
		<div
			ref={box}
			role="img"
			aria-label={summary}
			className={styles.canvas}
			style={{ height }}
		/>
	);
}
