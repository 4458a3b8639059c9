import type {
	AlertSummary,
	AlertVerb,
	Placement,
} from "../../../src-shared/contract/index.ts";
import { faultWords } from "../../ground/faults.ts";
import type {
	EngineClient,
	EngineConnection,
} from "../../transport/connect-engine.ts";
import type { AlertList } from "./alert-list.ts";
import type { Order } from "./alert-order.ts";
import { doneWords, placedWords } from "./alert-words.ts";

const idsPerCall = 500;
/** The engine takes an undo for a minute. */
const undoWithin = 60_000;

export interface AlertRefusal {
	readonly name: string;
	readonly reason: string;
}

export interface AlertUndo {
	/** What was done, such as `2 alerts declined`. */
	readonly label: string;
	readonly tokens: readonly string[];
	/** Which call takes the tokens. */
	readonly kind: "act" | "place";
	readonly at: number;
	/** The list as it was, to put things back where they stood. */
	readonly list: AlertList | null;
	readonly earlier: Order;
}

export interface AlertOutcome {
	readonly changed: readonly AlertSummary[];
	readonly refused: readonly AlertRefusal[];
	/** Present when there is something to undo. */
	readonly undo: AlertUndo | null;
}

/** Carries out what people decide of alerts, and keeps what can be taken back. */
export class AlertActs {
	readonly #connection: EngineConnection;
	readonly #projectId: string;
	/** The list on the screen, which follows at once; null while there is none. */
	list: AlertList | null = null;
	#undoable: AlertUndo[] = [];

	constructor(connection: EngineConnection, projectId: string) {
		this.#connection = connection;
		this.#projectId = projectId;
	}

	/** What can be undone now, newest first. */
	undoable(): AlertUndo | undefined {
		const oldest = Date.now() - undoWithin;
		this.#undoable = this.#undoable.filter((each) => each.at > oldest);
		return this.#undoable.at(-1);
	}

	/** Never rejects: what went wrong is in `refused`. */
	act(ids: readonly string[], verb: AlertVerb): Promise<AlertOutcome> {
		const projectId = this.#projectId;
		return this.#carryOut(
			"act",
			ids,
			(client, part) => client.alerts.act({ projectId, ids: part, verb }),
			(names) => doneWords(verb, names),
		);
	}

	/** Puts alerts to an incident or takes them out of theirs; `number` is the incident's. Never rejects. */
	place(
		ids: readonly string[],
		to: Placement,
		number: number | null,
	): Promise<AlertOutcome> {
		const projectId = this.#projectId;
		return this.#carryOut(
			"place",
			ids,
			(client, part) => client.alertRules.place({ projectId, ids: part, to }),
			(names) => placedWords(to, number, names),
		);
	}

	async #carryOut(
		kind: AlertUndo["kind"],
		ids: readonly string[],
		ask: (
			client: EngineClient,
			part: string[],
		) => Promise<Awaited<ReturnType<EngineClient["alerts"]["act"]>>>,
		words: (names: readonly string[]) => string,
	): Promise<AlertOutcome> {
		const { list } = this;
		const earlier = list?.state.getState().order ?? [];
		const changed: AlertSummary[] = [];
		const refused: AlertRefusal[] = [];
		const tokens: string[] = [];
		for (let at = 0; at < ids.length; at += idsPerCall) {
			const part = ids.slice(at, at + idsPerCall);
			try {
				const answer = await ask(this.#connection.client, [...part]);
				changed.push(...answer.changed);
				refused.push(...answer.refused.map((each) => this.#named(each)));
				if (answer.undoToken !== null) tokens.push(answer.undoToken);
				list?.settleOwn(answer.changed);
			} catch (error) {
				const reason = faultWords(error);
				refused.push(...part.map((id) => this.#named({ id, reason })));
			}
		}
		if (tokens.length === 0) return { changed, refused, undo: null };
		const label = words(changed.map(({ name }) => name));
		const undo = { label, tokens, kind, at: Date.now(), list, earlier };
		this.#undoable.push(undo);
		return { changed, refused, undo };
	}

	/** Puts back what one verb changed. Never rejects. */
	async undo(entry: AlertUndo): Promise<AlertOutcome> {
		this.#undoable = this.#undoable.filter((each) => each !== entry);
		const changed: AlertSummary[] = [];
		const refused: AlertRefusal[] = [];
		for (const undoToken of entry.tokens) {
			try {
				const { alerts, alertRules } = this.#connection.client;
				changed.push(
					...(entry.kind === "act"
						? await alerts.undo({ undoToken })
						: await alertRules.undoPlace({ undoToken })),
				);
			} catch (error) {
				refused.push({ name: entry.label, reason: faultWords(error) });
			}
		}
		const { list } = this;
		if (list !== null && list === entry.list) {
			list.restore(changed, entry.earlier);
		} else {
			list?.take(changed);
			list?.reload();
		}
		return { changed, refused, undo: null };
	}

	#named(refused: { readonly id: string; readonly reason: string }) {
		return {
			name: this.list?.get(refused.id)?.name ?? "An alert",
			reason: refused.reason,
		};
	}
}
