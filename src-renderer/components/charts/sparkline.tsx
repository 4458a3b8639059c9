import { memo } from "react";
import { sparklineShape } from "./sparkline-path.ts";

interface SparklineProps {
	readonly values: readonly (number | null)[];
	/** Drawn as a dashed line. */
	readonly threshold: number;
	readonly width?: number;
	readonly height?: number;
}

/** A small line for a list row. Decoration: the row says the same in words. */
export const Sparkline = memo(function Sparkline({
	values,
	threshold,
	width = 72,
	height = 20,
}: SparklineProps) {
	const shape = sparklineShape(values, width, height, threshold);
	return (
		<svg
			aria-hidden="true"
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			style={{ display: "block", flex: "none" }}
		>
			{shape.thresholdY !== null && (
				<line
					x1={0}
					x2={width}
					y1={shape.thresholdY}
					y2={shape.thresholdY}
					stroke="currentColor"
					strokeOpacity={0.35}
					strokeDasharray="2 3"
				/>
			)}
			<path
				d={shape.path}
				fill="none"
				stroke="currentColor"
				strokeWidth={1.4}
				strokeLinejoin="round"
				strokeLinecap="round"
			/>
			{shape.last && (
				<circle cx={shape.last.x} cy={shape.last.y} r={2} fill="currentColor" />
			)}
		</svg>
	);
});
