import { createHash } from "node:crypto";

/** 16 hex digits for what a source gives no fingerprint of: the same parts, the same fingerprint. */
export function fingerprintOf(parts: readonly (string | null)[]): string {
	return createHash("sha256")
		.update(JSON.stringify(parts))
		.digest("hex")
		.slice(0, 16);
}

/** The same of a set of labels, whatever their order. */
export function labelFingerprint(
	labels: Readonly<Record<string, string>>,
): string {
	const pairs = Object.entries(labels).sort(([one], [other]) =>
		one < other ? -1 : 1,
	);
	return fingerprintOf(pairs.flat());
}

const longest = 255;

/** A source's own key as it is, or its hash where it is too long to be an index's. */
export function keyOf(text: string): string {
	return text.length <= longest ? text : fingerprintOf([text]);
}
