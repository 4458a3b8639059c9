import {
	type IncidentState,
	incidentStates,
	stateRank,
} from "../../../src-shared/domain/lifecycle.ts";
import type { Actor } from "../identity/access/index.ts";
import type { IncidentFields, IncidentRow, StateStamps } from "./schema.ts";

/** The column that holds a state's time of entry. */
export function stampOf<State extends IncidentState>(
	state: State,
): `${State}_at` {
	return `${state}_at`;
}

export const noStamps: Readonly<StateStamps> = Object.freeze({
	detected_at: null,
	acknowledged_at: null,
	investigating_at: null,
	mitigated_at: null,
	resolved_at: null,
	closed_at: null,
	learned_at: null,
	inconclusive_at: null,
});

/**
 * What a move to `to` at `at` sets. A step back raises the epoch and takes back the times
 * of the states it leaves, so that no incident is open and has a time of resolution. The
 * first person to leave `detected` for work on it is who acknowledged it.
 */
export function moveFields(
	before: IncidentRow,
	to: IncidentState,
	at: number,
	actor: Actor,
): Partial<IncidentFields> {
	const isBack = stateRank(to) < stateRank(before.state);
	const fields: Partial<IncidentFields> = { state: to };
	if (isBack) {
		fields.epoch = before.epoch + 1;
		for (const state of incidentStates) {
			if (stateRank(state) > stateRank(to)) fields[stampOf(state)] = null;
		}
	}
	fields[stampOf(to)] = at;
	if (to === "detected") {
		fields.acknowledged_by_id = null;
		fields.acknowledged_by_name = null;
		fields.acknowledged_by_claim = null;
	} else if (
		before.state === "detected" &&
		stateRank(to) < stateRank("resolved") &&
		actor.kind !== "monitor"
	) {
		fields.acknowledged_by_id = actor.kind === "person" ? actor.id : null;
		fields.acknowledged_by_name = actor.name;
	}
	return fields;
}

const restorable = [
	"state",
	"severity",
	"severity_word",
	"severity_source",
	"owner_id",
	"owner_name",
	"assigned_to",
	"acknowledged_by_id",
	"acknowledged_by_name",
	"acknowledged_by_claim",
	...incidentStates.map(stampOf),
] as const;

/** What puts `prior` back in place of `now`: only what differs, and a higher epoch where that is a step back. */
export function restoreFields(
	now: IncidentRow,
	prior: IncidentRow,
): Partial<IncidentFields> {
	const fields: Partial<IncidentFields> = Object.fromEntries(
		restorable
			.filter((name) => now[name] !== prior[name])
			.map((name) => [name, prior[name]]),
	);
	if (stateRank(prior.state) < stateRank(now.state)) {
		fields.epoch = now.epoch + 1;
	}
	return fields;
}
