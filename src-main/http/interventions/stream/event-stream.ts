import type { ServerResponse } from "node:http";
import type { FeedEntry } from "../../../engine/feed/index.ts";
import type { Clock } from "../../../engine/ports.ts";
import { instantText } from "../../instant-text.ts";
import { commentFrame, frameOf, unnumberedFrame } from "./frames.ts";

const entriesPerRead = 64;
const commentSeconds = 15;
const heartbeatSeconds = 30;
const mostStalledMillis = 60_000;

/** What a stream reads from: the entries of its tenant after a sequence, in order. */
export type ReadAfter = (
	sequence: number,
	limit: number,
) => readonly FeedEntry[];

/**
 * One reader: a cursor that pulls. It writes until the socket's buffer is full, then waits
 * for it to drain; what happens meanwhile waits in the feed and not in memory, so that a
 * slow reader costs what a fast one does and holds up nobody.
 */
export class EventStream {
	readonly #response: ServerResponse;
	readonly #readAfter: ReadAfter;
	readonly #clock: Clock;
	#cursor: number;
	#seconds = 0;
	#stalledSince: number | null = null;

	constructor(
		response: ServerResponse,
		options: {
			cursor: number;
			readAfter: ReadAfter;
			clock: Clock;
		},
	) {
		this.#response = response;
		this.#readAfter = options.readAfter;
		this.#clock = options.clock;
		this.#cursor = options.cursor;
		response.on("drain", () => {
			this.#stalledSince = null;
		});
	}

	/** Writes one frame, and answers whether there is room for another. */
	write(frame: string | Buffer): boolean {
		if (this.#response.writableEnded || this.#response.destroyed) return false;
		const hasRoom = this.#response.write(frame);
		if (!hasRoom) this.#stalledSince ??= this.#clock.monotonic();
		return hasRoom;
	}

	/** Reads on from the cursor for as long as there is room, and writes what `isShown` to this reader. */
	pump(isShown: (entry: FeedEntry) => boolean): void {
		while (this.#stalledSince === null) {
			const entries = this.#readAfter(this.#cursor, entriesPerRead);
			if (entries.length === 0) return;
			for (const entry of entries) {
				this.#cursor = entry.sequence;
				const frame = frameOf(entry);
				if (frame !== null && isShown(entry) && !this.write(frame)) return;
			}
		}
	}

	/** Once a second: what keeps the connection alive, and an end to one that takes nothing any more. */
	tick(): void {
		this.#seconds++;
		if (this.#stalledSince !== null) {
			const stalled = this.#clock.monotonic() - this.#stalledSince;
			if (stalled >= mostStalledMillis) this.cut();
			return;
		}
		if (this.#seconds % heartbeatSeconds === 0) {
			const timestamp = instantText(this.#clock.now());
			this.write(unnumberedFrame("heartbeat", { timestamp }));
		} else if (this.#seconds % commentSeconds === 0) {
			this.write(commentFrame);
		}
	}

	/** Ends it, after what was written; at once where nothing is taken. */
	end(): void {
		if (this.#stalledSince !== null) this.cut();
		else this.#response.end();
	}

	/** The reader finds the connection broken and comes back with the id of the last event it has. */
	cut(): void {
		this.#response.destroy();
	}
}
