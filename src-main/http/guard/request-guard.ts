import type { IncomingHttpHeaders } from "node:http";
import type { AllowedHosts } from "./allowed-hosts.ts";

/** What the guard reads of a request. */
export interface GuardedRequest {
	readonly method?: string | undefined;
	readonly url?: string | undefined;
	readonly headers: IncomingHttpHeaders;
	/** Names and values in turn, as they were received. */
	readonly rawHeaders: readonly string[];
}

export interface Refusal {
	readonly status: 400 | 403 | 421;
	readonly detail: string;
}

/** The cookie of the browser's war room; no program but a browser has it. */
export const sessionCookie = "tocsin_session";

/**
 * Keeps web pages of other sites away from a listener on this machine, before routing:
 *
 * - DNS rebinding: the Host must be one of ours, letter by letter, and there must be one.
 * - Cross-site requests: an Origin must be ours; none of another page passes, whatever
 *   credential it carries. A browser that names no Origin must say that the request
 *   comes from the same origin (or from its user), except for following a link.
 * - Cookies ignore ports, and a page of any other port of this machine counts as
 *   "same-site": so the session cookie changes nothing without an Origin of ours. The
 *   cookies of API B are for scripts too, which name neither Origin nor Sec-Fetch-Site.
 */
export function refusalOf(
	request: GuardedRequest,
	allowed: AllowedHosts,
): Refusal | null {
	const { headers } = request;
	if (countHosts(request.rawHeaders) !== 1 || headers.host === undefined) {
		return { status: 400, detail: "Exactly one Host header is needed." };
	}
	if (!allowed.hosts.has(headers.host)) {
		return { status: 421, detail: "This server does not answer to that Host." };
	}
	if (request.url?.startsWith("/") !== true) {
		return { status: 400, detail: "The request target must be a path." };
	}
	const { origin } = headers;
	if (origin !== undefined) {
		return allowed.origins.has(origin) ? siteRefusal(request) : foreignPage;
	}
	return siteRefusal(request) ?? cookieRefusal(request);
}

const foreignPage: Refusal = {
	status: 403,
	detail: "Requests from pages of other origins are refused.",
};

function siteRefusal({ method, headers }: GuardedRequest): Refusal | null {
	const site = headers["sec-fetch-site"];
	if (site === undefined || site === "same-origin" || site === "none") {
		return null;
	}
	const followsLink =
		method === "GET" &&
		headers["sec-fetch-mode"] === "navigate" &&
		headers["sec-fetch-dest"] === "document";
	return followsLink ? null : foreignPage;
}

/** Of a request that names no Origin. */
function cookieRefusal({ method, headers }: GuardedRequest): Refusal | null {
	if (method === "GET" || method === "HEAD") return null;
	const carriesSession = headers.cookie?.includes(sessionCookie) === true;
	return carriesSession
		? { status: 403, detail: "A change made with a session needs an Origin." }
		: null;
}

function countHosts(rawHeaders: readonly string[]): number {
	let count = 0;
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const name = rawHeaders[index];
		if (name?.length === 4 && name.toLowerCase() === "host") count++;
	}
	return count;
}
