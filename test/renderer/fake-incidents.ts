import type {
	IncidentDetail,
	IncidentSummary,
	IncidentVerb,
	LiveChange,
	TimelineEvent,
} from "../../src-shared/contract/index.ts";
import { canMove } from "../../src-shared/domain/lifecycle.ts";
import { must } from "../../src-shared/domain/must.ts";

export const ownerPeople = [
	{ id: "u1", name: "Ada Lovelace", email: "ada@example.org" },
	{ id: "u2", name: "Grace Hopper", email: "grace@example.org" },
	{ id: "u3", name: "Radia Perlman", email: "radia@example.org" },
];

type Draft = Partial<IncidentSummary> & { readonly id: string };

/** A whole incident from what a test cares about. */
export function incident(draft: Draft): IncidentSummary {
	const openedAt = draft.openedAt ?? Date.parse("2026-03-01T12:00:00Z");
	return {
		number: 1,
		title: "PSI of score is 0.31 (critical from 0.20)",
		state: "detected",
		severity: 1,
		source: "drift_monitor",
		modelId: "fraud-v2",
		metric: "psi_score",
		value: 0.31,
		ownerId: null,
		ownerName: null,
		isHistory: false,
		openedAt,
		updatedAt: openedAt,
		acknowledgedAt: null,
		mitigatedAt: null,
		resolvedAt: null,
		closedAt: null,
		driftId: null,
		projectId: null,
		version: 1,
		...draft,
	};
}

/** The engine's incidents, in memory: versions, a change log, verbs, undo and timelines. */
export class FakeIncidents {
	readonly rows = new Map<string, IncidentSummary>();
	readonly timelines = new Map<string, TimelineEvent[]>();
	readonly #listeners = new Set<(change: LiveChange) => void>();
	readonly #log: { sequence: number; id: string }[] = [];
	readonly #undo = new Map<string, Map<string, IncidentSummary>>();
	/** Reasons for refusing, by incident; a test sets them. */
	readonly refusals = new Map<string, string>();
	sequence = 0;

	constructor(initial: readonly IncidentSummary[]) {
		for (const row of initial) {
			this.rows.set(row.id, row);
			this.#record(row, "opened", row.title, "monitor", row.openedAt);
		}
	}

	page(before: number | null, limit: number) {
		const sorted = [...this.rows.values()].sort((a, b) => b.number - a.number);
		const start =
			before === null ? 0 : sorted.findIndex((row) => row.number < before);
		return {
			items: start < 0 ? [] : sorted.slice(start, start + limit),
			total: this.rows.size,
			sequence: this.sequence,
		};
	}

	/** Changes after a position, each incident once as it is now. */
	since(after: number): IncidentSummary[] {
		const ids = new Set(
			this.#log.filter((entry) => entry.sequence > after).map(({ id }) => id),
		);
		return [...ids].map((id) => must(this.rows.get(id), "it was logged"));
	}

