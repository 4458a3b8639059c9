import { once } from "node:events";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: unknown;
}

export interface FakeService {
	readonly url: string;
	/** `METHOD path?query`, and the body where there was one. */
	readonly requests: string[];
	close(): Promise<void>;
}

/** Listens on a free port of this machine, notes every request and answers JSON. */
export async function answering(
	server: Server,
	answer: (asked: Asked) => { status: number; body: unknown },
): Promise<FakeService> {
	const requests: string[] = [];
	server.on("request", async (request, response) => {
		let text = "";
		for await (const chunk of request) text += String(chunk);
		const address = new URL(request.url ?? "/", "http://fake");
		const method = request.method ?? "GET";
		requests.push(
			`${method} ${address.pathname}${address.search}${text === "" ? "" : ` ${text}`}`,
		);
		const { status, body } = answer({
			method,
			path: address.pathname,
			query: address.searchParams,
			headers: request.headers,
			body: text === "" ? undefined : JSON.parse(text),
		});
		response.writeHead(status, { "content-type": "application/json" });
		response.end(JSON.stringify(body));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, "close");
		},
	};
}
