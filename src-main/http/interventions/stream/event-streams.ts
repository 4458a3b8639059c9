import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { EngineError } from "../../../engine/errors.ts";
import type { EventFeed } from "../../../engine/feed/index.ts";
import type { Member } from "../../../engine/identity/index.ts";
import type { IncidentsService } from "../../../engine/incidents/index.ts";
import type { Clock, Log } from "../../../engine/ports.ts";
import { instantText } from "../../instant-text.ts";
import type { Caller } from "../caller.ts";
import { EventStream } from "./event-stream.ts";
import { openingFrame, unnumberedFrame } from "./frames.ts";

const tickMillis = 1_000;

/** Where a stream begins: after an entry that the reader has, or now. */
export interface StreamStart {
	/** The id of the last event that the reader has, as it sent it; null for a new reader. */
	readonly lastEventId: string | null;
}

/** The streams of one tenant, told of new entries together. */
interface Audience {
	readonly streams: Map<EventStream, Caller>;
	readonly leave: () => void;
}

interface StreamPorts {
	readonly feed: EventFeed;
	readonly incidents: IncidentsService;
	readonly clock: Clock;
	readonly log: Log;
	/** Streams there can be; 5,000 if absent. */
	readonly mostStreams?: number;
}

/** All open streams of a listener: tells them of commits, looks after them once a second, and ends them with it. */
export class EventStreams {
	readonly #ports: StreamPorts;
	readonly #audiences = new Map<number, Audience>();
	readonly #callers = new Map<EventStream, Caller>();
	readonly #timer: NodeJS.Timeout;
	#isClosed = false;

	constructor(ports: StreamPorts) {
		this.#ports = ports;
		this.#timer = setInterval(() => this.#tick(), tickMillis);
		this.#timer.unref();
	}

	/** Throws UNAVAILABLE when no more can be had. To be asked before anything is written. */
	needRoom(): void {
		if (this.#isClosed) throw new EngineError("UNAVAILABLE");
		const most = this.#ports.mostStreams ?? 5_000;
		if (this.#callers.size >= most) {
			throw new EngineError(
				"UNAVAILABLE",
				`${most} streams are open, which is the most there can be.`,
			);
		}
	}

	/** Begins a stream on a response whose head was written. */
	open(response: ServerResponse, caller: Caller, start: StreamStart): void {
		const { feed, clock } = this.#ports;
		const tenantKey = caller.principal.tenant.key;
		const audience = this.#audienceOf(tenantKey);
		const resumed = this.#resumed(tenantKey, start.lastEventId);
		const cursor = resumed ?? feed.range(tenantKey).newest;
		const stream = new EventStream(response, {
			cursor,
			readAfter: (sequence, limit) => feed.after(tenantKey, sequence, limit),
			clock,
		});
		audience.streams.set(stream, caller);
		this.#callers.set(stream, caller);
		response.on("drain", () => this.#pump(stream, caller.now()));
		response.on("close", () => this.#forget(tenantKey, stream));
		response.on("error", () => response.destroy());
		const timestamp = instantText(clock.now());
		stream.write(openingFrame(cursor));
		stream.write(
			unnumberedFrame("connected", { subscriber_id: randomUUID(), timestamp }),
		);
		if (start.lastEventId !== null && resumed === null) {
			stream.write(unnumberedFrame("resync", { timestamp }));
		}
		this.#pump(stream, caller.principal);
	}

	/** Ends every stream at once; none begins any more. */
	close(): void {
		this.#isClosed = true;
		clearInterval(this.#timer);
		for (const stream of [...this.#callers.keys()]) stream.end();
	}

	#resumed(tenantKey: number, lastEventId: string | null): number | null {
		if (lastEventId === null || !/^\d{1,15}$/.test(lastEventId)) return null;
		const sequence = Number(lastEventId);
		return this.#ports.feed.canResume(tenantKey, sequence) ? sequence : null;
	}

	#audienceOf(tenantKey: number): Audience {
		const known = this.#audiences.get(tenantKey);
		if (known !== undefined) return known;
		const streams = new Map<EventStream, Caller>();
		let isScheduled = false;
		const leave = this.#ports.feed.subscribe(tenantKey, () => {
			if (isScheduled) return;
			isScheduled = true;
			// All commits of one turn of the event loop are told at once.
			setImmediate(() => {
				isScheduled = false;
				const whoIs = askedOnce();
				for (const [stream, caller] of streams) {
					this.#pump(stream, whoIs(caller));
				}
			});
		});
		const audience = { streams, leave };
		this.#audiences.set(tenantKey, audience);
		return audience;
	}

	#forget(tenantKey: number, stream: EventStream): void {
		this.#callers.delete(stream);
		const audience = this.#audiences.get(tenantKey);
		audience?.streams.delete(stream);
		if (audience === undefined || audience.streams.size > 0) return;
		audience.leave();
		this.#audiences.delete(tenantKey);
	}

	/** What happened in projects that the reader is not in, they are not told of; `by` is who they are now. */
	#pump(stream: EventStream, by: Member | null): void {
		if (by === null) {
			stream.end();
			return;
		}
		const { sight } = by;
		const { incidents } = this.#ports;
		try {
			stream.pump((entry) =>
				entry.type === "action.executed"
					? sight.isWhole || incidents.find(sight, entry.incidentId) !== null
					: sight.sees(entry.data.projectId ?? null),
			);
		} catch (error) {
			this.#ports.log.error({ error }, "an event stream failed");
			stream.cut();
		}
	}

	#tick(): void {
		const whoIs = askedOnce();
		for (const [stream, caller] of this.#callers) {
			if (whoIs(caller) === null) stream.end();
			else stream.tick();
		}
	}
}

/** Asks who a caller is once for all the streams of a credential. */
function askedOnce(): (caller: Caller) => Member | null {
	const known = new Map<string, Member | null>();
	return ({ credential, now }) => {
		const before = known.get(credential);
		if (before !== undefined) return before;
		const member = now();
		known.set(credential, member);
		return member;
	};
}
