import type {
	IncidentDetail,
	IncidentSummary,
	IncidentVerb,
	LiveChange,
	TimelineEvent,
} from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { asEngineError, EngineError } from "../errors.ts";
import {
	type Principal,
	Sight,
	type TenantRef,
} from "../identity/access/index.ts";
import type { Clock, Log, Notifier, Random } from "../ports.ts";
import type { CommandStore } from "../store/index.ts";
import { Announcements } from "./announcements.ts";
import { type AppendedEvent, appendedEvent } from "./append-event.ts";
import { IncidentChanges } from "./apply-change.ts";
import { type Assignment, assignmentTo, type Owner } from "./assignment.ts";
import {
	applyEdit,
	type EditOptions,
	editedFields,
	type IncidentEdit,
} from "./edit-incident.ts";
import type { RecordFeedChange } from "./feed-change.ts";
import {
	applyVerb,
	noteEvent,
	restore,
	undoFault,
} from "./incident-actions.ts";
import { IncidentReads, type LinkedDrift } from "./incident-reads.ts";
import {
	type IncidentEntry,
	toEntry,
	toSummary,
	toTimelineEvent,
} from "./incident-record.ts";
import { checkText, invalid, shortTitle, trimmedNote } from "./input-checks.ts";
import { reportSignal } from "./monitor-incidents.ts";
import type { MonitorSignal, SignalOutcome } from "./monitor-signal.ts";
import {
	checkedOpening,
	type NewIncidentInput,
	openIncident,
} from "./open-incident.ts";
import { type PastIncident, recordPast } from "./past-incidents.ts";
import type { IncidentRow } from "./schema.ts";
import { SignalMemory } from "./signal-memory.ts";
import { UndoTokens } from "./undo-tokens.ts";

/** What incidents ask of the rest of the engine. */
export interface IncidentsPorts {
	readonly store: CommandStore;
	readonly clock: Clock;
	readonly random: Random;
	readonly notifier: Notifier;
	readonly log: Log;
	/** Tells live windows of a tenant; must not throw nor wait. */
	readonly publish: (tenantKey: number, change: LiveChange) => void;
	/** People of a tenant who can own an incident. */
	readonly owners: (tenantKey: number) => readonly Owner[];
	/** Drift results around an incident, newest first. */
	readonly linkedDrift: LinkedDrift;
	/** Whether the desktop shell shows a tenant's incidents. */
	readonly notifies: (tenantKey: number) => boolean;
	/** Keeps a durable feed of changes; a throw takes the change back. */
	readonly record: RecordFeedChange;
}

export interface ActAnswer {
	readonly changed: IncidentSummary[];
	readonly refused: { id: string; reason: string }[];
}

/**
 * Everything that can be done with incidents. Reads take what somebody is shown,
 * writes the principal who asks; an incident that they are not shown is NOT_FOUND. Every
 * write is one transaction and joins one that is open. Writes throw FORBIDDEN for who only
 * reads in the incident's project, CONFLICT where that is not active, READ_ONLY on a database
 * of a newer Tocsin, STORAGE_FULL or STORAGE_FAILED when the disk refuses.
 */
export class IncidentsService extends IncidentReads {
	readonly #ports: IncidentsPorts;
	readonly #changes: IncidentChanges;
	readonly #memory: SignalMemory;
	readonly #undo: UndoTokens;

