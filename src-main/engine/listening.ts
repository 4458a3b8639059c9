import type { RequestLimit } from "../../src-shared/contract/index.ts";

/** How an engine is reached over the network. */
export interface Listeners {
	/** Shown in the first-run snippet; null for none. */
	readonly apiUrl: string | null;
	/** The engine never calls these from inside. */
	readonly ports: readonly number[];
	/** Shown in the settings. */
	readonly requestLimits: readonly RequestLimit[];
}

const none: Listeners = Object.freeze({
	apiUrl: null,
	ports: [],
	requestLimits: [],
});

/**
 * What an engine knows of its listeners. They serve it and so are opened after it; whoever
 * opens them says so here, and this is the only thing that an engine learns after it is made.
 */
export class Listening {
	#listeners = none;

	/** None before they are open. */
	get listeners(): Listeners {
		return this.#listeners;
	}

	opened(listeners: Listeners): void {
		this.#listeners = listeners;
	}
}
