import type { ClientLink } from "@orpc/client";

/** One live connection to the engine; a lost one is replaced by a new channel, never revived. */
export interface Channel {
	readonly link: ClientLink<Record<never, never>>;
	/** Settles once, with what ended the channel. */
	readonly closed: Promise<string>;
	close(): void;
}

/** Opens a channel, or rejects: with `SignedOutError` when a person has to sign in first. */
export type OpenChannel = (signal: AbortSignal) => Promise<Channel>;

/** The engine is there and does not know this browser. */
export class SignedOutError extends Error {
	constructor() {
		super("This browser is not signed in.");
		this.name = "SignedOutError";
	}
}
