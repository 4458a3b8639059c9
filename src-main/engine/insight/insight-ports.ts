import type {
	DriftEvidence,
	IncidentSummary,
	LiveChange,
	TimelineEvent,
} from "../../../src-shared/contract/index.ts";
import type { AnalyticsService } from "../analytics/index.ts";
import type { AssistantService } from "../assistant/index.ts";
import type { EventFeed } from "../feed/index.ts";
import type { Sight, TenantRef } from "../identity/access/index.ts";
import type { IncidentEntry } from "../incidents/index.ts";
import type { ModelVersion } from "../models/index.ts";
import type { EndedAction } from "../playbooks/index.ts";
import type { Clock, Log, Random } from "../ports.ts";
import type { CommandStore } from "../store/index.ts";
import type { AlertRecord, ChangeRecord } from "./case-file.ts";
import type { ChangeDetail } from "./changes.ts";

/** What insight asks of the rest of the engine. Every answer is of one tenant. */
export interface InsightPorts {
	readonly store: CommandStore;
	readonly feed: EventFeed;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	/** Null for no such tenant. */
	readonly tenantOf: (tenantKey: number) => TenantRef | null;
	/** Throws NOT_FOUND. */
	readonly incident: (sight: Sight, id: string) => IncidentEntry;
	readonly timeline: (
		tenantKey: number,
		id: string,
	) => readonly TimelineEvent[];
	/** The newest incidents that need work. */
	readonly openIncidents: (tenantKey: number) => readonly IncidentEntry[];
	/** A page of all incidents, newest opening first. */
	readonly incidents: (
		tenantKey: number,
		page: { limit: number; offset: number },
	) => readonly IncidentEntry[];
	/** What changed after a change-log position; null when that is too much. */
	readonly incidentsSince: (
		tenantKey: number,
		after: number,
	) => readonly IncidentSummary[] | null;
	/** Change-log position of the newest change. */
	readonly position: () => number;
	/** The newest assessment of a model up to a moment; null for none. */
	readonly drift: (
		tenantKey: number,
		modelId: string,
		until: number,
	) => DriftEvidence | null;
	/** A model's id and versions; null for one that is not known. */
	readonly model: (
		tenant: TenantRef,
		modelId: string,
	) => { id: string; versions: readonly ModelVersion[] } | null;
	/** Ended playbook actions, newest first; of one incident, or of all. */
	readonly actions: (
		tenantKey: number,
		incidentId?: string,
	) => readonly EndedAction[];
	/** The newest alerts of a project, and those of an incident of it, in any order and perhaps twice. */
	readonly alerts: (
		tenantKey: number,
		of: { projectId: string; incidentId: string },
	) => readonly AlertRecord[];
	/** What other systems told of a project's changes, both ends included. */
	readonly reportedChanges: (
		tenantKey: number,
		of: { projectId: string; from: number; to: number },
	) => readonly ChangeRecord[];
	/** One of them, whole; null for no such one. */
	readonly reportedChange: (
		tenantKey: number,
		id: string,
	) => ChangeDetail | null;
	/** The project of what was opened without naming one. */
	readonly firstProjectId: (tenantKey: number) => string;
	/** Keeps the steps in which hypotheses were made. */
	readonly recordRun: AnalyticsService["recordRun"];
	/** Asks a model server, if there is one. Throws CONFLICT. */
	readonly ask: AssistantService["ask"];
	readonly publish: (tenantKey: number, change: LiveChange) => void;
}
