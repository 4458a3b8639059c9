import { OutboundError } from "./outbound-error.ts";

/** Node's words for a certificate or a handshake that failed. */
const tlsCodes =
	/^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|EPROTO$)/;
/** Refused by node before a byte was sent. */
const headerCodes =
	/^ERR_(INVALID_CHAR|INVALID_HTTP_TOKEN|HTTP_INVALID_|UNESCAPED_CHARACTERS)/;

/** The coded form of whatever ended a request. */
export function asOutboundError(
	error: unknown,
	request: {
		readonly url: URL;
		readonly timeoutMillis: number;
		readonly isTimeout: boolean;
		readonly isAborted: boolean;
	},
): OutboundError {
	if (error instanceof OutboundError) return error;
	const { host } = request.url;
	const options = { cause: error };
	if (request.isAborted) {
		return new OutboundError("ABORTED", "The request was stopped.", options);
	}
	if (request.isTimeout) {
		return new OutboundError(
			"TIMEOUT",
			`${host} gave no whole answer within ${request.timeoutMillis / 1000} s.`,
			options,
		);
	}
	const code = codeOf(error);
	if (headerCodes.test(code)) {
		return new OutboundError(
			"BAD_URL",
			"The method or a header holds a character that HTTP does not allow.",
			options,
		);
	}
	if (tlsCodes.test(code)) {
		return new OutboundError(
			"TLS",
			`No safe connection to ${host} (${code}); check its certificate, or that it speaks https there.`,
			options,
		);
	}
	if (code === "HPE_HEADER_OVERFLOW") {
		return new OutboundError(
			"TOO_LARGE",
			`The headers of ${host} are too long.`,
			options,
		);
	}
	return new OutboundError("CONNECT", connectMessage(host, code), options);
}

function connectMessage(host: string, code: string): string {
	switch (code) {
		case "ECONNREFUSED":
			return `Nobody listens at ${host}; check the port and that the receiver runs.`;
		case "ENETUNREACH":
		case "EHOSTUNREACH":
			return `${host} cannot be reached from here; check the connection to the network.`;
		case "ETIMEDOUT":
			return `${host} took no connection; check the address and any firewall between.`;
		case "ECONNRESET":
		case "EPIPE":
			return `${host} broke the connection off before it answered.`;
		default:
			return `${host} did not answer in HTTP${code === "" ? "" : ` (${code})`}.`;
	}
}

/** The code of an error, or of the first inside one that gathers several attempts. */
function codeOf(error: unknown): string {
	if (typeof error !== "object" || error === null) return "";
	if ("code" in error && typeof error.code === "string") return error.code;
	if (error instanceof AggregateError) return codeOf(error.errors[0]);
	return "";
}
