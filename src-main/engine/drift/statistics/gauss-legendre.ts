/**
 * Nodes and weights of Gauss-Legendre quadrature on [-1, 1]: Newton's method on the Legendre
 * polynomial from the asymptotic places of its roots (Abramowitz and Stegun 25.4.29).
 */
export function gaussLegendre(size: number): {
	readonly nodes: number[];
	readonly weights: number[];
} {
	const nodes: number[] = [];
	const weights: number[] = [];
	for (let index = 0; index < size; index++) {
		let x = -Math.cos((Math.PI * (index + 0.75)) / (size + 0.5));
		let slope = 1;
		for (let step = 0; step < 20; step++) {
			let previous = 1;
			let value = x;
			for (let degree = 2; degree <= size; degree++) {
				const next =
					((2 * degree - 1) * x * value - (degree - 1) * previous) / degree;
				previous = value;
				value = next;
			}
			slope = (size * (x * value - previous)) / (x * x - 1);
			const change = value / slope;
			x -= change;
			if (Math.abs(change) < 1e-15) break;
		}
		nodes.push(x);
		weights.push(2 / ((1 - x * x) * slope * slope));
	}
	return { nodes, weights };
}
