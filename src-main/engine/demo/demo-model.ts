import type { Outcome } from "../predictions/index.ts";
import type { Draws } from "./draws.ts";

/** The hour that events are drawn for. */
export interface DemoHour {
	readonly hourOfDay: number;
	readonly isWeekend: boolean;
	/** Whether northpay sends amounts in cents. */
	readonly hasCents: boolean;
}

/** One event as its model sees it. Log-odds of fraud: as the model tells them, and as they are. */
export interface DemoDraw {
	readonly entityId: string;
	readonly features: Readonly<Record<string, Outcome | null>>;
	readonly told: number;
	readonly real: number;
}

/** A model of the demo. */
export interface DemoModel {
	readonly modelId: string;
	readonly version: string;
	readonly seed: number;
	/** Mean number of events. */
	readonly eventsIn: (hour: DemoHour) => number;
	readonly draw: (draws: Draws, hour: DemoHour) => DemoDraw;
}

/** A daily swing: 1 at `peak` o'clock, -1 twelve hours later. */
export function dailySwing(hourOfDay: number, peak: number): number {
	return Math.cos(((hourOfDay - peak) / 24) * 2 * Math.PI);
}

export function probability(logOdds: number): number {
	return 1 / (1 + Math.exp(-logOdds));
}
