import type {
	AlertSummary,
	AlertVerb,
} from "../../../src-shared/contract/index.ts";
import { faultWords } from "../../state/incident-verbs.ts";
import type { EngineConnection } from "../../transport/connect-engine.ts";
import type { AlertList } from "./alert-list.ts";
import type { Order } from "./alert-order.ts";
import { doneWords } from "./alert-words.ts";

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
	async act(ids: readonly string[], verb: AlertVerb): Promise<AlertOutcome> {
		const { list } = this;
		const earlier = list?.state.getState().order ?? [];
		const changed: AlertSummary[] = [];
		const refused: AlertRefusal[] = [];
		const tokens: string[] = [];
		for (let at = 0; at < ids.length; at += idsPerCall) {
			const part = ids.slice(at, at + idsPerCall);
			try {
				const answer = await this.#connection.client.alerts.act({
					projectId: this.#projectId,
					ids: [...part],
					verb,
				});
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
		const label = doneWords(
			verb,
			changed.map(({ name }) => name),
		);
		const undo = { label, tokens, at: Date.now(), list, earlier };
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
				changed.push(
					...(await this.#connection.client.alerts.undo({ undoToken })),
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
