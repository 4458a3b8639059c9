import type { ParsedAlert } from "../alerts/parsing/parsed-payload.ts";

/** An alert that a source lists now. */
export interface ListedAlert {
	readonly parsed: ParsedAlert;
	/** It fires; else its rule only begins to hold, and nothing is told of it yet. */
	readonly isFiring: boolean;
	/** What keeps it quiet at the source; null for nothing. */
	readonly quiet: string | null;
}

/** All that a source lists now. */
export interface SourceState {
	readonly alerts: readonly ListedAlert[];
	/** Null when what is not listed is over; else why that cannot be known. */
	readonly partialBecause: string | null;
}