	subscribe(listener: (change: LiveChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	publish(change: LiveChange): void {
		for (const listener of this.#listeners) listener(change);
	}

	/** Adds or changes an incident, as another person or the monitor would, and tells every window. */
	write(row: IncidentSummary): IncidentSummary {
		const known = this.rows.get(row.id);
		const stored = { ...row, version: (known?.version ?? 0) + 1 };
		this.rows.set(row.id, stored);
		this.sequence++;
		this.#log.push({ sequence: this.sequence, id: row.id });
		if (known === undefined) {
			this.#record(stored, "opened", stored.title, "monitor", stored.openedAt);
		}
		this.publish({
			kind: "incidents",
			items: [stored],
			sequence: this.sequence,
		});
		this.publish({ kind: "timeline", incidentIds: [row.id] });
		return stored;
	}

	act(ids: readonly string[], verb: IncidentVerb) {
		const before = new Map<string, IncidentSummary>();
		const changed: IncidentSummary[] = [];
		const refused: { id: string; reason: string }[] = [];
		for (const id of ids) {
			const row = this.rows.get(id);
			const reason = this.refusals.get(id);
			if (row === undefined) refused.push({ id, reason: "No such incident." });
			else if (reason !== undefined) refused.push({ id, reason });
			else if (verb.kind === "move" && !canMove(row.state, verb.to)) {
				refused.push({ id, reason: `${row.state} cannot become ${verb.to}.` });
			} else {
				before.set(id, row);
				changed.push(this.#apply(row, verb));
			}
		}
		const undoToken = changed.length === 0 ? null : `undo-${this.sequence}`;
		if (undoToken !== null) this.#undo.set(undoToken, before);
		return { changed, refused, undoToken };
	}

	undo(undoToken: string) {
		const before = this.#undo.get(undoToken);
		if (before === undefined) return null;
		this.#undo.delete(undoToken);
		const changed = [...before.values()].map((row) => {
			const stored = this.write(row);
			this.#record(stored, "undone", "Undone", "person", Date.now());
			return stored;
		});
		return { changed, refused: [] };
	}

	addNote(id: string, text: string, occurredAt: number): TimelineEvent {
		const row = must(this.rows.get(id), "the note's incident exists");
		const event = this.#record(row, "note", text, "person", occurredAt);
		this.publish({ kind: "timeline", incidentIds: [id] });
		return event;
	}

	detail(id: string): IncidentDetail | null {
		const row = this.rows.get(id);
		if (row === undefined) return null;
		return {
			...row,
			description:
				"38 % of today's values lie in the top baseline decile, since 14:00 yesterday.",
			enteredAt: { detected: row.openedAt, [row.state]: row.updatedAt },
			timeline: this.timelines.get(id) ?? [],
			linkedDrift:
				row.driftId === null
					? []
					: [
							{
								driftId: row.driftId,
								asOf: row.openedAt,
								psi: row.value,
								status: "critical",
							},
						],
			related: [...this.rows.values()]
				.filter((each) => each.modelId === row.modelId && each.id !== id)
				.slice(0, 5),
		};
	}

	#apply(row: IncidentSummary, verb: IncidentVerb): IncidentSummary {
		const now = Date.now();
		const next = { ...row, updatedAt: now };
		if (verb.kind === "severity") {
			next.severity = verb.severity;
		} else if (verb.kind === "assign") {
			next.ownerId = verb.ownerId;
			next.ownerName =
				ownerPeople.find((each) => each.id === verb.ownerId)?.name ?? null;
		} else {
			next.state = verb.to;
			if (verb.to === "acknowledged") next.acknowledgedAt = now;
			if (verb.to === "mitigated") next.mitigatedAt = now;
			if (verb.to === "resolved") next.resolvedAt = now;
		}
		const stored = this.write(next);
		const words: Record<IncidentVerb["kind"], string> = {
			move: `${row.state} → ${next.state}`,
			severity: `Severity ${row.severity} → ${next.severity}`,
			assign: `Owner: ${next.ownerName ?? "nobody"}`,
		};
		this.#record(
			stored,
			verb.kind === "move"
				? "state_changed"
				: verb.kind === "severity"
					? "severity_changed"
					: "owner_changed",
			words[verb.kind],
			"person",
			now,
			verb.kind === "move" ? { from: row.state, to: verb.to } : {},
		);
		return stored;
	}

	#record(
		row: IncidentSummary,
		kind: TimelineEvent["kind"],
		text: string,
		by: "person" | "monitor",
		occurredAt: number,
		data: Record<string, unknown> = {},
	): TimelineEvent {
		const events = this.timelines.get(row.id) ?? [];
		const event: TimelineEvent = {
			id: `${row.id}-${events.length}`,
			incidentId: row.id,
			kind,
			author:
				by === "person"
					? { kind: "person", id: "u1", name: "Ada Lovelace" }
					: { kind: "monitor", id: null, name: "Drift monitor" },
			occurredAt,
			recordedAt: Date.now(),
			text,
			data,
			hash: `hash-${events.length}`,
			prevHash: events.at(-1)?.hash ?? null,
		};
		this.timelines.set(row.id, [...events, event]);
		return event;
	}
}
