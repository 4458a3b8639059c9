import type { Generated } from "kysely";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { TimelineKind } from "../../../src-shared/domain/timeline.ts";
import type { Actor } from "../identity/access/index.ts";
import { sqlBuilder } from "../store/index.ts";

/** When each state was last entered; null for one never entered, or left again by a step back. */
export type StateStamps = {
	[State in IncidentState as `${State}_at`]: number | null;
};

export type IncidentSource =
	| "drift_monitor"
	| "person"
	| "api"
	| "demo"
	| "alert";

/** What an incident is about, in the words of API E. */
export const incidentKinds = ["invariant", "budget", "planner"] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** What made an incident, in the words of API A. */
export const triggerSources = [
	"manual",
	"automated_drift",
	"automated_performance",
	"pagerduty",
] as const;
export type TriggerSource = (typeof triggerSources)[number];

/** What the APIs know of an incident beyond its state; lists and objects are canonical JSON. */
export interface IncidentAttributes {
	kind: IncidentKind;
	/** API E's `key`. */
	external_key: string | null;
	labels: string;
	trigger_source: TriggerSource | null;
	/** Whom an API named, in its own words; in the war room the owner's email. */
	assigned_to: string | null;
	details: string;
	playbooks: string;
	issue_url: string | null;
	runbook_url: string | null;
	metadata: string;
	/** Who acknowledged it by what a client wrote: never a proof of anything. */
	acknowledged_by_claim: string | null;
	/** The id of its project; null for one of the tenant's first. */
	project_id: string | null;
	/** The service that it is about, as whoever opened it named it. */
	service_name: string | null;
}

/** What a change can set; the change log holds exactly these. Times in epoch milliseconds. */
export interface IncidentFields extends StateStamps, IncidentAttributes {
	title: string;
	description: string;
	state: IncidentState;
	/** Rises with every step back, so that `(epoch, rank, hlc)` only grows. */
	epoch: number;
	severity: Severity;
	/** The word the source used; null when it gave a rank. */
	severity_word: string | null;
	/** Who set the severity last. */
	severity_source: Actor["kind"];
	source: IncidentSource;
	model_id: string | null;
	metric: string | null;
	value: number | null;
	drift_id: string | null;
	owner_id: string | null;
	owner_name: string | null;
	is_history: 0 | 1;
	/** The earlier incident that this one is a return of. */
	predecessor_id: string | null;
	acknowledged_by_id: string | null;
	acknowledged_by_name: string | null;
	opened_at: number;
}

/** A stored incident. */
export interface IncidentRow extends IncidentFields {
	key: number;
	tenant_id: number;
	id: string;
	number: number;
	lifecycle_hlc: string;
	/** Change-log entry of the newest state change: what the next one names as its parent. */
	lifecycle_change_id: string;
	created_at: number;
	/** When the newest change was recorded; never goes back. */
	updated_at: number;
	version: number;
	/** The version at which state, severity or owner last changed. */
	decided_version: number;
	/** Change-log position of the newest change. */
	sequence: number;
}

/** A stored timeline event; `data` is JSON. */
export interface EventRow {
	key: number;
	tenant_id: number;
	id: string;
	incident_id: string;
	replica: string;
	kind: TimelineKind;
	author_kind: Actor["kind"];
	author_id: string | null;
	author_name: string;
	occurred_at: number;
	recorded_at: number;
	body: string;
	data: string;
	hlc: string;
	prev_hash: string | null;
	hash: string;
}

/** What the monitor remembers of one of its incidents, beside the incident itself. */
export interface SignalRow {
	incident_key: number;
	tenant_id: number;
	/** The newest verdict while the incident was not settled. */
	severity: Severity;
	/** Assessments in a row that found nothing, up to now. */
	normal_streak: number;
	signal_at: number;
	drift_id: string | null;
	/** The value that the newest evidence in the timeline names. */
	evidence_value: number | null;
}

interface NumberBlockRow {
	key: Generated<number>;
	tenant_id: number;
	replica: string;
	first: number;
	last: number;
	next: number;
}

interface IncidentsSchema {
	incidents: Omit<IncidentRow, "key"> & { key: Generated<number> };
	timeline_events: Omit<EventRow, "key"> & { key: Generated<number> };
	incident_signals: SignalRow;
	incident_number_blocks: NumberBlockRow;
}

export const sql = sqlBuilder<IncidentsSchema>();
