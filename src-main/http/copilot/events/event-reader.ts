import type { FeedEntry } from "../../../engine/feed/index.ts";
import { type Told, toldOf } from "./frames.ts";
import type { Channel } from "./messages.ts";

const entriesPerRead = 256;

/** Where a socket's frames go. */
export interface FrameSink {
	/** Bytes that wait to be taken. */
	readonly buffered: number;
	send(text: string): void;
}

/** What one socket is told of. */
export interface Interest {
	readonly channels: ReadonlySet<Channel>;
	/** The tenant's first project is that of entries without one. */
	readonly project: { readonly id: string; readonly isFirst: boolean };
}

/**
 * One reader of the feed: a cursor that pulls. It sends while the socket takes what it is
 * sent; what happens meanwhile waits in the feed and not in memory. Once it falls behind,
 * an update of an incident is left out where a later one is known: `seq` goes on past it.
 */
export class EventReader {
	readonly #sink: FrameSink;
	readonly #readAfter: (
		sequence: number,
		limit: number,
	) => readonly FeedEntry[];
	readonly #mostBuffered: number;
	#cursor: number;
	#isBehind = false;

	constructor(
		sink: FrameSink,
		options: {
			cursor: number;
			mostBuffered: number;
			readAfter: (sequence: number, limit: number) => readonly FeedEntry[];
		},
	) {
		this.#sink = sink;
		this.#cursor = options.cursor;
		this.#mostBuffered = options.mostBuffered;
		this.#readAfter = options.readAfter;
	}

	/** Everything up to this sequence was sent, or is not for this socket. */
	get cursor(): number {
		return this.#cursor;
	}

	/** The socket takes less than there is to send: it is to be asked again. */
	get isBehind(): boolean {
		return this.#isBehind;
	}

	/** Goes on from another place, for a reader that cannot have what is between. */
	moveTo(cursor: number): void {
		this.#cursor = cursor;
	}

	/** Reads on for as long as the socket takes it: what waits in it is never more than the most and one frame. */
	pump(interest: Interest): void {
		for (;;) {
			if (this.#isFull()) return;
			const entries = this.#readAfter(this.#cursor, entriesPerRead);
			const last = entries.at(-1);
			if (last === undefined) {
				this.#isBehind = false;
				return;
			}
			const told = entries.flatMap((entry) => {
				const each = toldOf(entry);
				return each !== null && concerns(each, interest) ? [each] : [];
			});
			for (const each of this.#isBehind ? withoutSuperseded(told) : told) {
				// What was left out for an entry after this one is read again with it.
				if (this.#isFull()) return;
				this.#sink.send(each.text);
				this.#cursor = each.sequence;
			}
			this.#cursor = last.sequence;
		}
	}

	#isFull(): boolean {
		if (this.#sink.buffered <= this.#mostBuffered) return false;
		this.#isBehind = true;
		return true;
	}
}

function concerns(told: Told, { channels, project }: Interest): boolean {
	if (!channels.has(told.channel)) return false;
	return told.projectId === null
		? project.isFirst
		: told.projectId === project.id;
}

/** Without the updates of an incident that another one follows. */
function withoutSuperseded(told: readonly Told[]): readonly Told[] {
	const newest = new Map(told.map((each) => [each.supersededBy, each]));
	return told.filter(
		(each) =>
			each.supersededBy === null || newest.get(each.supersededBy) === each,
	);
}
