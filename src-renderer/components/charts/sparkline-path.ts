export interface SparklineShape {
	/** SVG path data; a missing value breaks the line. */
	readonly path: string;
	/** The newest value's place, null when nothing is known. */
	readonly last: { readonly x: number; readonly y: number } | null;
	/** Height of the warn threshold when it is within the drawing. */
	readonly thresholdY: number | null;
}

/**
 * The line of `values` in a box of `width` by `height` pixels. The scale starts at zero and
 * reaches at least the threshold, so that a calm model looks calm and not like noise.
 */
export function sparklineShape(
	values: readonly (number | null)[],
	width: number,
	height: number,
	threshold: number,
): SparklineShape {
	const inset = 2;
	const known = values.filter(
		(value): value is number => value !== null && Number.isFinite(value),
	);
	const top = Math.max(threshold * 1.2, ...known);
	const step =
		values.length > 1 ? (width - 2 * inset) / (values.length - 1) : 0;
	const yOf = (value: number) =>
		round(height - inset - (value / top) * (height - 2 * inset));
	let path = "";
	let isDrawing = false;
	let last: SparklineShape["last"] = null;
	values.forEach((value, index) => {
		if (value === null || !Number.isFinite(value)) {
			isDrawing = false;
			return;
		}
		// A single value sits at the right edge, where the newest one always is.
		const x = round(values.length > 1 ? inset + index * step : width - inset);
		const y = yOf(value);
		path += `${isDrawing ? "L" : "M"}${x} ${y}`;
		isDrawing = true;
		last = { x, y };
	});
	return {
		path,
		last,
		thresholdY: threshold > 0 ? yOf(threshold) : null,
	};
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
