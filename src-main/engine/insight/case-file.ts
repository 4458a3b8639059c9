import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { ClaimRecord } from "./model-claims.ts";

/** Where a stored record is to be found: its kind and its id within the tenant. */
export interface RecordLink {
	readonly kind:
		| "change"
		| "model_version"
		| "drift"
		| "alert"
		| "action"
		| "incident"
		| "feedback";
	readonly id: string;
}

export const changeKinds = ["deployment", "config_change"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A deployment or a change of configuration, as somebody reported it. */
export interface ChangeRecord {
	readonly id: string;
	readonly kind: ChangeKind;
	readonly service: string | null;
	readonly modelId: string | null;
	/** Text of a stranger. */
	readonly summary: string;
	readonly at: number;
}

/** A version of a model that entered its stage. */
export interface StageRecord {
	readonly id: string;
	readonly modelId: string;
	readonly version: string;
	readonly stage: string;
	readonly at: number;
}

/** What an assessment found, as far as causes need it. Rates are events per day. */
export interface DriftRecord {
	readonly id: string;
	readonly modelId: string;
	readonly at: number;
	readonly onset: number | null;
	readonly psi: number | null;
	readonly hasDrift: boolean;
	readonly features: readonly {
		readonly name: string;
		readonly psi: number;
		/** The share of missing values now, less that of the baseline. */
		readonly newlyMissing: number;
	}[];
	readonly baselineRate: number;
	readonly currentRate: number;
}

/** An alert of a monitoring system. Its words are data of a stranger. */
export interface AlertRecord {
	readonly id: string;
	readonly name: string;
	readonly service: string | null;
	readonly severity: Severity;
	readonly startsAt: number;
	/** Null while it fires. */
	readonly endsAt: number | null;
}

/** An execution or a rollback of a playbook that ended. */
export interface ActionRecord {
	readonly id: string;
	readonly playbookId: string;
	readonly playbookName: string;
	readonly isSuccess: boolean;
	readonly endedAt: number;
	readonly incidentId: string;
	/** Of the incident that it was run for. */
	readonly service: string | null;
	readonly modelId: string | null;
}

/** A settled incident that resembles this one. */
export interface SimilarRecord {
	readonly id: string;
	readonly number: number;
	readonly title: string;
	readonly openedAt: number;
	readonly service: string | null;
	readonly modelId: string | null;
	/** 0 to 1. */
	readonly similarity: number;
	/** Playbooks that succeeded on it. */
	readonly fixedBy: readonly { readonly id: string; readonly name: string }[];
	/** What people wrote when it ended. */
	readonly resolution: string | null;
	/** Kinds of hypotheses that people accepted for it. */
	readonly causes: readonly string[];
}

/** The incident, as far as causes need it. */
export interface IncidentFacts {
	readonly id: string;
	readonly service: string | null;
	readonly modelId: string | null;
	/** Title and description. */
	readonly words: string;
	readonly openedAt: number;
	/** When it was first mitigated or settled; null while it is not. */
	readonly easedAt: number | null;
}

/** All that is known about an incident, read from the engine's records at one moment. */
export interface CaseFile {
	readonly now: number;
	readonly incident: IncidentFacts;
	/** Service -> the services that it calls. */
	readonly dependencies: ReadonlyMap<string, readonly string[]>;
	readonly changes: readonly ChangeRecord[];
	readonly stages: readonly StageRecord[];
	/** Of the incident's model, newest first. */
	readonly drift: readonly DriftRecord[];
	readonly alerts: readonly AlertRecord[];
	readonly actions: readonly ActionRecord[];
	readonly similar: readonly SimilarRecord[];
	/** What models claimed when they were asked. */
	readonly claims?: readonly ClaimRecord[];
}
