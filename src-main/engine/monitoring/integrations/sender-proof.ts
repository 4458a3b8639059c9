import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { IntegrationType } from "../../../../src-shared/contract/index.ts";

/** Grafana's own default name; the time that is signed with the body is in the header that `config.timestampHeader` names. */
const grafanaSignature = "x-grafana-alerting-signature";
const pagerdutySignature = "x-pagerduty-signature";
const signedFor = 5 * 60_000;

/** What a request is signed with. */
export interface SignedRequest {
	readonly type: IntegrationType;
	readonly headers: IncomingHttpHeaders;
	/** Exactly the bytes that came. */
	readonly body: Buffer;
	readonly config: Readonly<Record<string, unknown>>;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** The secrets that a request shows: in X-Webhook-Secret, as a bearer token, or as the password of Basic, which is all that Amazon SNS can send. */
export function shownSecrets(headers: IncomingHttpHeaders): string[] {
	const own = headers["x-webhook-secret"];
	const { authorization = "" } = headers;
	const [scheme = "", value = ""] = authorization.split(" ", 2);
	const shown = [typeof own === "string" ? own : ""];
	if (scheme.toLowerCase() === "bearer") shown.push(value);
	if (scheme.toLowerCase() === "basic") {
		const pair = Buffer.from(value, "base64").toString("utf8");
		shown.push(pair.slice(pair.indexOf(":") + 1));
	}
	return shown.filter((secret) => secret !== "");
}

/** What a secret is looked up and compared by. */
export function secretHash(secret: string): string {
	return createHash("sha256").update(secret).digest("hex");
}

/** True when the sender signed the body with one of the secrets. */
export function isSigned(
	request: SignedRequest,
	secrets: readonly string[],
): boolean {
	switch (request.type) {
		case "pagerduty":
			return isSignedByPagerduty(request, secrets);
		case "grafana":
			return isSignedByGrafana(request, secrets);
		default:
			return false;
	}
}

/** `v1=<hex>[,v1=<hex>]`, of which any may match: https://developer.pagerduty.com/docs/verifying-webhook-signatures */
function isSignedByPagerduty(
	{ headers, body }: SignedRequest,
	secrets: readonly string[],
): boolean {
	const header = headers[pagerdutySignature];
	if (typeof header !== "string") return false;
	const signatures = header
		.split(",")
		.slice(0, 20)
		.map((part) => part.trim())
		.filter((part) => part.startsWith("v1="))
		.map((part) => part.slice("v1=".length));
	return matches(signatures, secrets, (secret) =>
		createHmac("sha256", secret).update(body).digest(),
	);
}

/** Hex of an HMAC-SHA256 over the body, or over `time:body` where a header with the time is configured. */
function isSignedByGrafana(
	{ headers, body, config, now }: SignedRequest,
	secrets: readonly string[],
): boolean {
	const signature = headers[grafanaSignature];
	if (typeof signature !== "string") return false;
	const { timestampHeader } = config;
	if (typeof timestampHeader !== "string") {
		return matches([signature], secrets, (secret) =>
			createHmac("sha256", secret).update(body).digest(),
		);
	}
	const time = headers[timestampHeader.toLowerCase()];
	if (typeof time !== "string" || !/^\d{1,15}$/.test(time)) return false;
	if (Math.abs(now - Number(time) * 1000) > signedFor) return false;
	return matches([signature], secrets, (secret) =>
		createHmac("sha256", secret).update(`${time}:`).update(body).digest(),
	);
}

function matches(
	signatures: readonly string[],
	secrets: readonly string[],
	sign: (secret: string) => Buffer,
): boolean {
	let isMatch = false;
	for (const secret of secrets) {
		const expected = sign(secret);
		for (const signature of signatures) {
			const given = Buffer.from(signature, "hex");
			if (given.length === expected.length && timingSafeEqual(given, expected))
				isMatch = true;
		}
	}
	return isMatch;
}
