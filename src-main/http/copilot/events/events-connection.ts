import type { WebSocket } from "ws";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { TokenHolder } from "../../../engine/identity/index.ts";
import { instantText } from "../../instant-text.ts";
import type { ServedEngine } from "../../served-engine.ts";
import { policyViolation, type SocketWatch } from "../../socket-watch.ts";
import { EventReader, type Interest } from "./event-reader.ts";
import { type Channel, type Message, readMessage } from "./messages.ts";

const signInMillis = 10_000;
const messagesPerSecond = 50;
/** Bytes that may wait in a socket before its reader pauses. */
const mostBuffered = 256 * 1024;
const drainMillis = 50;

/** Who is at the other end, and what they are told. */
interface Session {
	readonly holder: TokenHolder;
	readonly reader: EventReader;
	readonly project: Interest["project"];
	/** Ends the listening to the feed. */
	readonly leave: () => void;
}

/**
 * One socket. Its person is asked for once a second: it closes soon after they signed out,
 * were turned off or left the project.
 */
export class EventsConnection {
	readonly #engine: ServedEngine;
	readonly #watch: SocketWatch;
	readonly #socket: WebSocket;
	readonly #signInTimer: NodeJS.Timeout;
	readonly #channels = new Set<Channel>();
	#session: Session | null = null;
	#isConnecting = false;
	#hasSubscribed = false;
	#isScheduled = false;
	#drainTimer: NodeJS.Timeout | undefined;
	#second = 0;
	#messages = 0;

