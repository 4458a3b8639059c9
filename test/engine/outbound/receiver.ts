import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createOutbound } from "../../../src-main/engine/outbound/index.ts";
import type {
	OutboundOptions,
	OutboundRequest,
} from "../../../src-main/engine/outbound/outbound.ts";
import type { OutboundErrorCode } from "../../../src-main/engine/outbound/outbound-error.ts";

export interface Receiver {
	readonly port: number;
	/** `method path` of each request that arrived. */
	readonly requests: string[];
	/** Connections that were opened, whatever came over them. */
	readonly connections: () => number;
	close(): Promise<void>;
}

/** Listens on 127.0.0.1 and answers as `listener` does. */
export async function listen(
	listener: RequestListener,
	make: (listener: RequestListener) => Server = createServer,
): Promise<Receiver> {
	const requests: string[] = [];
	const sockets = new Set<Socket>();
	let connections = 0;
	const server = make((request, response) => {
		requests.push(`${request.method} ${request.url}`);
		listener(request, response);
	});
	server.on("connection", (socket) => {
		connections++;
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => {});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as AddressInfo).port,
		requests,
		connections: () => connections,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<unknown>((resolve) => server.close(resolve));
		},
	};
}

/** An outbound client that knows only the names it is given; no other name is looked up. */
export function outboundFor(
	names: Readonly<Record<string, readonly string[]>> = {},
	options: Partial<OutboundOptions> = {},
) {
	const lookups: string[] = [];
	const outbound = createOutbound({
		ownPorts: () => [],
		monotonic: () => performance.now(),
		localAddresses: () => [],
		resolve: async (name) => {
			lookups.push(name);
			const found = Object.hasOwn(names, name) ? names[name] : undefined;
			if (found === undefined) throw new Error(`no ${name} here`);
			return found;
		},
		...options,
	});
	const get = (url: string, request: Partial<OutboundRequest> = {}) =>
		outbound.request({
			method: "GET",
			url,
			headers: {},
			timeoutMillis: 5_000,
			maxBytes: 10_000,
			allowPrivate: false,
			...request,
		});
	return { outbound, get, lookups };
}

/** How a request that must fail did fail. */
export async function failureOf(
	request: Promise<unknown>,
): Promise<{ code: OutboundErrorCode; message: string }> {
	const outcome = await request.then(
		() => null,
		(error: unknown) => error,
	);
	if (outcome === null) throw new Error("the request was answered");
	const { code, message, name } = outcome as Error & {
		code: OutboundErrorCode;
	};
	if (name !== "OutboundError") throw outcome;
	return { code, message };
}
