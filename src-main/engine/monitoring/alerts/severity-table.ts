import type { IntegrationType } from "../../../../src-shared/contract/index.ts";
import type { Severity } from "../../../../src-shared/domain/severity.ts";

/** A source's words, in lower case, and the rank that each means. */
export type SeverityTable = Readonly<Record<string, Severity>>;

const unknownSeverity: Severity = 3;

const common: SeverityTable = {
	critical: 1,
	fatal: 1,
	emergency: 1,
	page: 1,
	disaster: 1,
	sev1: 1,
	p1: 1,
	error: 2,
	high: 2,
	major: 2,
	sev2: 2,
	p2: 2,
	warning: 3,
	warn: 3,
	medium: 3,
	sev3: 3,
	p3: 3,
	minor: 4,
	low: 4,
	ticket: 4,
	sev4: 4,
	p4: 4,
	notice: 5,
	info: 5,
	information: 5,
	informational: 5,
	debug: 5,
	none: 5,
	p5: 5,
	sev5: 5,
};

/** What only one source says; the two words of PagerDuty's own urgency, and the states of those that know nothing finer. */
const own: Partial<Record<IntegrationType, SeverityTable>> = {
	datadog: { error: 1, alert: 1, normal: 3 },
	cloudwatch: { alarm: 2, insufficient_data: 4 },
};

/** The table in force: the source's words, as changed for one integration. */
export function severityTable(
	type: IntegrationType,
	changed: SeverityTable,
): SeverityTable {
	return { ...common, ...own[type], ...changed };
}

/** The rank of a word; 3 for one that the table does not have, and for none. */
export function severityOf(
	table: SeverityTable,
	word: string | null,
): Severity {
	if (word === null) return unknownSeverity;
	const key = word.trim().toLowerCase();
	return Object.hasOwn(table, key)
		? (table[key] ?? unknownSeverity)
		: unknownSeverity;
}
