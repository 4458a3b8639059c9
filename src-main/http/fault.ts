import { STATUS_CODES } from "node:http";
import { asEngineError, EngineError } from "../engine/errors.ts";
import type { Log } from "../engine/ports.ts";

/** One refusal as HTTP: each API folder writes it in its own format. */
export interface Fault {
	readonly status: number;
	/** What went wrong, for people. Says nothing of the inside. */
	readonly detail: string;
	/** Machine-readable parts of an engine error; empty for others. */
	readonly data: Readonly<Record<string, unknown>>;
	readonly headers: Readonly<Record<string, string>>;
}

/** With a stable name: an engine error's code, or the status' own, such as `rate-limited`. */
export interface NamedFault extends Fault {
	readonly kind: string;
}

const mediaTypeCodes = new Set([
	"FST_ERR_CTP_INVALID_MEDIA_TYPE",
	"FST_ERR_CTP_INVALID_TYPE",
]);

/** Turns anything thrown under a route into a refusal; what nobody foresaw is logged and told as 500. */
export function faultOf(thrown: unknown, log: Log): NamedFault {
	const error = asEngineError(thrown);
	if (error instanceof EngineError) return engineFault(error);
	if (error instanceof Error && "statusCode" in error) {
		const status = Number(error.statusCode);
		if (status >= 400 && status < 500) {
			const code = "code" in error ? String(error.code) : "";
			return plain(status, frameworkDetail(status, code, error.message));
		}
		if (status === 503) {
			return plain(503, "Shutting down.", { "retry-after": "5" });
		}
	}
	if (isBrokenOff(error)) return plain(400, "The body broke off.");
	log.error({ error }, "a request failed");
	return plain(500, "Internal server error.");
}

function engineFault(error: EngineError): NamedFault {
	const { code, status, message, data } = error;
	const kind = code.toLowerCase().replaceAll("_", "-");
	return { status, kind, detail: message, data, headers: headersOf(error) };
}

function headersOf({ status, data }: EngineError): Record<string, string> {
	if (status === 401) return { "www-authenticate": "Bearer" };
	if (status === 429) {
		return { "retry-after": String(data.retryAfterSeconds ?? 60) };
	}
	return status === 503 || status === 507 ? { "retry-after": "5" } : {};
}

function frameworkDetail(
	status: number,
	code: string,
	message: string,
): string {
	if (mediaTypeCodes.has(code)) {
		return "The Content-Type must be application/json.";
	}
	if (status === 413) return "The body is too large.";
	if (code === "FST_ERR_CTP_INVALID_JSON_BODY") return "The body is not JSON.";
	return message;
}

/** The caller went away while sending. */
function isBrokenOff(error: unknown): boolean {
	return (
		error instanceof Error && "code" in error && error.code === "ECONNRESET"
	);
}

/** A refusal that is of HTTP alone; its kind is the status' own name. */
export function plain(
	status: number,
	detail: string,
	headers: Fault["headers"] = {},
): NamedFault {
	const kind = (STATUS_CODES[status] ?? "error")
		.toLowerCase()
		.replaceAll(/[^a-z]+/g, "-");
	return { status, kind, detail, data: {}, headers };
}
