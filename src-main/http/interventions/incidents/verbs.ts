import type { IncidentEntry } from "../../../engine/incidents/index.ts";
import { Refusal } from "../error-format.ts";
import { type Status, statuses } from "../words.ts";

/** The moves of the document and the states that each starts from; the engine's lifecycle allows all of these, and more. */
const verbs = {
	acknowledge: { from: ["open"], to: "acknowledged" },
	mitigate: { from: ["open", "acknowledged"], to: "mitigated" },
	resolve: { from: ["acknowledged", "mitigated"], to: "resolved" },
	close: { from: ["mitigated", "resolved"], to: "closed" },
} as const satisfies Record<
	string,
	{ from: readonly Status[]; to: Exclude<Status, "open"> }
>;

export type Verb = keyof typeof verbs;

/** The state that a verb leads to. Throws a Refusal with 400 that names the states, also for an incident that is there already. */
export function stateAfter(
	verb: Verb,
	entry: IncidentEntry,
): Exclude<Status, "open"> {
	const { from, to } = verbs[verb];
	const status = statuses.of(entry.state);
	if (from.some((allowed) => allowed === status)) return to;
	const ways = Object.values(verbs)
		.filter((each) => each.from.some((allowed) => allowed === status))
		.map((each) => each.to);
	const where =
		ways.length === 0
			? `${status} is final`
			: `from ${status} it can become ${ways.join(" or ")}`;
	throw new Refusal(
		400,
		status === to
			? `Invalid status transition: the incident is ${status} already.`
			: `Invalid status transition: the incident is ${status} and cannot become ${to}; ${where}.`,
		{ from: status, to, allowed: ways },
	);
}
