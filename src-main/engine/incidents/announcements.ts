import type { LiveChange } from "../../../src-shared/contract/index.ts";
import { isSettled } from "../../../src-shared/domain/lifecycle.ts";
import type { Log, Notifier } from "../ports.ts";
import type { Transaction } from "../store/index.ts";
import { toSummary } from "./incident-record.ts";
import type { IncidentRow } from "./schema.ts";

export interface IncidentCounts {
	readonly open: number;
	readonly critical: number;
}

export interface AnnouncementPorts {
	readonly notifier: Notifier;
	readonly log: Log;
	readonly publish: (tenantKey: number, change: LiveChange) => void;
	/** Whether the desktop shell shows this tenant's incidents. */
	readonly notifies: (tenantKey: number) => boolean;
	readonly countOpen: (tenantKey: number) => IncidentCounts;
}

/** One incident over a whole transaction. */
interface Changed {
	/** As it was before the transaction; null for a new one. */
	readonly first: IncidentRow | null;
	readonly last: IncidentRow;
	readonly isByPerson: boolean;
}

interface TenantAnnouncement {
	readonly changed: Map<string, Changed>;
	readonly timelines: Set<string>;
}

/**
 * Gathers what one transaction changed and tells live windows and the desktop shell once,
 * after the commit; a transaction that is rolled back tells nothing. A shell that fails
 * to be told is logged: the change is committed all the same.
 */
export class Announcements {
	readonly #ports: AnnouncementPorts;
	readonly #pending = new WeakMap<
		Transaction,
		Map<number, TenantAnnouncement>
	>();

	constructor(ports: AnnouncementPorts) {
		this.#ports = ports;
	}

	/** Notes one change; `before` is null for a new incident. */
	note(
		transaction: Transaction,
		before: IncidentRow | null,
		after: IncidentRow,
		change: { hasEvent: boolean; isByPerson: boolean },
	): void {
		const news = this.#announcementOf(transaction, after.tenant_id);
		const earlier = news.changed.get(after.id);
		news.changed.set(after.id, {
			first: earlier === undefined ? before : earlier.first,
			last: after,
			isByPerson: change.isByPerson,
		});
		if (change.hasEvent) news.timelines.add(after.id);
	}

	#announcementOf(
		transaction: Transaction,
		tenantKey: number,
	): TenantAnnouncement {
		let tenants = this.#pending.get(transaction);
		if (tenants === undefined) {
			const gathered = new Map<number, TenantAnnouncement>();
			tenants = gathered;
			this.#pending.set(transaction, gathered);
			transaction.afterCommit(() => {
				for (const [tenant, news] of gathered) this.#tell(tenant, news);
			});
		}
		let news = tenants.get(tenantKey);
		if (news === undefined) {
			news = { changed: new Map(), timelines: new Set() };
			tenants.set(tenantKey, news);
		}
		return news;
	}

	#tell(tenantKey: number, news: TenantAnnouncement): void {
		const { publish, notifier, notifies, countOpen } = this.#ports;
		const changed = [...news.changed.values()];
		const rows = changed.map(({ last }) => last);
		this.#guarded("live windows", () => {
			publish(tenantKey, {
				kind: "incidents",
				items: rows.map(toSummary),
				sequence: rows.reduce((most, row) => Math.max(most, row.sequence), 0),
			});
			if (news.timelines.size > 0) {
				publish(tenantKey, {
					kind: "timeline",
					incidentIds: [...news.timelines],
				});
			}
		});
		if (!notifies(tenantKey)) return;
		this.#guarded("the desktop shell", () => {
			for (const { last } of changed.filter(deservesNotice)) {
				const { id, number, title } = last;
				notifier.criticalIncident({ id, number, title });
			}
			if (changed.some(movesCounts)) {
				notifier.openIncidents(countOpen(tenantKey));
			}
		});
	}

	#guarded(whom: string, tell: () => void): void {
		try {
			tell();
		} catch (error) {
			this.#ports.log.error(
				{ err: error },
				`${whom} could not be told of a committed change`,
			);
		}
	}
}

function isOpen(row: IncidentRow | null): boolean {
	return row !== null && !isSettled(row.state);
}

function isCritical(row: IncidentRow | null): boolean {
	return isOpen(row) && row?.severity === 1;
}

function movesCounts({ first, last }: Changed): boolean {
	return (
		isOpen(first) !== isOpen(last) || isCritical(first) !== isCritical(last)
	);
}

/** A new critical incident, or one that became critical while nobody was at it. */
function deservesNotice({ first, last, isByPerson }: Changed): boolean {
	if (!isCritical(last)) return false;
	return first === null || (!isCritical(first) && !isByPerson);
}
