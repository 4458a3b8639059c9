/**
 * How a request to another machine failed.
 *
 * | code | meaning | may a later try succeed |
 * |---|---|---|
 * | BAD_URL | not an http or https address that may be used, or a header HTTP does not allow | no |
 * | REFUSED_ADDRESS | it leads to an address that is never, or not yet, allowed | after a setting changed |
 * | DNS | the name has no address now | yes |
 * | CONNECT | nobody listens there, or the connection broke | yes |
 * | TLS | the certificate does not prove the name | when the receiver is repaired |
 * | TIMEOUT | no whole answer in time | yes |
 * | TOO_LARGE | the answer is longer than was asked for | no |
 * | ABORTED | the caller's signal fired | by the caller's choice |
 */
export type OutboundErrorCode =
	| "REFUSED_ADDRESS"
	| "DNS"
	| "CONNECT"
	| "TLS"
	| "TIMEOUT"
	| "TOO_LARGE"
	| "ABORTED"
	| "BAD_URL";

/** A request that got no whole answer; the message says what to do and holds no credential. */
export class OutboundError extends Error {
	readonly code: OutboundErrorCode;

	constructor(
		code: OutboundErrorCode,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
		this.name = "OutboundError";
		this.code = code;
	}
}
