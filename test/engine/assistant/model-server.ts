import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

export interface Reply {
	readonly status?: number;
	readonly body: string;
}

/** A model server on the loopback address that answers as it is told; null never answers. */
export async function modelServer(onEnd: (end: () => void) => void) {
	const received: Received[] = [];
	const state: { reply: (request: Received) => Reply | null } = {
		reply: () => ({ status: 500, body: "" }),
	};
	const server = createServer((incoming, answer) => {
		const parts: Buffer[] = [];
		incoming.on("data", (part: Buffer) => parts.push(part));
		incoming.on("end", () => {
			const request = {
				path: incoming.url ?? "",
				headers: incoming.headers,
				body: Buffer.concat(parts).toString("utf8"),
			};
			received.push(request);
			const reply = state.reply(request);
			if (reply === null) return;
			answer.writeHead(reply.status ?? 200, {
				"content-type": "application/json",
			});
			answer.end(reply.body);
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
	onEnd(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		/** How the next requests are answered. */
		answers: (reply: (request: Received) => Reply | null) => {
			state.reply = reply;
		},
	};
}

/** The answer of an OpenAI-compatible server. */
export function chatAnswer(content: string | object, more: object = {}): Reply {
	const text = typeof content === "string" ? content : JSON.stringify(content);
	return {
		body: JSON.stringify({
			choices: [
				{
					message: { role: "assistant", content: text, ...more },
					finish_reason: "stop",
				},
			],
			usage: { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 },
		}),
	};
}

/** The answer of Ollama. */
export function ollamaAnswer(content: object): Reply {
	return {
		body: JSON.stringify({
			message: { role: "assistant", content: JSON.stringify(content) },
			done: true,
			done_reason: "stop",
			prompt_eval_count: 77,
			eval_count: 11,
		}),
	};
}

/** The facts that a request holds. */
export function factsIn(body: string): {
	incident: Record<string, unknown>;
	records: { id: string; type: string; [name: string]: unknown }[];
} {
	const { messages } = JSON.parse(body) as { messages: { content: string }[] };
	const user = messages[1]?.content ?? "";
	const found = /^<(facts-[0-9a-f]{16})>\n(.*)\n<\/\1>$/s.exec(user);
	if (found === null) throw new Error("the facts are not between marks");
	return JSON.parse(found[2] ?? "") as ReturnType<typeof factsIn>;
}
