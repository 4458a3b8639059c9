import type { IntegrationType } from "../../../../src-shared/contract/index.ts";
import type { Severity } from "../../../../src-shared/domain/severity.ts";

/** An alert as one notification told it, whatever system sent it. Times in epoch milliseconds. */
export interface NormalizedAlert {
	source: IntegrationType;
	/** Stable per source and labels. */
	fingerprint: string;
	name: string;
	status: "firing" | "resolved" | "acknowledged";
	/** The source's own word; null where it gave none. */
	severityWord: string | null;
	/** By the integration's table; 3 for an unknown word. */
	severity: Severity;
	service: string | null;
	summary: string;
	description: string;
	labels: Record<string, string>;
	annotations: Record<string, string>;
	startsAt: number;
	endsAt: number | null;
	generatorUrl: string | null;
	groupKey: string | null;
	raw: unknown;
}
