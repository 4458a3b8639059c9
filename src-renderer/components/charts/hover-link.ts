import type { EChartsType } from "echarts/core";

const groups = new Map<string, Set<EChartsType>>();

interface PointerEvent {
	readonly axesInfo?: readonly {
		readonly axisDim: string;
		readonly value: unknown;
	}[];
}

/**
 * Shows the time under the mouse in every chart of a group. Not echarts' own `connect`: it
 * forwards pixels, and a chart of another height takes them for a place outside its plot.
 * Returns what takes the chart out of the group.
 */
export function linkHover(chart: EChartsType, group: string): () => void {
	const members = groups.get(group) ?? new Set();
	groups.set(group, members);
	members.add(chart);

	function onPointer(event: unknown) {
		const { axesInfo } = event as PointerEvent;
		const time = axesInfo?.find(({ axisDim }) => axisDim === "x")?.value;
		for (const other of members) {
			if (other === chart || other.isDisposed()) continue;
			// Silent, so that the answer of one chart is not forwarded by the next.
			other.dispatchAction(
				(typeof time === "number" ? pointerAt(other, time) : null) ?? {
					type: "updateAxisPointer",
					currTrigger: "leave",
				},
				{ silent: true },
			);
		}
	}
	chart.on("updateAxisPointer", onPointer);
	return () => {
		members.delete(chart);
		if (members.size === 0) groups.delete(group);
		if (!chart.isDisposed()) chart.off("updateAxisPointer", onPointer);
	};
}

/** The action that shows the pointer at a time; echarts wants a pixel inside the plot with it. Null when the time is out of the plot. */
function pointerAt(chart: EChartsType, time: number) {
	const x = Number(chart.convertToPixel({ xAxisIndex: 0 }, time));
	const y = chart.getHeight() / 2;
	if (!chart.containPixel({ gridIndex: 0 }, [x, y])) return null;
	return {
		type: "updateAxisPointer",
		x,
		y,
		axesInfo: [{ axisDim: "x", axisIndex: 0, value: time }],
	};
}
