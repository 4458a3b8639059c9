import { Agent, request } from "node:http";

/** What a client knows it was promised. */
export interface Acknowledged {
	/** Event ids whose request was answered 2xx. */
	readonly ids: Set<string>;
	/** Event ids that were sent and not answered. */
	readonly unanswered: Set<string>;
	/** Answers that were neither 2xx nor a cut connection. */
	readonly refused: string[];
}

export interface Load {
	readonly acknowledged: Acknowledged;
	/** Sends nothing more; resolves when every connection has its answer or its end. */
	stop(): Promise<void>;
}

interface Target {
	readonly api: string;
	readonly key: string;
}

/** One request; rejects when the connection is cut. */
export function send(
	{ api, key }: Target,
	method: string,
	path: string,
	options: { body?: string; type?: string; agent?: Agent } = {},
): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const sent = request(
			`${api}${path}`,
			{
				method,
				...(options.agent === undefined ? {} : { agent: options.agent }),
				headers: {
					"x-api-key": key,
					...(options.body === undefined
						? {}
						: {
								"content-type": options.type ?? "application/json",
								"content-length": Buffer.byteLength(options.body),
							}),
				},
			},
			(response) => {
				let text = "";
				response.setEncoding("utf8");
				response.on("data", (chunk: string) => {
					text += chunk;
				});
				response.on("end", () =>
					resolve({ status: response.statusCode ?? 0, text }),
				);
				response.on("error", reject);
			},
		);
		sent.on("error", reject);
		sent.end(options.body);
	});
}

export function eventBody(eventId: string): string {
	return JSON.stringify({
		model_id: "crash",
		event_id: eventId,
		score: 0.5,
		entity_id: "someone",
		features: { amount: 12.5, country: "DE" },
		label: 1,
	});
}

/** Posts single events over `connections` and bulk bodies over two more, as fast as they are answered. */
export function ingest(
	target: Target,
	name: string,
	{ connections = 50, linesPerBulk = 300 } = {},
): Load {
	const acknowledged: Acknowledged = {
		ids: new Set(),
		unanswered: new Set(),
		refused: [],
	};
	const agent = new Agent({ keepAlive: true, maxSockets: connections + 2 });
	let isRunning = true;
	const post = async (ids: string[], path: string, body: string) => {
		for (const id of ids) acknowledged.unanswered.add(id);
		const type = ids.length > 1 ? "application/x-ndjson" : "application/json";
		try {
			const { status, text } = await send(target, "POST", path, {
				body,
				type,
				agent,
			});
			if (status !== 200) {
				acknowledged.refused.push(`${status} ${text}`);
				return;
			}
			if (ids.length > 1 && JSON.parse(text).accepted !== ids.length) {
				acknowledged.refused.push(text);
				return;
			}
			for (const id of ids) {
				acknowledged.unanswered.delete(id);
				acknowledged.ids.add(id);
			}
		} catch {
			// The connection was cut: nobody knows what became of these.
			isRunning = false;
		}
	};
	const single = async (worker: number) => {
		for (let index = 0; isRunning; index++) {
			const id = `${name}-s${worker}-${index}`;
			await post([id], "/v1/events/prediction", eventBody(id));
		}
	};
	const bulk = async (worker: number) => {
		for (let round = 0; isRunning; round++) {
			const ids = Array.from(
				{ length: linesPerBulk },
				(_, index) => `${name}-b${worker}-${round}-${index}`,
			);
			const body = ids.map(eventBody).join("\n");
			await post(ids, "/v1/events/predictions", body);
		}
	};
	const done = Promise.all([
		...Array.from({ length: connections }, (_, worker) => single(worker)),
		bulk(0),
		bulk(1),
	]);
	return {
		acknowledged,
		stop: async () => {
			isRunning = false;
			await done;
			agent.destroy();
		},
	};
}
