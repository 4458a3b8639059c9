import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface FakeAnswer {
	readonly status?: number;
	readonly json?: unknown;
	readonly text?: string;
}

export interface FakeRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingMessage["headers"];
	readonly body: unknown;
}

/** A server of the test's own on the loopback address, closed when the test is over. */
export async function fakeServer(
	answer: (request: FakeRequest) => FakeAnswer | "hang-up",
) {
	const requests: FakeRequest[] = [];
	const server = createServer(async (incoming, response) => {
		let text = "";
		for await (const chunk of incoming) text += chunk;
		const url = new URL(incoming.url ?? "/", "http://here");
		const request = {
			method: incoming.method ?? "",
			path: url.pathname,
			query: url.searchParams,
			headers: incoming.headers,
			body: text === "" ? null : JSON.parse(text),
		};
		requests.push(request);
		const given = answer(request);
		if (given === "hang-up") {
			incoming.socket.destroy();
			return;
		}
		response.writeHead(given.status ?? 200, {
			"content-type": "application/json",
		});
		response.end(given.text ?? JSON.stringify(given.json ?? null));
	});
	const listen = (port: number) =>
		new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
	await listen(0);
	const { port } = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>((closed) => {
			server.close(() => closed());
			server.closeAllConnections();
		});
	onTestFinished(close);
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close,
		/** At the same address as before. */
		reopen: () => listen(port),
	};
}
