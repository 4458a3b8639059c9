/**
 * The one way out to other machines; nothing else under `engine/` opens a connection.
 *
 * Offers: `createOutbound`: requests that keep to allowed addresses, sizes and times, and
 * `OutboundError`s that say what failed.
 * Needs: A resolver of names, and the ports of this engine, which it never calls.
 * Does not touch: What is asked and why: credentials, repeating and giving up are the
 * callers'.
 *
 * ```ts
 * const { status, body } = await outbound.request({
 * 	method: "GET",
 * 	url,
 * 	headers: {},
 * 	allowPrivate: false,
 * 	timeoutMillis: 10_000,
 * 	maxBytes: 65_536,
 * });
 * ```
 */

export {
	createOutbound,
	type Outbound,
	type OutboundResponse,
} from "./outbound.ts";
export { OutboundError } from "./outbound-error.ts";
