import type {
	AlertStatus,
	IntegrationType,
} from "../../../../src-shared/contract/index.ts";
import type { Severity } from "../../../../src-shared/domain/severity.ts";
import type { InProject } from "../../identity/access/index.ts";
import type { Transaction } from "../../store/index.ts";

/** An alert's episode as it is stored, for what decides about incidents. */
export interface StoredAlert {
	readonly key: number;
	readonly id: string;
	readonly integrationKey: number;
	readonly source: IntegrationType;
	readonly fingerprint: string;
	readonly name: string;
	readonly status: AlertStatus;
	readonly severity: Severity;
	readonly severityWord: string | null;
	readonly service: string | null;
	readonly summary: string;
	readonly description: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
	readonly startsAt: number;
	readonly endsAt: number | null;
	readonly generatorUrl: string | null;
	readonly groupKey: string | null;
	readonly incidentId: string | null;
	readonly isBackfilled: boolean;
	/** What keeps it quiet; null for nothing. */
	readonly suppressedBy: string | null;
}

/**
 * What became of an episode. fired: a new one. refired: the same one again after it was
 * resolved. imported: one that was over when it was first heard of.
 */
export type AlertChangeKind =
	| "fired"
	| "refired"
	| "acknowledged"
	| "unacknowledged"
	| "resolved"
	| "imported";

export interface AlertChange {
	readonly kind: AlertChangeKind;
	readonly alert: StoredAlert;
}

/** Groups changed alerts into incidents, in the transaction that stores them. It may set `incident_id` and `suppressed_by` by `Alerts.link`. */
export type Correlate = (
	transaction: Transaction,
	tenantKey: number,
	projectId: string,
	changes: readonly AlertChange[],
) => void;

/** Takes back what came of accepting, of the alerts with these keys; in the transaction that takes back the decision. */
export type TakeBack = (
	transaction: Transaction,
	by: InProject<"engineer">,
	alertKeys: ReadonlySet<number>,
) => void;

/** Gives alerts that a person accepted an incident, in the transaction that keeps the decision. Answers how to take that back; good while the engine runs. */
export type Accepted = (
	transaction: Transaction,
	by: InProject<"engineer">,
	alerts: readonly StoredAlert[],
) => TakeBack;
