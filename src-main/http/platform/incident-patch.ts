import { canMove } from "../../../src-shared/domain/lifecycle.ts";
import { EngineError } from "../../engine/errors.ts";
import type {
	IncidentEdit,
	IncidentEntry,
} from "../../engine/incidents/index.ts";
import type { IncidentPatch } from "./incident-schemas.ts";
import { priorities, type Status, statuses } from "./incident-words.ts";

/**
 * What a patch means for an incident as it is now. A status or severity that it has in
 * this API's words already is left alone, so that `mitigated` does not go back to
 * `investigating` and a finer severity is not lost by writing back what was read.
 */
export function editOf(
	current: IncidentEntry,
	patch: IncidentPatch,
): IncidentEdit {
	const { status, severity, assigned_to, description, labels } = patch;
	return {
		...(status === undefined || status === statuses.of(current.state)
			? {}
			: { move: statuses.valueOf(status) }),
		...(severity === undefined || severity === priorities.of(current.severity)
			? {}
			: { severity: priorities.valueOf(severity), severityWord: severity }),
		...(assigned_to === undefined ? {} : { assignedTo: assigned_to }),
		...(description === undefined ? {} : { description }),
		...(labels === undefined ? {} : { labels }),
	};
}

/** The refusal of a move to `status`, naming this API's states in place of Tocsin's own. */
export function moveRefused(
	current: IncidentEntry,
	status: Status,
): EngineError {
	const from = statuses.of(current.state);
	const to = statuses.written.filter(
		(word) => word !== from && canMove(current.state, statuses.valueOf(word)),
	);
	const ways =
		to.length === 0
			? `${from} is final`
			: `from ${from} it can become ${to.join(" or ")}`;
	return new EngineError(
		"CONFLICT",
		`The incident is ${from} and cannot become ${status}: ${ways}.`,
		{ id: current.id, from, to },
	);
}
