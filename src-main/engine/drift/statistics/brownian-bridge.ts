import { upperGamma } from "./gamma.ts";
import { gaussLegendre } from "./gauss-legendre.ts";

/** Beyond this the p-value is below 3e-14, and the law without ties is a safe upper bound. */
const LARGEST_BARRIER = 4;

/** Knots of the bridge closer than this are taken as one. */
const SHORTEST_STEP = 1 / 400;

type Step = {
	readonly until: number;
	/** Whether the bridge is watched on the way, or only at `until`. */
	readonly isWatched: boolean;
};

/**
 * The chance that a Brownian bridge reaches `barrier` in size while it is watched: the limit
 * law of D sqrt(n m / (n + m)) for data of which some values repeat. The bridge is not seen
 * inside an atom, because a distribution function jumps there (E. Schmid, "On the Kolmogorov
 * and Smirnov limit theorems for discontinuous distribution functions", 1958).
 *
 * Backwards from the end, R(x) = chance of leaving when now at x is integrated over the
 * Gaussian step to the next knot; on watched steps the exact chance that a bridge between two
 * points leaves the strip is added. All terms are positive.
 *
 * @param barrier above 0
 * @param atoms shares of rows below and up to each repeated value: [start, end, ...], ascending
 * @returns null when the barrier is too high to resolve
 */
export function bridgeSurvival(
	barrier: number,
	atoms: readonly number[],
): number | null {
	if (barrier > LARGEST_BARRIER) return null;
	if (barrier < 0.1) return 1;
	const steps = stepsBetween(atoms);
	const size = Math.min(420, Math.max(64, Math.ceil(barrier * 105)));
	const { nodes, weights } = gaussLegendre(size);
	const places = nodes.map((node) => node * barrier);
	let now = steps.at(-2)?.until ?? 0;
	const isLastWatched = steps.at(-1)?.isWatched ?? true;
	const leaveLast = (x: number) =>
		isLastWatched ? leavingChance(x, 0, 1 - now, barrier) : 0;
	if (steps.length < 2) return leaveLast(0);
	let leaving = places.map(leaveLast);
	for (let index = steps.length - 2; index >= 0; index--) {
		const { until, isWatched } = steps[index] as Step;
		const from = index === 0 ? 0 : (steps[index - 1] as Step).until;
		const length = until - from;
		const shrink = (1 - until) / (1 - from);
		const spread = Math.sqrt(length * shrink);
		const later = leaving;
		const leave = (x: number) => {
			const mean = x * shrink;
			let chance =
				normalTail((barrier - mean) / spread) +
				normalTail((barrier + mean) / spread);
			for (let node = 0; node < size; node++) {
				const y = places[node] as number;
				const distance = (y - mean) / spread;
				if (distance > 10 || distance < -10) continue;
				const density = Math.exp((-distance * distance) / 2);
				const after = later[node] as number;
				const onTheWay = isWatched ? leavingChance(x, y, length, barrier) : 0;
				chance +=
					(((weights[node] as number) * barrier * density) /
						spread /
						Math.sqrt(2 * Math.PI)) *
					(after + onTheWay * (1 - after));
			}
			return chance;
		};
		leaving = index === 0 ? [leave(0)] : places.map(leave);
		now = from;
	}
	return Math.min(1, leaving[0] as number);
}

/** The way from 0 to 1 as unseen steps over the atoms and watched ones between them. */
function stepsBetween(atoms: readonly number[]): Step[] {
	const steps: Step[] = [];
	let now = 0;
	for (let index = 0; index < atoms.length; index += 2) {
		const start = atoms[index] as number;
		const end = atoms[index + 1] as number;
		if (start - now >= SHORTEST_STEP) {
			steps.push({ until: start, isWatched: true });
			now = start;
		}
		if (end - now < SHORTEST_STEP) continue;
		const isLast = 1 - end < SHORTEST_STEP;
		steps.push({ until: isLast ? 1 : end, isWatched: false });
		now = isLast ? 1 : end;
	}
	if (now < 1) steps.push({ until: 1, isWatched: true });
	return steps;
}

/**
 * The chance that a Brownian bridge from x to y over `length` leaves (-barrier, barrier), by
 * reflection (T. Anderson, Annals of Mathematical Statistics 31, 1960, theorem 4.3).
 */
function leavingChance(
	x: number,
	y: number,
	length: number,
	barrier: number,
): number {
	const strip = 2 * barrier;
	let chance = 0;
	for (let k = 1; k < 100; k++) {
		const before = (k - 1) * strip;
		const crossings =
			Math.exp(
				(-2 * (before + barrier - x) * (before + barrier - y)) / length,
			) +
			Math.exp((-2 * (before + barrier + x) * (before + barrier + y)) / length);
		const both =
			Math.exp((-2 * k * strip * (k * strip + y - x)) / length) +
			Math.exp((-2 * k * strip * (k * strip - y + x)) / length);
		chance += crossings - both;
		if (crossings < 1e-17) break;
	}
	return Math.min(1, Math.max(0, chance));
}

/** The chance that a standard normal variable is above `z` >= 0. */
function normalTail(z: number): number {
	return z > 38 ? 0 : upperGamma(0.5, (z * z) / 2) / 2;
}
