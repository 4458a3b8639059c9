import type {
	IncidentSummary,
	LiveChange,
} from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";

type ModelCounters = Extract<LiveChange, { kind: "models" }>["items"][number];

const itemsPerChange = 500;

/**
 * What one window has yet to be told: the newest state per id, so that it grows with the
 * number of things and not with the number of changes, up to `most` ids. Beyond that all
 * of it is replaced by one "resync".
 */
export class PendingChanges {
	readonly #most: number;
	readonly #incidents = new Map<string, IncidentSummary>();
	readonly #timelines = new Set<string>();
	readonly #models = new Map<string, ModelCounters>();
	readonly #drift = new Set<string>();
	readonly #jobs = new Set<string>();
	readonly #hypotheses = new Set<string>();
	readonly #actions = new Set<string>();
	readonly #actionIncidents = new Set<string>();
	/** Kinds that name no ids: load that list again. */
	readonly #lists = new Set<"webhooks" | "alerts" | "members">();
	#sequence = 0;
	#mustResync = false;

	constructor(most: number) {
		this.#most = most;
	}

	get isEmpty(): boolean {
		return this.size === 0 && !this.#mustResync;
	}

	/** Distinct ids held. */
	get size(): number {
		return (
			this.#incidents.size +
			this.#timelines.size +
			this.#models.size +
			this.#drift.size +
			this.#jobs.size +
			this.#hypotheses.size +
			this.#actions.size +
			this.#actionIncidents.size +
			this.#lists.size
		);
	}

	add(change: LiveChange): void {
		if (this.#mustResync) return;
		switch (change.kind) {
			case "incidents":
				for (const item of change.items) this.#addIncident(item);
				this.#sequence = Math.max(this.#sequence, change.sequence);
				break;
			case "timeline":
				addAll(this.#timelines, change.incidentIds);
				break;
			case "models":
				for (const item of change.items) this.#models.set(item.modelId, item);
				break;
			case "drift":
				addAll(this.#drift, change.modelIds);
				break;
			case "jobs":
				addAll(this.#jobs, change.jobIds);
				break;
			case "hypotheses":
				addAll(this.#hypotheses, change.incidentIds);
				break;
			case "actions":
				addAll(this.#actions, change.actionIds);
				addAll(this.#actionIncidents, change.incidentIds);
				break;
			case "webhooks":
			case "alerts":
			case "members":
				this.#lists.add(change.kind);
				break;
			case "resync":
				this.#mustResync = true;
				break;
			default:
				assertNever(change, "live change");
		}
		if (this.size > this.#most) this.#mustResync = true;
		if (this.#mustResync) this.#clear();
	}

	/** Takes everything out, 500 items to a change. */
	drain(): LiveChange[] {
		if (this.#mustResync) {
			this.#mustResync = false;
			return [{ kind: "resync" }];
		}
		const sequence = this.#sequence;
		const changes: LiveChange[] = [
			...slices(this.#incidents.values()).map((items) => ({
				kind: "incidents" as const,
				items,
				sequence,
			})),
			...slices(this.#timelines).map((incidentIds) => ({
				kind: "timeline" as const,
				incidentIds,
			})),
			...slices(this.#drift).map((modelIds) => ({
				kind: "drift" as const,
				modelIds,
			})),
			...slices(this.#models.values()).map((items) => ({
				kind: "models" as const,
				items,
			})),
			...slices(this.#jobs).map((jobIds) => ({
				kind: "jobs" as const,
				jobIds,
			})),
			...slices(this.#hypotheses).map((incidentIds) => ({
				kind: "hypotheses" as const,
				incidentIds,
			})),
			...this.#drainActions(),
			...[...this.#lists].map((kind) => ({ kind })),
		];
		this.#clear();
		return changes;
	}

	#drainActions(): LiveChange[] {
		if (this.#actions.size === 0) return [];
		return [
			{
				kind: "actions",
				actionIds: [...this.#actions],
				incidentIds: [...this.#actionIncidents],
			},
		];
	}

	#addIncident(item: IncidentSummary): void {
		const held = this.#incidents.get(item.id);
		if (held !== undefined && held.version > item.version) return;
		this.#incidents.set(item.id, item);
	}

	#clear(): void {
		this.#incidents.clear();
		this.#timelines.clear();
		this.#models.clear();
		this.#drift.clear();
		this.#jobs.clear();
		this.#hypotheses.clear();
		this.#actions.clear();
		this.#actionIncidents.clear();
		this.#lists.clear();
		this.#sequence = 0;
	}
}

function addAll(set: Set<string>, ids: readonly string[]): void {
	for (const id of ids) set.add(id);
}

function slices<Item>(items: Iterable<Item>): Item[][] {
	const all = [...items];
	const parts: Item[][] = [];
	for (let start = 0; start < all.length; start += itemsPerChange) {
		parts.push(all.slice(start, start + itemsPerChange));
	}
	return parts;
}
