import type { Clock, Random } from "../ports.ts";
import type { IncidentRow } from "./schema.ts";

export interface Undoable {
	readonly tenantKey: number;
	readonly actorId: string | null;
	readonly changes: readonly {
		readonly before: IncidentRow;
		readonly after: IncidentRow;
	}[];
}

const lifeMillis = 60_000;
const mostKept = 200;

/** What `act` changed and can still be put back: kept in memory for a minute, spent once. */
export class UndoTokens {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #kept = new Map<string, { what: Undoable; until: number }>();

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	issue(what: Undoable): string {
		const now = this.#clock.monotonic();
		for (const [token, { until }] of this.#kept) {
			if (until > now && this.#kept.size < mostKept) break;
			this.#kept.delete(token);
		}
		const token = this.#random.uuid();
		this.#kept.set(token, { what, until: now + lifeMillis });
		return token;
	}

	/** Takes the token out; undefined when it is unknown, spent, too old or somebody else's. */
	spend(
		token: string,
		tenantKey: number,
		actorId: string | null,
	): Undoable | undefined {
		const kept = this.#kept.get(token);
		if (
			kept === undefined ||
			kept.what.tenantKey !== tenantKey ||
			kept.what.actorId !== actorId
		) {
			return undefined;
		}
		this.#kept.delete(token);
		return kept.until > this.#clock.monotonic() ? kept.what : undefined;
	}
}
