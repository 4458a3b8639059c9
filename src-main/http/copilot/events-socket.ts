import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { UpgradeHandler } from "../guard/guarded-server.ts";
import type { ServedEngine } from "../served-engine.ts";
import { policyViolation, type SocketWatch } from "../socket-watch.ts";
import { IncidentFeed } from "./incident-feed.ts";

const signInMillis = 10_000;
const largestMessage = 64 * 1024;
const messagesPerSecond = 50;
/** The close code for a token of another tenant. */
const foreignTenant = 4403;

const channels = ["incidents", "hypotheses", "alerts"] as const;
const channelList = z.array(z.enum(channels)).max(100);

const message = z.discriminatedUnion("type", [
	z.object({
		type: z.literal("connect"),
		token: z.string().max(largestMessage),
		tenantId: z.string(),
	}),
	z.object({ type: z.literal("subscribe"), channels: channelList }),
	z.object({ type: z.literal("unsubscribe"), channels: channelList }),
	z.object({ type: z.literal("ping") }),
]);
type Message = z.infer<typeof message>;

/** API B's WebSocket: `connect`, `subscribe`, then events of the person's own tenant. */
export function eventsSocket(
	engine: ServedEngine,
	watch: SocketWatch,
): UpgradeHandler {
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: largestMessage,
		perMessageDeflate: false,
	});
	return (request, socket, head) =>
		server.handleUpgrade(request, socket, head, (webSocket) => {
			new EventsConnection(engine, watch, webSocket);
		});
}

class EventsConnection {
	readonly #engine: ServedEngine;
	readonly #watch: SocketWatch;
	readonly #socket: WebSocket;
	readonly #signInTimer: NodeJS.Timeout;
	#feed: IncidentFeed | null = null;
	#isConnecting = false;
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
			this.#feed?.stop();
		});
	}

	#receive(text: string): void {
		if (this.#isFlooding()) {
			this.#socket.close(policyViolation, "too many messages");
			return;
		}
		const parsed = message.safeParse(parseJson(text));
		if (!parsed.success) {
			this.#send({ type: "error", message: faultOf(parsed.error) });
			return;
		}
		if (parsed.data.type === "connect") {
			this.#connect(parsed.data).catch((error: unknown) => {
				this.#engine.log.error({ error }, "an events socket failed to connect");
				this.#socket.close(1011);
			});
			return;
		}
		this.#answer(parsed.data);
	}

	async #connect({ token, tenantId }: Message & { type: "connect" }) {
		if (this.#isConnecting) {
			this.#send({ type: "error", message: "already connected" });
			return;
		}
		this.#isConnecting = true;
		const { identity } = this.#engine;
		const holder = await identity.authenticateAccessToken(token);
		if (holder === null) {
			this.#send({ type: "error", message: "invalid token" });
			this.#socket.close(policyViolation, "invalid token");
			return;
		}
		if (holder.principal.tenant.id !== tenantId) {
			this.#socket.close(foreignTenant, "the token is another tenant's");
			return;
		}
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		clearTimeout(this.#signInTimer);
		this.#feed = new IncidentFeed(this.#engine, holder.principal, (event) =>
			this.#send(event),
		);
		this.#watch.add(this.#socket, () => !identity.isTokenRevoked(holder));
		this.#send({
			type: "connected",
			user_id: holder.account.id,
			tenant_id: tenantId,
		});
	}

	#answer(message: Exclude<Message, { type: "connect" }>): void {
		if (message.type === "ping") {
			this.#send({ type: "pong" });
			return;
		}
		if (this.#feed === null) {
			this.#send({ type: "error", message: "connect first" });
			return;
		}
		const isWanted = message.type === "subscribe";
		if (message.channels.includes("incidents")) {
			if (isWanted) this.#feed.start();
			else this.#feed.stop();
		}
		this.#send({
			type: isWanted ? "subscribed" : "unsubscribed",
			channels: message.channels,
		});
	}

	#send(event: Readonly<Record<string, unknown>>): void {
		const timestamp = new Date(this.#engine.clock.now()).toISOString();
		this.#socket.send(JSON.stringify({ timestamp, ...event }));
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

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function faultOf({ issues }: z.ZodError): string {
	const issue = issues[0];
	const field = issue?.path[0];
	if (issue === undefined || field === undefined || field === "type") {
		return "unknown message";
	}
	return field === "channels"
		? `channels: only ${channels.join(", ")}`
		: `${issue.path.join(".")}: ${issue.message}`;
}