	constructor(engine: ServedEngine, watch: SocketWatch, socket: WebSocket) {
		this.#engine = engine;
		this.#watch = watch;
		this.#socket = socket;
		this.#signInTimer = setTimeout(
			() => socket.close(policyViolation, "no connect within 10 s"),
			signInMillis,
		);
		socket.on("error", (error) =>
			engine.log.debug({ error }, "an events socket failed"),
		);
		socket.on("message", (data, isBinary) => {
			if (isBinary) socket.close(policyViolation, "text frames only");
			else this.#receive(String(data));
		});
		socket.on("close", () => {
			clearTimeout(this.#signInTimer);
			clearTimeout(this.#drainTimer);
			this.#session?.leave();
			this.#session = null;
		});
	}

	#receive(text: string): void {
		if (this.#isFlooding()) {
			this.#socket.close(policyViolation, "too many messages");
			return;
		}
		const message = readMessage(text);
		if ("fault" in message) {
			this.#send({ type: "error", message: message.fault });
			return;
		}
		if (message.type === "connect") {
			this.#connect(message).catch((error: unknown) => {
				this.#engine.log.error({ error }, "an events socket failed to connect");
				this.#socket.close(1011);
			});
			return;
		}
		this.#answer(message);
	}

	async #connect(message: Message & { type: "connect" }): Promise<void> {
		if (this.#isConnecting) {
			this.#send({ type: "error", message: "already connected" });
			return;
		}
		this.#isConnecting = true;
		const { identity } = this.#engine;
		const holder = message.token.startsWith("wt_")
			? identity.projectTokens.redeemForSocket(message.token)
			: await identity.authenticateAccessToken(message.token);
		if (holder === null) {
			this.#refuse("invalid token");
			return;
		}
		if (holder.principal.tenant.id !== message.tenantId) {
			this.#refuse("the token is another tenant's");
			return;
		}
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		clearTimeout(this.#signInTimer);
		const isResumed = this.#begin(holder, message.lastSeq);
		this.#watch.add(
			this.#socket,
			() => identity.projectTokens.current(holder) !== null,
		);
		this.#send({
			type: "connected",
			user_id: holder.account.id,
			tenant_id: message.tenantId,
			project_id: holder.projectId,
		});
		if (!isResumed) this.#tellGap();
	}

	/** Answers whether nothing is missing between what the other end has and what it will be sent. */
	#begin(holder: TokenHolder, lastSeq: number | undefined): boolean {
		const { feed, identity } = this.#engine;
		const { key } = holder.principal.tenant;
		const { newest } = feed.range(key);
		const isResumed =
			lastSeq === undefined ||
			lastSeq === newest ||
			feed.canResume(key, lastSeq);
		const socket = this.#socket;
		const reader = new EventReader(
			{
				get buffered() {
					return socket.bufferedAmount;
				},
				send: (text) => socket.send(text),
			},
			{
				cursor: isResumed ? (lastSeq ?? newest) : newest,
				mostBuffered,
				readAfter: (sequence, limit) => feed.after(key, sequence, limit),
			},
		);
		this.#session = {
			holder,
			reader,
			project: {
				id: holder.projectId,
				isFirst: identity.projects.firstId(key) === holder.projectId,
			},
			leave: feed.subscribe(key, () => this.#pumpSoon()),
		};
		return isResumed;
	}

	#answer(message: Exclude<Message, { type: "connect" }>): void {
		switch (message.type) {
			case "ping":
				this.#send({ type: "pong" });
				return;
			case "pong":
				return;
			case "subscribe":
			case "unsubscribe":
				this.#choose(message);
				return;
			default:
				assertNever(message, "message");
		}
	}

	/** From the first subscription on the reader moves: what happened since `connect` is told then. */
	#choose({ type, channels }: Extract<Message, { channels: Channel[] }>): void {
		const session = this.#session;
		if (session === null) {
			this.#send({ type: "error", message: "connect first" });
			return;
		}
		for (const channel of channels) {
			if (type === "subscribe") this.#channels.add(channel);
			else this.#channels.delete(channel);
		}
		this.#send({ type: `${type}d`, channels });
		if (type === "subscribe") this.#hasSubscribed = true;
		this.#pumpSoon();
	}

	/** All commits of one turn of the event loop are told at once. */
	#pumpSoon(): void {
		if (this.#isScheduled || !this.#hasSubscribed) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#pump();
		});
	}

	#pump(): void {
		const session = this.#session;
		if (session === null || this.#drainTimer !== undefined) return;
		try {
			const { reader, project } = session;
			reader.pump({ channels: this.#channels, project });
			if (!reader.isBehind) return;
		} catch (error) {
			this.#engine.log.error({ error }, "an events socket failed");
			this.#socket.close(1011);
			return;
		}
		// A WebSocket does not say when it has room again.
		this.#drainTimer = setTimeout(() => {
			this.#drainTimer = undefined;
			this.#catchUp(session);
		}, drainMillis);
	}

	/** Goes on where a slow reader stopped, unless the feed has forgotten what came next. */
	#catchUp({ reader, holder }: Session): void {
		const { feed } = this.#engine;
		const { oldest, newest } = feed.range(holder.principal.tenant.key);
		if (reader.cursor < oldest - 1 && reader.cursor < newest) {
			if (!feed.canResume(holder.principal.tenant.key, reader.cursor)) {
				reader.moveTo(newest);
				this.#tellGap();
			}
		}
		this.#pump();
	}

	/** The other end has to read anew over HTTP what it shows. */
	#tellGap(): void {
		this.#send({
			type: "resync",
			message: "Some events are not kept any more: read the lists again.",
		});
	}

	#refuse(reason: string): void {
		this.#send({ type: "error", message: reason });
		this.#socket.close(policyViolation, reason);
	}

	/** A frame that is no event carries the `seq` up to which the other end has everything. */
	#send(frame: Readonly<Record<string, unknown>>): void {
		const timestamp = instantText(this.#engine.clock.now());
		const seq = this.#session?.reader.cursor;
		this.#socket.send(JSON.stringify({ ...frame, timestamp, seq }));
	}

	#isFlooding(): boolean {
		const second = Math.floor(this.#engine.clock.monotonic() / 1000);
		if (second !== this.#second) {
			this.#second = second;
			this.#messages = 0;
		}
		return ++this.#messages > messagesPerSecond;
	}
}
