/** How an alert's `suppressed_by` begins when its source, and nothing here, keeps it quiet. */
const prefix = "At the source: ";

/** What keeps an alert quiet where it comes from, by the ids that the source gives; null for nothing. */
export function quietAtSource(
	silencedBy: readonly string[],
	inhibitedBy: readonly string[],
): string | null {
	if (silencedBy.length > 0) {
		return `${prefix}silenced by ${silencedBy.join(", ")}`.slice(0, 500);
	}
	if (inhibitedBy.length > 0) {
		return `${prefix}inhibited by ${inhibitedBy.join(", ")}`.slice(0, 500);
	}
	return null;
}

export function isQuietAtSource(suppressedBy: string): boolean {
	return suppressedBy.startsWith(prefix);
}
