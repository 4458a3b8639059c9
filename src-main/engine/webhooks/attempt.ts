import { type Outbound, OutboundError } from "../outbound/index.ts";
import { retryAfterMillis } from "./retry-schedule.ts";

/** How one attempt ended. */
export interface Outcome {
	/**
	 * delivered: answered 2xx. failed: to be tried again. gone: 410, the receiver wants no
	 * more. stopped: we stopped it; it does not count.
	 */
	readonly kind: "delivered" | "failed" | "gone" | "stopped";
	readonly httpStatus: number | null;
	readonly durationMs: number;
	readonly fault: string | null;
	readonly answer: string | null;
	readonly retryAfterMillis: number | null;
}

export interface Attempt {
	readonly url: string;
	readonly allowPrivate: boolean;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** Wall clock, for a `Retry-After` that is a date. */
	readonly now: number;
	readonly signal: AbortSignal;
}

const timeoutMillis = 20_000;
const mostAnswerBytes = 16_384;
const answerShown = 500;

/** Sends a delivery once. Never rejects for what the receiver or the network does. */
export async function attemptDelivery(
	outbound: Outbound,
	monotonic: () => number,
	attempt: Attempt,
): Promise<Outcome> {
	const startedAt = monotonic();
	try {
		const { status, headers, body, durationMs } = await outbound.request({
			method: "POST",
			url: attempt.url,
			headers: { ...attempt.headers, "content-type": "application/json" },
			body: attempt.body,
			allowPrivate: attempt.allowPrivate,
			timeoutMillis,
			maxBytes: mostAnswerBytes,
			beyondMaxBytes: "cut",
			signal: attempt.signal,
		});
		const mayAskPatience = status === 429 || status === 503;
		return {
			kind: kindOf(status),
			httpStatus: status,
			durationMs,
			fault: faultOf(status),
			answer: shown(body),
			retryAfterMillis: mayAskPatience
				? retryAfterMillis(headers["retry-after"], attempt.now)
				: null,
		};
	} catch (error) {
		if (!(error instanceof OutboundError)) throw error;
		return {
			kind: error.code === "ABORTED" ? "stopped" : "failed",
			httpStatus: null,
			durationMs: monotonic() - startedAt,
			fault: error.message,
			answer: null,
			retryAfterMillis: null,
		};
	}
}

function kindOf(status: number): Outcome["kind"] {
	if (status >= 200 && status < 300) return "delivered";
	return status === 410 ? "gone" : "failed";
}

function faultOf(status: number): string | null {
	if (status >= 200 && status < 300) return null;
	if (status === 410) return "The receiver wants no more deliveries (410).";
	if (status >= 300 && status < 400) {
		return `The receiver answered with a redirect (${status}), which is never followed; name the final address.`;
	}
	return `The receiver answered ${status}, not with success.`;
}

/** The start of what a stranger answered, without control characters. */
function shown(body: Buffer): string | null {
	const text = body
		.subarray(0, answerShown * 4)
		.toString("utf8")
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
		.slice(0, answerShown)
		.toWellFormed()
		.trim();
	return text === "" ? null : text;
}
