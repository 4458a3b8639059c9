import type {
	AlertDetail,
	AlertSummary,
	AlertVerb,
} from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../errors.ts";
import type {
	InProject,
	Member,
	Principal,
} from "../../identity/access/index.ts";
import type { Clock, Random } from "../../ports.ts";
import type { Transaction, UnitOfWork, Writes } from "../../store/index.ts";
import type { IntegrationRepository } from "../integrations/integration-repository.ts";
import type { AlertRow } from "../monitoring-schema.ts";
import type { Accepted, StoredAlert } from "./alert-change.ts";
import type { AlertFilter, AlertRepository } from "./alert-repository.ts";
import { toAlertDetail, toAlertSummary, toStoredAlert } from "./alert-view.ts";
import { type Triage, TriageUndo, triaged, type Undoable } from "./triage.ts";

export interface AlertsPorts {
	readonly work: UnitOfWork;
	readonly rows: AlertRepository;
	readonly integrations: IntegrationRepository;
	readonly clock: Clock;
	readonly random: Random;
	readonly changed: (tenantKey: number) => void;
	/** Gives alerts that a person accepted an incident, in the transaction that keeps the decision. */
	readonly accepted: Accepted;
}

/** Which alerts, and which part of them. */
export type AlertQuery = Omit<AlertFilter, "afterKey" | "beforeKey"> & {
	/** The ids of the alerts that the wanted ones came after and before. */
	readonly after?: string | undefined;
	readonly before?: string | undefined;
	readonly skip: number;
	readonly limit: number;
};

/** What was done to alerts, and how to take it back. */
export interface AlertsActed {
	changed: AlertSummary[];
	refused: { id: string; reason: string }[];
	/** Good for a minute, once; null where nothing changed. */
	undoToken: string | null;
}

/**
 * The stored alerts: their list, what became of each, and what people decide of them.
 * What people ask for is of their project; what is another's is NOT_FOUND.
 */
export class Alerts {
	readonly #ports: AlertsPorts;
	readonly #undo: TriageUndo;

	constructor(ports: AlertsPorts) {
		this.#ports = ports;
		this.#undo = new TriageUndo(ports.clock, ports.random);
	}

