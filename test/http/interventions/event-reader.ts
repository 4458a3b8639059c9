import { type ClientRequest, type IncomingMessage, request } from "node:http";

/** One event as a browser would hand it over. */
export interface ReadEvent {
	readonly event: string;
	readonly data: Record<string, unknown>;
	/** The id that the stream stood at, which is the event's own where it has one. */
	readonly lastEventId: string;
	/** True where the block itself had an id. */
	readonly hasId: boolean;
}

/**
 * A reader of server-sent events by the rules of the HTML standard, on a socket that a
 * test can break or leave unread. Kept so plain that what it got is what was sent.
 */
export class EventReader {
	readonly events: ReadEvent[] = [];
	readonly comments: string[] = [];
	retry: number | null = null;
	lastEventId = "";
	/** The first of what was received, as text. */
	start = "";
	isOver = false;
	readonly #request: ClientRequest;
	readonly #response: IncomingMessage;
	#rest = "";

	private constructor(sent: ClientRequest, response: IncomingMessage) {
		this.#request = sent;
		this.#response = response;
		response.setEncoding("utf8");
		response.on("data", (chunk: string) => this.#take(chunk));
		const end = () => {
			this.isOver = true;
		};
		response.on("close", end);
		response.on("error", end);
		sent.on("error", end);
	}

	/** Rejects with the answer's status and body when it is not 200. */
	static open(
		url: string,
		headers: Record<string, string> = {},
	): Promise<EventReader> {
		return new Promise((resolve, reject) => {
			const sent = request(url, { headers, agent: false });
			sent.on("error", reject);
			sent.on("response", (response) => {
				if (response.statusCode === 200) {
					resolve(new EventReader(sent, response));
					return;
				}
				let body = "";
				response.setEncoding("utf8");
				response.on("data", (chunk: string) => {
					body += chunk;
				});
				response.on("end", () =>
					reject(new Error(`${response.statusCode} ${body}`)),
				);
			});
			sent.end();
		});
	}

	get headers(): IncomingMessage["headers"] {
		return this.#response.headers;
	}

	/** The data of the events of one name, in order. */
	of(event: string): Record<string, unknown>[] {
		return this.events.filter((one) => one.event === event).map((e) => e.data);
	}

	/** Breaks the connection without a goodbye. */
	destroy(): void {
		this.#request.destroy();
	}

	/** Reads nothing, so that the buffers between fill up. */
	pause(): void {
		this.#response.pause();
		this.#request.socket?.pause();
	}

	resume(): void {
		this.#request.socket?.resume();
		this.#response.resume();
	}

	#take(chunk: string): void {
		if (this.start.length < 4_096) this.start += chunk;
		this.#rest += chunk;
		for (;;) {
			const end = this.#rest.indexOf("\n\n");
			if (end === -1) return;
			this.#block(this.#rest.slice(0, end));
			this.#rest = this.#rest.slice(end + 2);
		}
	}

	#block(block: string): void {
		let event = "message";
		const data: string[] = [];
		let hasId = false;
		for (const line of block.split("\n")) {
			const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
			if (field === "") this.comments.push(value ?? "");
			else if (field === "event") event = value ?? "";
			else if (field === "data") data.push(value ?? "");
			else if (field === "retry") this.retry = Number(value);
			else if (field === "id") {
				hasId = true;
				this.lastEventId = value ?? "";
			}
		}
		if (data.length === 0) return;
		this.events.push({
			event,
			data: JSON.parse(data.join("\n")),
			lastEventId: this.lastEventId,
			hasId,
		});
	}
}
