/** Severity is one rank from 1 (most severe) to 5; every API has its own words for it. */
export const severityRanks = [1, 2, 3, 4, 5] as const;
export type Severity = (typeof severityRanks)[number];

const words: Record<Severity, string> = {
	1: "critical",
	2: "high",
	3: "medium",
	4: "low",
	5: "info",
};

export function severityWord(severity: Severity): string {
	return words[severity];
}

export function isSeverity(value: unknown): value is Severity {
	return severityRanks.some((rank) => rank === value);
}
