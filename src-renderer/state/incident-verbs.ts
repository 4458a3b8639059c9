import type {
	IncidentSummary,
	IncidentVerb,
} from "../../src-shared/contract/index.ts";
import { assertNever } from "../../src-shared/domain/assert-never.ts";
import { canMove, isClosed } from "../../src-shared/domain/lifecycle.ts";
import { faultWords } from "../ground/faults.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";
import type { IncidentPatch, IncidentTable } from "./incident-table.ts";

const idsPerCall = 500;
/** The engine takes an undo for a minute. */
const undoWithin = 60_000;

export interface Refusal {
	readonly incident: IncidentSummary;
	readonly reason: string;
}

export interface VerbOutcome {
	/** Ids that were changed. */
	readonly changed: readonly string[];
	readonly refused: readonly Refusal[];
	/** Present when there is something to undo. */
	readonly undo: UndoEntry | null;
}

export interface UndoEntry {
	/** What was done, such as `2 incidents acknowledged`. */
	readonly label: string;
	readonly ids: readonly string[];
	readonly tokens: readonly string[];
	readonly at: number;
}

/**
 * Carries out verbs: shows the expected change at once, asks the engine, and puts back what it
 * refused. Keeps what can be undone.
 */
export class IncidentVerbs {
	readonly #connection: EngineConnection;
	readonly #table: IncidentTable;
	#undoable: UndoEntry[] = [];

	constructor(connection: EngineConnection, table: IncidentTable) {
		this.#connection = connection;
		this.#table = table;
	}

	/** What can be undone now, newest first. */
	undoable(): UndoEntry | undefined {
		const oldest = Date.now() - undoWithin;
		this.#undoable = this.#undoable.filter((each) => each.at > oldest);
		return this.#undoable.at(-1);
	}

	/**
	 * Applies a verb to incidents. The table shows the result before this resolves; `ownerName`
	 * belongs to an `assign`. Never rejects: what went wrong is in `refused`.
	 */
	async act(
		ids: readonly string[],
		verb: IncidentVerb,
		label: (count: number) => string,
		ownerName: string | null = null,
	): Promise<VerbOutcome> {
		const refused: Refusal[] = [];
		const changes = new Map<string, IncidentPatch>();
		for (const id of ids) {
			const incident = this.#table.get(id);
			if (incident === undefined) continue;
			const reason = whyUnmoved(incident, verb);
			if (reason !== null) refused.push({ incident, reason });
			else if (!isAlready(incident, verb)) {
				changes.set(id, expectedChange(incident, verb, ownerName));
			}
		}
		const changed: string[] = [];
		const tokens: string[] = [];
		const going = [...changes.keys()];
		const chunks: { ids: string[]; token: number }[] = [];
		for (let at = 0; at < going.length; at += idsPerCall) {
			const part = going.slice(at, at + idsPerCall);
			const patches = new Map(
				part.map((id): [string, IncidentPatch] => [id, changes.get(id) ?? {}]),
			);
			chunks.push({ ids: part, token: this.#table.expect(patches) });
		}
		for (const chunk of chunks) {
			try {
				const answer = await this.#connection.client.incidents.act({
					ids: chunk.ids,
					verb,
				});
				this.#table.settle(chunk.token, answer.changed);
				changed.push(...answer.changed.map((each) => each.id));
				refused.push(...this.#named(answer.refused));
				if (answer.undoToken !== null) tokens.push(answer.undoToken);
			} catch (error) {
				this.#table.settle(chunk.token, []);
				const reason = faultWords(error);
				refused.push(...this.#named(chunk.ids.map((id) => ({ id, reason }))));
			}
		}
		const undo =
			tokens.length === 0
				? null
				: {
						label: label(changed.length),
						ids: changed,
						tokens,
						at: Date.now(),
					};
		if (undo !== null) this.#undoable.push(undo);
		return { changed, refused, undo };
	}

	/** Puts back what one verb changed. Never rejects: what stayed is in `refused`. */
	async undo(entry: UndoEntry): Promise<VerbOutcome> {
		this.#undoable = this.#undoable.filter((each) => each !== entry);
		const changed: string[] = [];
		const refused: Refusal[] = [];
		for (const undoToken of entry.tokens) {
			try {
				const answer = await this.#connection.client.incidents.undo({
					undoToken,
				});
				this.#table.apply(answer.changed);
				changed.push(...answer.changed.map((each) => each.id));
				refused.push(...this.#named(answer.refused));
			} catch (error) {
				const reason = faultWords(error);
				refused.push(...this.#named(entry.ids.map((id) => ({ id, reason }))));
			}
		}
		return { changed, refused, undo: null };
	}

	#named(
		refused: readonly { readonly id: string; readonly reason: string }[],
	): Refusal[] {
		return refused.flatMap(({ id, reason }) => {
			const incident = this.#table.get(id);
			return incident === undefined ? [] : [{ incident, reason }];
		});
	}
}

function isAlready(incident: IncidentSummary, verb: IncidentVerb): boolean {
	switch (verb.kind) {
		case "move":
			return incident.state === verb.to;
		case "severity":
			return incident.severity === verb.severity;
		case "assign":
			return incident.ownerId === verb.ownerId;
		default:
			return assertNever(verb, "verb");
	}
}

function whyUnmoved(
	incident: IncidentSummary,
	verb: IncidentVerb,
): string | null {
	if (verb.kind !== "move" || incident.state === verb.to) return null;
	return canMove(incident.state, verb.to)
		? null
		: `It is ${incident.state} and cannot become ${verb.to}.`;
}

function expectedChange(
	incident: IncidentSummary,
	verb: IncidentVerb,
	ownerName: string | null,
): IncidentPatch {
	const updatedAt = Date.now();
	switch (verb.kind) {
		case "severity":
			return { severity: verb.severity, updatedAt };
		case "assign":
			return { ownerId: verb.ownerId, ownerName, updatedAt };
		case "move":
			return {
				state: verb.to,
				updatedAt,
				...(verb.to === "acknowledged" && { acknowledgedAt: updatedAt }),
				...(verb.to === "mitigated" && { mitigatedAt: updatedAt }),
				...(verb.to === "resolved" && { resolvedAt: updatedAt }),
				...(isClosed(verb.to) && {
					closedAt: incident.closedAt ?? updatedAt,
				}),
			};
		default:
			return assertNever(verb, "verb");
	}
}
