import {
	type ClientRequest,
	Agent as HttpAgent,
	request as requestHttp,
} from "node:http";
import {
	Agent as HttpsAgent,
	type RequestOptions,
	request as requestHttps,
} from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { must } from "../../../src-shared/domain/must.ts";
import { OutboundError } from "./outbound-error.ts";
import { readBody } from "./read-body.ts";
import type { ResolvedAddress } from "./resolve-target.ts";
import { hostOf, portOf } from "./target-url.ts";

export interface Exchange {
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Buffer | undefined;
	readonly maxBytes: number;
	readonly beyondMaxBytes?: "refuse" | "cut" | undefined;
	readonly signal: AbortSignal;
	/** PEM certificates trusted instead of the built-in ones. */
	readonly certificateAuthorities: readonly string[] | undefined;
}

export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
}

const connectMillis = 10_000;
/** Of a name with several addresses, how long each is tried before the next; Node's own 250 ms lose slow networks. */
const attemptMillis = 2_000;

/** Sends one request to one of `addresses` and reads its whole answer. Rejects with whatever node throws. */
export function exchange(
	url: URL,
	addresses: readonly ResolvedAddress[],
	parts: Exchange,
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const body = parts.body === undefined ? undefined : Buffer.from(parts.body);
		const outgoing = open(url, addresses, parts, body?.length);
		let isAnswered = false;
		const connecting = setTimeout(() => {
			outgoing.destroy(
				new OutboundError(
					"TIMEOUT",
					`${url.host} took no connection within ${connectMillis / 1000} s.`,
				),
			);
		}, connectMillis);
		const event = url.protocol === "https:" ? "secureConnect" : "connect";
		outgoing.on("socket", (socket) => {
			socket.once(event, () => clearTimeout(connecting));
		});
		outgoing.on("close", () => {
			clearTimeout(connecting);
			if (!isAnswered) reject(new Error("closed without an answer"));
		});
		outgoing.on("error", reject);
		outgoing.on("response", (answer) => {
			isAnswered = true;
			readBody(answer, parts.maxBytes, parts.beyondMaxBytes === "cut").then(
				(bytes) =>
					resolve({
						status: must(answer.statusCode, "an answer has a status"),
						headers: joined(answer.headers),
						body: bytes,
					}),
				(error: unknown) => {
					outgoing.destroy();
					reject(error);
				},
			);
		});
		outgoing.on("upgrade", (_answer, socket) => {
			socket.destroy();
			reject(
				new OutboundError(
					"CONNECT",
					`${url.host} left HTTP; use another address.`,
				),
			);
		});
		outgoing.end(body);
	});
}

function open(
	url: URL,
	addresses: readonly ResolvedAddress[],
	parts: Exchange,
	bodyLength: number | undefined,
): ClientRequest {
	const host = hostOf(url);
	const options: RequestOptions = {
		method: parts.method,
		host,
		port: portOf(url),
		path: `${url.pathname}${url.search}`,
		headers: {
			...parts.headers,
			host: url.host,
			"accept-encoding": "identity",
			...(bodyLength === undefined ? {} : { "content-length": bodyLength }),
		},
		lookup: pinned(addresses),
		signal: parts.signal,
	};
	// A fresh agent for each request: no connection or TLS session is shared or kept.
	const agentOptions = {
		keepAlive: false,
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: attemptMillis,
	};
	if (url.protocol === "http:") {
		return requestHttp({ ...options, agent: new HttpAgent(agentOptions) });
	}
	const { certificateAuthorities: ca } = parts;
	return requestHttps({
		...options,
		agent: new HttpsAgent(agentOptions),
		rejectUnauthorized: true,
		// The certificate must be for the name, or for the address where the URL has one.
		servername: isIP(host) === 0 ? host : "",
		...(ca === undefined ? {} : { ca: [...ca] }),
	});
}

/** A lookup that answers with what was checked, whatever it is asked. */
function pinned(addresses: readonly ResolvedAddress[]): LookupFunction {
	return (_name, { all }, answer) => {
		const first = must(addresses[0], "resolved to at least one address");
		if (all) answer(null, [...addresses]);
		else answer(null, first.address, first.family);
	};
}

function joined(
	headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(", ") : (value ?? ""),
		]),
	);
}
