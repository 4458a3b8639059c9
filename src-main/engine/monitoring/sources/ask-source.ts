import { type Outbound, OutboundError } from "../../outbound/index.ts";
import type { Vault } from "../../secrets/index.ts";
import { field, nameOf } from "../alerts/parsing/fields.ts";
import { openSecret } from "../integrations/integration-secrets.ts";
import { credentials, joined } from "../integrations/probe.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";

/**
 * A monitoring system that did not answer what it was asked.
 *
 * | kind | meaning |
 * |---|---|
 * | unreachable | nothing is known to have arrived there |
 * | unanswered | it may have arrived: the connection broke or the time ran out |
 * | refused | it answered that it will not; `status` is its status |
 * | unreadable | it answered with what is no answer of such a system |
 * | too-large | its answer is longer than is read |
 */
export class SourceError extends Error {
	readonly kind:
		| "unreachable"
		| "unanswered"
		| "refused"
		| "unreadable"
		| "too-large";
	readonly status: number | null;

	constructor(
		kind: SourceError["kind"],
		message: string,
		status: number | null = null,
	) {
		super(message);
		this.name = "SourceError";
		this.kind = kind;
		this.status = status;
	}
}

export interface Question {
	/** The system's own address; the path is added to it. */
	readonly base: string;
	readonly path: string;
	readonly method?: "GET" | "POST" | "DELETE";
	readonly json?: unknown;
	/** 16 MiB if absent. */
	readonly maxBytes?: number;
	readonly signal?: AbortSignal | undefined;
}

/** Asks the systems of one integration. */
export type AskSource = (question: Question) => Promise<unknown>;

const timeoutMillis = 10_000;
const mostBytes = 16 * 1024 * 1024;

/**
 * Asks within 10 s with the integration's credentials, which go to its own address's host
 * alone. Private addresses are allowed, as an admin named them. Answers the JSON of a 2xx,
 * null for an empty one; else rejects with a SourceError.
 */
export function askSource(
	row: IntegrationRow,
	{ outbound, vault }: { readonly outbound: Outbound; readonly vault: Vault },
): AskSource {
	return async ({ base, path, method = "GET", json, maxBytes, signal }) => {
		const host = URL.parse(base)?.host ?? base;
		const isOwn =
			row.url !== null &&
			URL.parse(row.url)?.origin === URL.parse(base)?.origin;
		const proof = isOwn
			? credentials({
					username: row.username,
					password: openSecret(vault, row, "password"),
					apiKey: openSecret(vault, row, "api_key"),
				})
			: {};
		let answer: Awaited<ReturnType<Outbound["request"]>>;
		try {
			answer = await outbound.request({
				method,
				url: joined(base, path),
				headers: {
					accept: "application/json",
					...(json === undefined ? {} : { "content-type": "application/json" }),
					...proof,
				},
				body: json === undefined ? undefined : JSON.stringify(json),
				allowPrivate: true,
				timeoutMillis,
				maxBytes: maxBytes ?? mostBytes,
				signal,
			});
		} catch (error) {
			throw error instanceof OutboundError ? asSourceError(error) : error;
		}
		const body = read(answer.body);
		if (answer.status < 200 || answer.status > 299) {
			throw new SourceError(
				"refused",
				refusal(host, answer.status, body, answer.body),
				answer.status,
			);
		}
		if (body === undefined) {
			throw new SourceError(
				"unreadable",
				`${host} answered ${answer.status} with what is no JSON: check the address.`,
			);
		}
		return body;
	};
}

function asSourceError(error: OutboundError): SourceError {
	switch (error.code) {
		case "TOO_LARGE":
			return new SourceError("too-large", error.message);
		case "TIMEOUT":
		case "ABORTED":
			return new SourceError("unanswered", error.message);
		case "CONNECT":
			// A connection that nobody took carried nothing; one that broke may have.
			return new SourceError(
				isRefusedConnection(error) ? "unreachable" : "unanswered",
				error.message,
			);
		default:
			return new SourceError("unreachable", error.message);
	}
}

function isRefusedConnection({ cause }: OutboundError): boolean {
	const codes = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"]);
	return (
		cause instanceof Error && "code" in cause && codes.has(String(cause.code))
	);
}

/** What it said, in its own words: Prometheus in `error`, Alertmanager in `message` or as a plain text. */
function refusal(
	host: string,
	status: number,
	body: unknown,
	bytes: Buffer,
): string {
	if (status === 401 || status === 403) {
		return `${host} answered ${status}: check the user name, the password or the API key.`;
	}
	const said =
		nameOf(field(body, "error")) ??
		nameOf(field(body, "message")) ??
		nameOf(body) ??
		nameOf(body === undefined ? bytes.toString("utf8", 0, 300) : null);
	return `${host} answered ${status}${said === null ? "" : `: ${said.slice(0, 300)}`}`;
}

/** Undefined for what is no JSON; null for nothing at all. */
function read(bytes: Buffer): unknown {
	if (bytes.length === 0) return null;
	try {
		return JSON.parse(bytes.toString("utf8"));
	} catch {
		return undefined;
	}
}
