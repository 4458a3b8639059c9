import { hash } from "node:crypto";
import type { Random } from "../../ports.ts";

/**
 * Random secrets of 256 bits, told apart by their first letters so that the log can
 * recognise and hide them: `rt_` refresh tokens, `us_` sessions of the user interface,
 * `ut_` its one-time tickets, `wt_` tokens of
 * WebSockets, `lo_` the running engine's own token for its local owner.
 */
export type SecretKind = "rt" | "us" | "ut" | "wt" | "lo";

export function makeSecret(kind: SecretKind, random: Random): string {
	return `${kind}_${Buffer.from(random.bytes(32)).toString("base64url")}`;
}

/** What is stored in place of a secret. Its entropy is high, so one fast hash is enough. */
export function hashSecret(secret: string): string {
	return hash("sha256", secret, "hex");
}