	/**
	 * Newest first. `triage: "new"` leaves out what is snoozed. Throws NOT_FOUND for an `after` or
	 * a `before` that is no alert of the project.
	 */
	list(
		{ tenant: { key: tenantKey }, projectId }: InProject,
		query: AlertQuery,
	): { items: AlertSummary[]; total: number } {
		const { rows, clock } = this.#ports;
		const now = clock.now();
		const keyOf = (id: string | undefined) =>
			id === undefined ? undefined : this.#row(tenantKey, projectId, id).key;
		const filter: AlertFilter = {
			...query,
			afterKey: keyOf(query.after),
			beforeKey: keyOf(query.before),
		};
		return {
			items: rows
				.page(tenantKey, projectId, filter, now, query)
				.map((row) => this.#view(row)),
			total: rows.count(tenantKey, projectId, filter, now),
		};
	}

	get(
		{ tenant: { key: tenantKey }, projectId }: InProject,
		id: string,
	): AlertDetail {
		const row = this.#row(tenantKey, projectId, id);
		return toAlertDetail(
			this.#view(row),
			row,
			this.#ports.rows.events(tenantKey, row.key),
		);
	}

	/** The newest 500 of a project, for what explains incidents. */
	newestOf(tenantKey: number, projectId: string): AlertSummary[] {
		const { rows, clock } = this.#ports;
		return rows
			.page(tenantKey, projectId, {}, clock.now(), { skip: 0, limit: 500 })
			.map((row) => this.#view(row));
	}

	/** The alerts of an incident, oldest first, 500 at most. */
	ofIncident(tenantKey: number, incidentId: string): AlertSummary[] {
		return this.#ports.rows
			.ofIncident(tenantKey, incidentId, 500)
			.map((row) => this.#view(row));
	}

	/** Those of an integration that are not over, oldest first: what polling reconciles. */
	openOf(tenantKey: number, integrationKey: number): StoredAlert[] {
		return this.#ports.rows
			.openOf(tenantKey, integrationKey)
			.map(toStoredAlert);
	}

	/** Puts alerts to an incident, or says what keeps them quiet; in the transaction that decides it. */
	link(
		transaction: Transaction,
		tenantKey: number,
		alertKeys: readonly number[],
		to: {
			readonly incidentId?: string | null;
			readonly suppressedBy?: string | null;
		},
	): void {
		const { rows, clock } = this.#ports;
		for (const key of alertKeys) {
			const row = rows.byKey(tenantKey, key);
			if (row === undefined) continue;
			rows.update(transaction.writes, tenantKey, key, {
				...(to.incidentId === undefined ? {} : { incident_id: to.incidentId }),
				...(to.suppressedBy === undefined
					? {}
					: { suppressed_by: to.suppressedBy }),
				version: row.version + 1,
			});
			rows.addEvent(transaction.writes, {
				tenant_id: tenantKey,
				alert_key: key,
				kind: to.suppressedBy == null ? "linked" : "suppressed",
				at: clock.now(),
				by_id: null,
				by_name: null,
				detail: JSON.stringify(to),
			});
		}
		transaction.afterCommit(() => this.#ports.changed(tenantKey));
	}

	/** A stored alert as it is shown. */
	view(row: AlertRow): AlertSummary {
		return this.#view(row);
	}

	/** Decides about alerts; each is changed or refused for itself. */
	act(
		by: InProject<"engineer">,
		ids: readonly string[],
		verb: AlertVerb,
	): AlertsActed {
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const { rows, clock, work } = this.#ports;
		const now = clock.now();
		if (verb.kind === "snooze" && verb.until <= now) {
			throw new EngineError("INVALID", "until: must be in the future", {
				field: "until",
			});
		}
		if (verb.kind === "duplicate" && verb.ofId !== null) {
			this.#row(tenantKey, projectId, verb.ofId);
		}
		const refused: AlertsActed["refused"] = [];
		const undoable: Undoable[] = [];
		const takeBack = work.run((transaction) => {
			for (const id of new Set(ids)) {
				const row = rows.byId(tenantKey, projectId, id);
				const change =
					row === undefined ? "No such alert." : triaged(row, verb);
				if (row === undefined || typeof change === "string") {
					refused.push({ id, reason: String(change) });
					continue;
				}
				rows.update(transaction.writes, tenantKey, row.key, {
					...change,
					version: row.version + 1,
				});
				this.#record(transaction.writes, row, by, verb.kind, now, {
					...change,
				});
				undoable.push({ before: row, after: change });
			}
			if (verb.kind !== "accept" || undoable.length === 0) return null;
			const accepted = undoable.map(({ before }) => toStoredAlert(before));
			return this.#ports.accepted?.(transaction, by, accepted) ?? null;
		});
		if (undoable.length > 0) this.#ports.changed(tenantKey);
		return {
			changed: undoable.map(({ before }) => this.#again(before)),
			refused,
			undoToken:
				undoable.length === 0
					? null
					: this.#undo.issue(by, { projectId, undoable, takeBack }),
		};
	}

	/** Puts back what `act` changed, where nobody decided anew since, and the incidents that it opened, where nobody touched them. Throws GONE. */
	undo(member: Member, undoToken: string): AlertSummary[] {
		const decision = this.#undo.spend(member, undoToken);
		if (decision === null) {
			throw new EngineError("GONE", "It is too late to undo this.");
		}
		const by = member.in(decision.projectId).needs("engineer");
		const tenantKey = by.tenant.key;
		const { rows, clock, work } = this.#ports;
		const { undoable, takeBack } = decision;
		const undone = work.run((transaction) => {
			const back = undoable.filter(({ before, after }) => {
				const current = rows.byKey(tenantKey, before.key);
				if (current === undefined || !isSameTriage(current, after)) {
					return false;
				}
				rows.update(transaction.writes, tenantKey, before.key, {
					triage: before.triage,
					duplicate_of_id: before.duplicate_of_id,
					snoozed_until: before.snoozed_until,
					version: current.version + 1,
				});
				this.#record(transaction.writes, before, by, "undone", clock.now(), {});
				return true;
			});
			const keys = new Set(back.map(({ before }) => before.key));
			if (keys.size > 0) takeBack?.(transaction, by, keys);
			return back;
		});
		if (undone.length > 0) this.#ports.changed(tenantKey);
		return undone.map(({ before }) => this.#again(before));
	}

	#record(
		writes: Writes,
		{ tenant_id, key }: AlertRow,
		{ actor }: Principal,
		kind: string,
		at: number,
		detail: Readonly<Record<string, unknown>>,
	): void {
		this.#ports.rows.addEvent(writes, {
			tenant_id,
			alert_key: key,
			kind,
			at,
			by_id: actor.id,
			by_name: actor.name,
			detail: JSON.stringify(detail),
		});
	}

	#row(tenantKey: number, projectId: string, id: string): AlertRow {
		const row = this.#ports.rows.byId(tenantKey, projectId, id);
		if (row === undefined) throw new EngineError("NOT_FOUND", "No such alert.");
		return row;
	}

	#again({ tenant_id, project_id, id }: AlertRow): AlertSummary {
		return this.#view(this.#row(tenant_id, project_id, id));
	}

	#view(row: AlertRow): AlertSummary {
		return toAlertSummary(
			row,
			this.#ports.integrations.nameOf(row.tenant_id, row.integration_key),
		);
	}
}

function isSameTriage(one: Triage, other: Triage): boolean {
	return (
		one.triage === other.triage &&
		one.duplicate_of_id === other.duplicate_of_id &&
		one.snoozed_until === other.snoozed_until
	);
}
