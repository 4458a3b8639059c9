import type {
	IncidentDetail,
	IncidentSummary,
	TimelineEvent,
} from "../../../src-shared/contract/index.ts";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { Sight } from "../identity/access/index.ts";
import type { CommandStore } from "../store/index.ts";
import type { IncidentCounts } from "./announcements.ts";
import { incidentEntity } from "./apply-change.ts";
import {
	type IncidentEntry,
	toEntry,
	toSummary,
	toTimelineEvent,
} from "./incident-record.ts";
import {
	type IncidentFilter,
	IncidentRepository,
	unsettledStates,
} from "./incident-repository.ts";
import { IncidentStatistics } from "./incident-statistics.ts";
import { notFound } from "./input-checks.ts";
import type { IncidentRow } from "./schema.ts";
import { checkTimeline, type TimelineCheck } from "./verify-timeline.ts";

/** Drift results around an incident, newest first. */
export type LinkedDrift = (
	tenantKey: number,
	incident: IncidentSummary,
) => IncidentDetail["linkedDrift"];

export interface VerificationReport {
	readonly incidents: number;
	readonly events: number;
	readonly faults: {
		incidentId: string;
		number: number | null;
		eventId: string | null;
		reason: string;
	}[];
}

const relatedShown = 10;

/** Reads incidents, their timelines and their proof; cannot change any. An incident that is not in sight is NOT_FOUND. */
export class IncidentReads {
	/** What is counted of them over time. */
	readonly statistics: IncidentStatistics;
	protected readonly repository: IncidentRepository;
	readonly #store: CommandStore;
	readonly #linkedDrift: LinkedDrift;

	constructor(store: CommandStore, linkedDrift: LinkedDrift) {
		this.repository = new IncidentRepository(store.reads);
		this.statistics = new IncidentStatistics(store.reads);
		this.#store = store;
		this.#linkedDrift = linkedDrift;
	}

	/** A page by number, highest first, and the change-log position it is true at. */
	list(
		sight: Sight,
		page: { before: number | null; limit: number },
	): { items: IncidentSummary[]; total: number; sequence: number } {
		return {
			items: this.repository
				.page(sight, page.before, page.limit)
				.map(toSummary),
			total: this.repository.countFiltered(sight, {}),
			sequence: this.sequence(),
		};
	}

	/** For the APIs: newest opening first, with the total that the filter matches. */
	listFiltered(
		sight: Sight,
		filter: IncidentFilter,
		page: { limit: number; offset: number },
	): { items: IncidentEntry[]; total: number } {
		return {
			items: this.repository.filtered(sight, filter, page).map(toEntry),
			total: this.repository.countFiltered(sight, filter),
		};
	}

	/** The newest incidents that need work, newest opening first. */
	newestOpen(sight: Sight, limit: number): IncidentEntry[] {
		return this.listFiltered(
			sight,
			{ states: unsettledStates },
			{ limit, offset: 0 },
		).items;
	}

	/** How many there are of each state and severity; without those of which there are none. */
	countBy(
		sight: Sight,
		filter: IncidentFilter,
	): readonly { state: IncidentState; severity: Severity; count: number }[] {
		return this.repository.countBy(sight, filter);
	}

	/** Change-log position of the newest change. */
	sequence(): number {
		return this.#store.changes.position(this.#store.reads);
	}

	/** What changed after a position, for a window that was away; null when that is more than `limit`. */
	changedSince(
		sight: Sight,
		after: number,
		limit: number,
	): { items: IncidentSummary[]; sequence: number } | null {
		const rows = this.repository.changedSince(sight, after, limit + 1);
		if (rows.length > limit) return null;
		return { items: rows.map(toSummary), sequence: this.sequence() };
	}

	/** Open incidents (those that need work), and the critical ones of them. */
	counts(sight: Sight): IncidentCounts {
		return this.repository.countOpen(sight);
	}

