import type { ChartLook } from "./chart-look.ts";
import type { ChartOption, TimeRange } from "./chart-types.ts";

/** What every option starts from: text, motion, tooltip box. */
export function baseOption(look: ChartLook): ChartOption {
	return {
		animation: look.isAnimated,
		animationDuration: 120,
		animationDurationUpdate: 120,
		backgroundColor: "transparent",
		textStyle: {
			fontFamily: look.fontFamily,
			color: look.text,
			fontSize: 12,
		},
		useUTC: look.isUtc,
	};
}

/** The tooltip's box; the content is the builder's own element. */
export function tooltipBox(look: ChartLook) {
	return {
		confine: true,
		transitionDuration: 0,
		backgroundColor: look.surface,
		borderColor: look.border,
		borderWidth: 1,
		padding: [6, 8],
		textStyle: {
			color: look.text,
			fontFamily: look.fontFamily,
			fontSize: 12,
		},
		extraCssText: "box-shadow:0 2px 8px rgb(0 0 0 / 0.18)",
	};
}

/**
 * A time axis over the shared range. Its pointer is what links the hover of a screen's charts;
 * `tooltip` says whether a place between the marks has one too.
 */
export function timeAxis(
	look: ChartLook,
	range: TimeRange,
	tooltip: "by time" | "by mark",
) {
	return {
		type: "time" as const,
		min: range.from ?? undefined,
		max: range.to ?? undefined,
		axisLine: { lineStyle: { color: look.border } },
		axisTick: { lineStyle: { color: look.border } },
		axisLabel: { color: look.muted, hideOverlap: true, fontSize: 11 },
		splitLine: { show: false },
		axisPointer: {
			show: true,
			type: "line" as const,
			snap: false,
			triggerTooltip: tooltip === "by time",
			lineStyle: { color: look.muted, type: "solid" as const, width: 1 },
			label: { show: false },
		},
	};
}

export function valueAxis(look: ChartLook, name: string) {
	return {
		type: "value" as const,
		name,
		nameLocation: "end" as const,
		nameGap: 10,
		nameTextStyle: {
			color: look.muted,
			align: "left" as const,
			fontSize: 11,
			padding: [0, 0, 0, -30],
		},
		axisLine: { show: false },
		axisTick: { show: false },
		axisLabel: { color: look.muted, fontSize: 11 },
		splitLine: { lineStyle: { color: look.gridLine } },
		axisPointer: { show: false },
	};
}

export function legend(look: ChartLook) {
	return {
		top: 0,
		right: 0,
		left: "auto",
		itemWidth: 14,
		itemHeight: 8,
		itemGap: 14,
		inactiveColor: look.border,
		textStyle: { color: look.text, fontSize: 11 },
	};
}

/** Shortens text for an axis; the whole of it is in the tooltip and in the table. */
export function shortened(text: string, length: number): string {
	const points = [...text];
	return points.length <= length
		? text
		: `${points.slice(0, length - 1).join("")}…`;
}
