import { Webhook } from "standardwebhooks";
import type { Random } from "../ports.ts";

/** A signing secret as Standard Webhooks writes it: 256 random bits in base64 after `whsec_`. */
export function makeSecret(random: Random): string {
	return `whsec_${Buffer.from(random.bytes(32)).toString("base64")}`;
}

/**
 * The three headers of Standard Webhooks over the exact text of a body. `id` stays the
 * same over every attempt, `at` (epoch milliseconds, sent in seconds) is the attempt's.
 * Each secret adds a signature, newest first.
 */
export function signedHeaders(
	id: string,
	at: number,
	body: string,
	secrets: readonly string[],
): Record<string, string> {
	const signatures = secrets.map((secret) =>
		new Webhook(secret).sign(id, new Date(at), body),
	);
	return {
		"webhook-id": id,
		"webhook-timestamp": String(Math.floor(at / 1000)),
		"webhook-signature": signatures.join(" "),
	};
}
