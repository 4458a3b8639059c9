import type { IncidentState } from "../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../src-shared/domain/severity.ts";

/*
 * Marks of 14 x 14, each one filled path: a list that scrolls changes the path of an element
 * instead of making new elements. Holes come from the even-odd rule.
 */

const centre = 7;
const fullTurn = 2 * Math.PI;

/** An octagon, a triangle, a diamond, a ring with an arrow and a ring with an i. */
export const severityPaths: Readonly<Record<Severity, string>> = {
	1: "M4.4.8h5.2l3.6 3.6v5.2l-3.6 3.6H4.4L.8 9.6V4.4ZM6.2 3.6v4.2h1.6V3.6ZM6.2 9v1.6h1.6V9Z",
	2: "M7 .9a1 1 0 0 1 .87.5l5.5 9.9a1 1 0 0 1-.87 1.5h-11a1 1 0 0 1-.87-1.5l5.5-9.9A1 1 0 0 1 7 .9ZM6.25 4.8v3.4h1.5V4.8ZM6.25 9.3v1.5h1.5V9.3Z",
	3: "M7 1.2 12.8 7 7 12.8 1.2 7Z",
	4: `${ring(6.3, 5)}M6.35 3.8h1.3v3.5l1.35-1.35.9.9L7 9.75 4.1 6.85l.9-.9L6.35 7.3Z`,
	5: `${ring(6.3, 5)}M6.3 6.2h1.4v4H6.3ZM6.3 3.8h1.4v1.4H6.3Z`,
};

const tick = "M3.7 7.3 4.6 6.3 6.2 7.8 9.4 4.3 10.4 5.2 6.3 9.8Z";

/** A ring that fills from detected to mitigated; a disc with a tick, or a ring with a bar, at the end. */
export const statePaths: Readonly<Record<IncidentState, string>> = {
	detected: dashes(8, 6.3, 4.9),
	acknowledged: ring(6.3, 5) + slice(0.25),
	investigating: ring(6.3, 5) + slice(0.5),
	mitigated: ring(6.3, 5) + slice(0.75),
	resolved: disc(6.3) + tick,
	closed: disc(6.3) + tick,
	learned: disc(6.3) + tick,
	inconclusive: `${ring(6.3, 5)}M4.2 6.35h5.6v1.3H4.2Z`,
};

function disc(radius: number): string {
	return `M${centre - radius} ${centre}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}

function ring(outer: number, inner: number): string {
	return disc(outer) + disc(inner);
}

/** A share of a small disc, clockwise from the top. */
function slice(share: number): string {
	const radius = 3.6;
	const end = point(share * fullTurn, radius);
	return `M${centre} ${centre}V${centre - radius}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${end}Z`;
}

function dashes(count: number, outer: number, inner: number): string {
	const step = fullTurn / count;
	return Array.from({ length: count }, (_, index) => {
		const from = index * step;
		const to = from + step * 0.58;
		return `M${point(from, outer)}A${outer} ${outer} 0 0 1 ${point(to, outer)}L${point(to, inner)}A${inner} ${inner} 0 0 0 ${point(from, inner)}Z`;
	}).join("");
}

/** A point on a circle, clockwise from the top. */
function point(angle: number, radius: number): string {
	const x = centre + radius * Math.sin(angle);
	const y = centre - radius * Math.cos(angle);
	return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
