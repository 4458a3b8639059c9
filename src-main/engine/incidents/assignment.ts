import { shownAssignee } from "./incident-record.ts";
import { checkIdentifier, invalid } from "./input-checks.ts";
import type { IncidentFields, IncidentRow } from "./schema.ts";

/** A person who can own an incident. */
export interface Owner {
	readonly id: string;
	readonly name: string;
	readonly email: string;
}

/** Whom an incident is given to. */
export interface Assignment {
	/** Null for nobody, and for a name that is nobody's here. */
	readonly owner: Owner | null;
	/** The words an API named them by; null for nobody; absent when a person was chosen in the war room. */
	readonly words?: string | null;
}

/**
 * The person that an API's words name: by email, then id, then full name where only one
 * has it, whatever the case. The words are kept though they name nobody: an API may
 * assign to a team or a rota that Tocsin does not know. Throws INVALID.
 */
export function assignmentTo(
	words: string | null,
	owners: () => readonly Owner[],
): Assignment {
	if (words === null) return { owner: null, words };
	checkIdentifier("assignedTo", words);
	if (words.trim() === "") {
		throw invalid("assignedTo", "assignedTo must not be blank");
	}
	return { owner: ownerNamed(words.trim().toLowerCase(), owners()), words };
}

/** The columns of an assignment. */
export function assignmentFields({
	owner,
	words,
}: Assignment): Pick<
	IncidentFields,
	"owner_id" | "owner_name" | "assigned_to"
> {
	return {
		owner_id: owner?.id ?? null,
		owner_name: owner?.name ?? words ?? null,
		assigned_to: words ?? owner?.email ?? null,
	};
}

/** Whether the incident is assigned so already. */
export function isAssigned(before: IncidentRow, to: Assignment): boolean {
	const { owner_id, owner_name } = assignmentFields(to);
	if (before.owner_id !== owner_id) return false;
	if (owner_id === null && before.owner_name !== owner_name) return false;
	return to.words === undefined || to.words === shownAssignee(before);
}

function ownerNamed(word: string, owners: readonly Owner[]): Owner | null {
	const by = (text: (owner: Owner) => string) =>
		owners.filter((owner) => text(owner).toLowerCase() === word);
	const [known] = [...by((owner) => owner.email), ...by((owner) => owner.id)];
	if (known !== undefined) return known;
	const [named, ...others] = by((owner) => owner.name);
	return others.length === 0 ? (named ?? null) : null;
}