	constructor(ports: IncidentsPorts) {
		super(ports.store, ports.linkedDrift);
		this.#ports = Object.freeze({ ...ports });
		const { store, clock, random, record } = ports;
		this.#changes = new IncidentChanges({
			store,
			clock,
			random,
			record,
			announcements: new Announcements({
				notifier: ports.notifier,
				log: ports.log,
				publish: ports.publish,
				notifies: ports.notifies,
				countOpen: (tenantKey) =>
					this.repository.countOpen(Sight.ofTenant(tenantKey)),
			}),
		});
		this.#memory = new SignalMemory(ports.store);
		this.#undo = new UndoTokens(ports.clock, ports.random);
	}

	owners(tenantKey: number): readonly Owner[] {
		return this.#ports.owners(tenantKey);
	}

	/** As `open`, answered for the war room. */
	create(by: Principal<"engineer">, input: NewIncidentInput): IncidentDetail {
		return this.detail(by.sight, this.#open(by, input));
	}

	/**
	 * Opens an incident by hand or by API. Where an open one for the same model and severity
	 * exists, the attempt becomes a `signal` in its timeline and is committed, and DUPLICATE
	 * is thrown with its `id` and `number`; call it outside a unit of work, or the throw
	 * takes that event back too.
	 */
	open(by: Principal<"engineer">, input: NewIncidentInput): IncidentEntry {
		return toEntry(this.#open(by, input));
	}

	#open(by: Principal<"engineer">, input: NewIncidentInput): IncidentRow {
		by.requireChange(input.projectId ?? null);
		const fields = checkedOpening(
			by,
			input,
			this.#assignment(by, input.assignedTo),
		);
		const ports = { changes: this.#changes, repository: this.repository };
		const { row, isNew } = this.#write(() =>
			openIncident(ports, by, input, {
				id: this.#ports.random.uuid(),
				fields,
			}),
		);
		if (isNew) return row;
		throw new EngineError(
			"DUPLICATE",
			`#${row.number} is open for this model and severity.`,
			{ id: row.id, number: row.number },
		);
	}

	/**
	 * Applies one verb to many incidents in one transaction; each is taken or refused by
	 * itself. One that is so already is in neither list, unless there is a note to add.
	 * Throws INVALID for an owner who does not exist.
	 */
	act(
		by: Principal<"engineer">,
		ids: readonly string[],
		verb: IncidentVerb,
		note?: string,
	): ActAnswer & { undoToken: string | null } {
		const resolved = this.#resolve(by.tenant.key, verb);
		const words = trimmedNote(note);
		const changes: { before: IncidentRow; after: IncidentRow }[] = [];
		const refused: ActAnswer["refused"] = [];
		this.#write(() => {
			for (const id of new Set(ids)) {
				try {
					const before = this.#changeable(by, id);
					const after = applyVerb(this.#changes, before, resolved, by, words);
					if (after !== null) changes.push({ before, after });
				} catch (error) {
					// Thrown before anything of this incident was written.
					refused.push({ id, reason: refusalOf(error) });
				}
			}
		});
		const undoable = changes.filter(
			({ before, after }) => before.decided_version !== after.decided_version,
		);
		return {
			changed: changes.map(({ after }) => toSummary(after)),
			refused,
			undoToken:
				undoable.length === 0
					? null
					: this.#undo.issue({
							tenantKey: by.tenant.key,
							actorId: by.actor.id,
							changes: undoable,
						}),
		};
	}

	/** One verb on one incident, for the APIs. Throws NOT_FOUND, and CONFLICT with `from` and the states it could move `to`. */
	actOn(
		by: Principal<"engineer">,
		id: string,
		verb: IncidentVerb,
		options: { note?: string; severityWord?: string } = {},
	): IncidentEntry {
		const resolved = this.#resolve(
			by.tenant.key,
			verb,
			options.severityWord ?? null,
		);
		const note = trimmedNote(options.note);
		return this.#write(() => {
			const before = this.#changeable(by, id);
			return toEntry(
				applyVerb(this.#changes, before, resolved, by, note) ?? before,
			);
		});
	}

	/**
	 * Changes any of an incident's parts, all or none, with one event for each that changes
	 * something. Throws NOT_FOUND, INVALID naming the field, and CONFLICT as `actOn` does.
	 */
	edit(
		by: Principal<"engineer">,
		id: string,
		edit: IncidentEdit,
		options: EditOptions = {},
	): IncidentEntry {
		const given = {
			by,
			fields: editedFields(edit, options),
			assignment: this.#assignment(by, edit.assignedTo),
			note: trimmedNote(options.note),
			ifVersion: options.ifVersion,
		};
		return this.#write(() => {
			const before = this.#changeable(by, id);
			return toEntry(applyEdit(this.#changes, before, edit, given));
		});
	}

	/** Adds an event that changes nothing of the incident. Throws NOT_FOUND, INVALID naming the field. */
	append(
		by: Principal<"engineer">,
		id: string,
		appended: AppendedEvent,
	): TimelineEvent {
		return this.#append(by, this.#changeable(by, id), appended);
	}

	/**
	 * The same for what Tocsin tells of in somebody's name, such as how what they began ended:
	 * it is told whatever they may by then. Throws NOT_FOUND.
	 */
	record(
		by: Principal<"engineer">,
		id: string,
		appended: AppendedEvent,
	): TimelineEvent {
		const whole = Sight.ofTenant(by.tenant.key);
		return this.#append(by, this.existing(whole, id), appended);
	}

	#append(
		by: Principal<"engineer">,
		before: IncidentRow,
		appended: AppendedEvent,
	): TimelineEvent {
		const event = appendedEvent(by, appended);
		return this.#write(() => {
			const applied = this.#changes.apply({ before, set: {}, event });
			return toTimelineEvent(must(applied.event, "an event was given"));
		});
	}

	/** Puts back what one `act` changed, as new events. Throws GONE after a minute, a second time, or for somebody else's token. */
	undo(by: Principal<"engineer">, token: string): ActAnswer {
		this.#requireWritable();
		const undoable = this.#undo.spend(token, by.tenant.key, by.actor.id);
		if (undoable === undefined) {
			throw new EngineError("GONE", "It is too late to undo this.");
		}
		return this.#write(() => {
			const changed: IncidentSummary[] = [];
			const refused: ActAnswer["refused"] = [];
			for (const change of undoable.changes) {
				const { id } = change.before;
				try {
					const now = this.#changeable(by, id);
					const reason = undoFault(this.repository, now, change);
					if (reason !== null) {
						refused.push({ id, reason });
						continue;
					}
					const restored = restore(this.#changes, now, change.before, by);
					if (restored !== null) changed.push(toSummary(restored));
				} catch (error) {
					refused.push({ id, reason: refusalOf(error) });
				}
			}
			return { changed, refused };
		});
	}

	/** Adds a note that happened now or at `occurredAt`. Throws NOT_FOUND; INVALID for a time to come. */
	addNote(
		by: Principal<"engineer">,
		id: string,
		text: string,
		occurredAt?: number,
	): TimelineEvent {
		const words = text.trim();
		if (words === "") throw invalid("text", "A note must not be empty.");
		checkText("text", words);
		return this.#write(() => {
			const before = this.#changeable(by, id);
			const recordedAt = this.#changes.recordingTime(before);
			if (occurredAt !== undefined && !(occurredAt <= recordedAt)) {
				throw invalid(
					"occurredAt",
					"A note cannot be of something yet to come.",
				);
			}
			const { event } = this.#changes.apply({
				before,
				set: {},
				event: noteEvent(by, words, occurredAt),
				recordedAt,
			});
			return toTimelineEvent(must(event, "a note is an event"));
		});
	}

	/** What an assessment found; see MonitorIncidents for what becomes of it. */
	reportSignal(
		tenant: TenantRef,
		signal: MonitorSignal,
	): { outcome: SignalOutcome; incident: IncidentSummary | null } {
		checkText("text", signal.text);
		if (signal.value !== null && !Number.isFinite(signal.value)) {
			throw invalid("value", "A signal's value must be a finite number.");
		}
		const { outcome, incident } = this.#write(() =>
			reportSignal(
				{
					changes: this.#changes,
					repository: this.repository,
					memory: this.#memory,
				},
				tenant,
				{ ...signal, title: shortTitle(signal.title) },
				this.#ports.clock.now(),
			),
		);
		return { outcome, incident: incident && toSummary(incident) };
	}

	/** Records an incident that is over, with its whole timeline; answers the one that is there when `past.key` was recorded before. */
	recordPast(tenant: TenantRef, past: PastIncident): IncidentEntry {
		return toEntry(
			this.#write(() =>
				recordPast(this.#changes, this.repository, tenant, past),
			),
		);
	}

	#resolve(tenantKey: number, verb: IncidentVerb, word: string | null = null) {
		if (verb.kind !== "assign" || verb.ownerId === null) {
			return { verb, owner: null, severityWord: word };
		}
		const owner = this.#ports
			.owners(tenantKey)
			.find((candidate) => candidate.id === verb.ownerId);
		if (owner === undefined) {
			throw invalid("ownerId", "Nobody here has that id.");
		}
		return { verb, owner, severityWord: word };
	}

	#assignment(
		by: Principal<"engineer">,
		words: string | null | undefined,
	): Assignment | null {
		return words === undefined
			? null
			: assignmentTo(words, () => this.#ports.owners(by.tenant.key));
	}

	/** One that is seen and may be changed. Throws NOT_FOUND, FORBIDDEN and CONFLICT. */
	#changeable(by: Principal<"engineer">, id: string): IncidentRow {
		const row = this.existing(by.sight, id);
		by.requireChange(row.project_id);
		return row;
	}

	#requireWritable(): void {
		if (this.#ports.store.readOnly) throw new EngineError("READ_ONLY");
	}

	#write<Result>(work: () => Result): Result {
		this.#requireWritable();
		try {
			return this.#ports.store.work.run(work);
		} catch (error) {
			throw asEngineError(error);
		}
	}
}

/** Why one incident is refused; throws what is not of one alone. */
function refusalOf(error: unknown): string {
	if (!(error instanceof EngineError)) throw error;
	switch (error.code) {
		case "NOT_FOUND":
			return "No such incident.";
		case "FORBIDDEN":
		case "CONFLICT":
			return error.message;
		default:
			throw error;
	}
}
