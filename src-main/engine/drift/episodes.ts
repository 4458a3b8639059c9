/** Whether one assessment of a stretch of history found drift. */
export interface Step {
	readonly drifted: boolean;
}

const calmStepsToEnd = 2;

/**
 * Where the drift that still lasts at the end of an assessed stretch began, or the number
 * of steps when none lasts. What comes before is history; what comes after belongs to the
 * newest state. Drift is over after two calm assessments, as for the live monitor.
 */
export function lastingFrom(steps: readonly Step[]): number {
	let start = steps.length;
	let calm = 0;
	for (let index = steps.length - 1; index >= 0; index--) {
		if (steps[index]?.drifted) {
			start = index;
			calm = 0;
		} else if (++calm >= calmStepsToEnd) {
			break;
		}
	}
	return start;
}