	/** The ids of each model's open incidents, oldest first. */
	openIdsByModel(tenantKey: number): ReadonlyMap<string, readonly string[]> {
		const byModel = new Map<string, string[]>();
		for (const { id, model_id } of this.repository.openOfModels(tenantKey)) {
			const ids = byModel.get(model_id);
			if (ids === undefined) byModel.set(model_id, [id]);
			else ids.push(id);
		}
		return byModel;
	}

	/** Throws NOT_FOUND. */
	get(sight: Sight, id: string): IncidentDetail {
		return this.detail(sight, this.existing(sight, id));
	}

	/** Throws NOT_FOUND. */
	entry(sight: Sight, id: string): IncidentEntry {
		return toEntry(this.existing(sight, id));
	}

	/** Null where there is none that is seen. */
	find(sight: Sight, id: string): IncidentEntry | null {
		const row = this.repository.byId(sight, id);
		return row === undefined ? null : toEntry(row);
	}

	/** Whether anybody but a monitor did something to it: then no monitor settles it. */
	isTouched(tenantKey: number, id: string): boolean {
		return this.repository.hasEventOfOthers(tenantKey, id);
	}

	/** By the number that people and some APIs use. Throws NOT_FOUND. */
	entryByNumber(sight: Sight, number: number): IncidentEntry {
		const row = this.repository.byNumber(sight, number);
		if (row === undefined) throw notFound(`#${number}`);
		return toEntry(row);
	}

	/** In the order they were recorded. */
	timeline(sight: Sight, id: string): TimelineEvent[] {
		const { id: known } = this.existing(sight, id);
		return this.repository
			.timeline(sight.tenantKey, known)
			.map(toTimelineEvent);
	}

	/** Checks one timeline's hash chain, and the incident against the change log. Throws NOT_FOUND. */
	verify(
		sight: Sight,
		id: string,
	): { intact: boolean; events: number; fault: string | null } {
		const { tenantKey } = sight;
		const row = this.repository.byId(sight, id);
		// Of one that is gone, only traces are left, and none of them says which project it was of.
		const isGone =
			sight.isWhole && row === undefined && this.#knownIds(tenantKey).has(id);
		if (row === undefined && !isGone) throw notFound(id);
		const { events, fault } = this.#check(tenantKey, id);
		return { intact: fault === null, events, fault: fault?.reason ?? null };
	}

	/** Checks every incident of a tenant, also those of which only traces are left; gives way to other work between batches. */
	async verifyAll(
		tenantKey: number,
		signal?: AbortSignal,
	): Promise<VerificationReport> {
		const ids = [...this.#knownIds(tenantKey)];
		const faults: VerificationReport["faults"] = [];
		let events = 0;
		for (const [index, id] of ids.entries()) {
			if (index % 200 === 199) {
				await new Promise((resolve) => setImmediate(resolve));
				signal?.throwIfAborted();
			}
			const check = this.#check(tenantKey, id);
			events += check.events;
			if (check.fault !== null) {
				const number =
					this.repository.byId(Sight.ofTenant(tenantKey), id)?.number ?? null;
				faults.push({ incidentId: id, number, ...check.fault });
			}
		}
		return { incidents: ids.length, events, faults };
	}

	#knownIds(tenantKey: number): Set<string> {
		const { changes, reads } = this.#store;
		return new Set([
			...this.repository.ids(tenantKey),
			...changes.entityIds(reads, tenantKey, incidentEntity),
		]);
	}

	#check(tenantKey: number, id: string): TimelineCheck {
		return checkTimeline(this.repository, this.#store, tenantKey, id);
	}

	protected detail(sight: Sight, row: IncidentRow): IncidentDetail {
		const entry = toEntry(row);
		return {
			...toSummary(row),
			description: row.description,
			enteredAt: entry.enteredAt,
			timeline: this.repository
				.timeline(row.tenant_id, row.id)
				.map(toTimelineEvent),
			linkedDrift: this.#linkedDrift(row.tenant_id, toSummary(row)),
			related: this.repository.related(sight, row, relatedShown).map(toSummary),
		};
	}

	protected existing(sight: Sight, id: string): IncidentRow {
		const row = this.repository.byId(sight, id);
		if (row === undefined) throw notFound(id);
		return row;
	}
}
