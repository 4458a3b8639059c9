import type { AlertVerb } from "../../../../src-shared/contract/index.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { Principal } from "../../identity/access/index.ts";
import type { Clock, Random } from "../../ports.ts";
import type { AlertRow } from "../monitoring-schema.ts";
import type { TakeBack } from "./alert-change.ts";

/** What people decide of an alert. */
export type Triage = Pick<
	AlertRow,
	"triage" | "duplicate_of_id" | "snoozed_until"
>;

/** What a verb makes of an alert, or why it cannot be. */
export function triaged(row: AlertRow, verb: AlertVerb): Triage | string {
	const wanted = decided(row, verb);
	if (typeof wanted === "string") return wanted;
	const isSame =
		wanted.triage === row.triage &&
		wanted.duplicate_of_id === row.duplicate_of_id &&
		wanted.snoozed_until === row.snoozed_until;
	return isSame ? "It is so already." : wanted;
}

function decided(row: AlertRow, verb: AlertVerb): Triage | string {
	const plain = { duplicate_of_id: null, snoozed_until: null };
	switch (verb.kind) {
		case "accept":
			return { ...plain, triage: "accepted" };
		case "decline":
			return { ...plain, triage: "declined" };
		case "duplicate":
			return verb.ofId === row.id
				? "An alert is no duplicate of itself."
				: { ...plain, triage: "duplicate", duplicate_of_id: verb.ofId };
		case "snooze":
			return { ...plain, triage: "new", snoozed_until: verb.until };
		default:
			return assertNever(verb, "alert verb");
	}
}

export interface Undoable {
	readonly before: AlertRow;
	readonly after: Triage;
}

/** What was decided together. */
export interface Decision {
	readonly projectId: string;
	readonly undoable: readonly Undoable[];
	/** Takes back what came of it; null where nothing did. */
	readonly takeBack: TakeBack | null;
}

interface Kept {
	readonly tenantKey: number;
	readonly actorId: string | null;
	readonly decision: Decision;
	readonly until: number;
}

const lifeMillis = 60_000;
const mostKept = 200;

/** What was decided and can still be put back: kept in memory for a minute, spent once, by who did it. */
export class TriageUndo {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #kept = new Map<string, Kept>();

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	issue(by: Principal, decision: Decision): string {
		const now = this.#clock.monotonic();
		for (const [token, { until }] of this.#kept) {
			if (until > now && this.#kept.size < mostKept) break;
			this.#kept.delete(token);
		}
		const token = this.#random.uuid();
		this.#kept.set(token, {
			tenantKey: by.tenant.key,
			actorId: by.actor.id,
			decision,
			until: now + lifeMillis,
		});
		return token;
	}

	/** Null for a token that is unknown, spent, too old or somebody else's. */
	spend(by: Principal, token: string): Decision | null {
		const kept = this.#kept.get(token);
		if (
			kept === undefined ||
			kept.tenantKey !== by.tenant.key ||
			kept.actorId !== by.actor.id
		) {
			return null;
		}
		this.#kept.delete(token);
		return kept.until > this.#clock.monotonic() ? kept.decision : null;
	}
}
