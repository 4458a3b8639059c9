import type { Network as NetworkPort } from "../ports.ts";
import { asOutboundError } from "./classify-failure.ts";
import { type Answer, exchange } from "./exchange.ts";
import { OutboundError } from "./outbound-error.ts";
import {
	type ResolverPorts,
	resolveTarget,
	resolveWithSystem,
	sharingLookups,
	systemAddresses,
} from "./resolve-target.ts";
import { parseTarget } from "./target-url.ts";

export interface OutboundOptions extends NetworkPort {
	/** Ports on which this engine answers; read anew for each request. */
	readonly ownPorts: () => readonly number[];
	/** Milliseconds that never go back. */
	readonly monotonic: () => number;
}

/** Where a request may go. */
export interface TargetRules {
	/** Opens loopback, private and link-local addresses; never a cloud's metadata service. */
	readonly allowPrivate: boolean;
	/** `host` or `host:port` entries; absent allows every host. */
	readonly allowedHosts?: readonly string[] | undefined;
}

export interface OutboundRequest extends TargetRules {
	readonly method: string;
	readonly url: string;
	/** Without those that HTTP sets by itself: host, connection, content-length and the like. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Buffer | undefined;
	/** From the lookup of the name to the last byte of the answer. */
	readonly timeoutMillis: number;
	/** Of the answer's body. */
	readonly maxBytes: number;
	/** What becomes of a longer body: TOO_LARGE if absent; "cut" answers with its first `maxBytes`. */
	readonly beyondMaxBytes?: "refuse" | "cut" | undefined;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Any status, 3xx too: a redirect is an answer and is never followed. Header names are in
 * lower case, repeated ones joined by ", "; the body is as it came, and asked for without
 * compression.
 */
export interface OutboundResponse extends Answer {
	readonly durationMs: number;
}

/** The one way out to other machines. */
export interface Outbound {
	/** Sends one request. Throws an OutboundError. */
	request(request: OutboundRequest): Promise<OutboundResponse>;
	/** Throws what `request` would before it connects. */
	check(url: string, rules: TargetRules): Promise<void>;
}

const methods = new Set([
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"OPTIONS",
]);
/** HTTP's own business; a caller that set them could smuggle a second request. */
const ownHeaders =
	/^(host|connection|content-length|transfer-encoding|upgrade|expect|te|trailer|keep-alive|proxy-.*|accept-encoding)$/i;

/**
 * A client for addresses that people typed or a name server answered. It looks a name up
 * once, checks every address, and connects to one of those it checked, so that a name
 * cannot change its answer in between. It follows no redirect, keeps no connection and no
 * cookie, asks no proxy, and ends in time, however the other side behaves.
 */
export function createOutbound(options: OutboundOptions): Outbound {
	const network: ResolverPorts = {
		resolve: sharingLookups(options.resolve ?? resolveWithSystem),
		localAddresses: options.localAddresses ?? systemAddresses,
		ownPorts: options.ownPorts,
	};
	return {
		check: async (url, rules) => {
			await resolveTarget(parseTarget(url), rules, network);
		},
		request: async (request) => {
			const url = parseTarget(request.url);
			checkForm(request);
			const startedAt = options.monotonic();
			const timeout = AbortSignal.timeout(request.timeoutMillis);
			const signal = request.signal
				? AbortSignal.any([request.signal, timeout])
				: timeout;
			try {
				const addresses = await untilAborted(
					resolveTarget(url, request, network),
					signal,
				);
				const answer = await exchange(url, addresses, {
					...request,
					signal,
					certificateAuthorities: options.certificateAuthorities,
				});
				return { ...answer, durationMs: options.monotonic() - startedAt };
			} catch (error) {
				throw asOutboundError(error, {
					url,
					timeoutMillis: request.timeoutMillis,
					isTimeout: timeout.aborted,
					isAborted: request.signal?.aborted ?? false,
				});
			}
		},
	};
}

function checkForm({ method, headers }: OutboundRequest): void {
	if (!methods.has(method)) {
		throw new OutboundError(
			"BAD_URL",
			`The method must be one of ${[...methods].join(", ")}.`,
		);
	}
	const own = Object.keys(headers).find((name) => ownHeaders.test(name));
	if (own !== undefined) {
		throw new OutboundError(
			"BAD_URL",
			`The header ${own} is set by HTTP itself; leave it out.`,
		);
	}
}

/** A lookup cannot be stopped, but it need not be waited for. */
function untilAborted<Value>(
	work: Promise<Value>,
	signal: AbortSignal,
): Promise<Value> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		if (signal.aborted) stop();
		signal.addEventListener("abort", stop, { once: true });
		work
			.then(resolve, reject)
			.finally(() => signal.removeEventListener("abort", stop));
	});
}
