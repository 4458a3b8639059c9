import { createHash } from "node:crypto";
import { canonicalJson } from "../../src-shared/sync/canonical-json.ts";

/**
 * A UUID made from what a record is about, so that two replicas that find the same thing
 * make one record: the first 16 bytes of SHA-256 over the canonical JSON of `parts`, with
 * version 8 (RFC 9562, 5.8) and the variant set.
 *
 * The monitor's incidents use [tenant uuid, rule, model, metric, UTC day of the assessment,
 * n], where the rule is "drift", or "drift-history" for one found in history. Windows are
 * day-aligned, so the day names the current window; n counts from 0 and rises only when an
 * incident of that day exists and is over.
 */
export function deterministicId(parts: readonly (string | number)[]): string {
	const bytes = createHash("sha256")
		.update(canonicalJson(parts), "utf8")
		.digest()
		.subarray(0, 16);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString("hex");
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20),
	].join("-");
}

/** `YYYY-MM-DD` of an instant, UTC. */
export function utcDay(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}
