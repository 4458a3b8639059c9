import { type Role, roleAtLeast } from "../../../../src-shared/domain/roles.ts";
import type { Actor } from "../../identity/access/index.ts";
import type { ApprovalRow } from "./action-schema.ts";

/** An approval that was not used within this time is over. */
export const approvalMillis = 60 * 60_000;

/** Everything that decides who may approve. */
export interface ApproverFacts {
	readonly actor: Actor;
	/** Their role now; null for somebody who is turned off, gone or of another tenant. */
	readonly role: Role | null;
	/**
	 * The people behind the run: who made the dry run, who executes it, and who made the API
	 * key that does.
	 */
	readonly runners: readonly (string | null)[];
	readonly isFourEyes: boolean;
}

/**
 * Why somebody may not approve; null when they may.
 *
 * | who | role | four eyes | may |
 * |---|---|---|---|
 * | an API key, the monitor | any | any | no: nobody stands behind it |
 * | a person, turned off or gone | - | any | no |
 * | a person | engineer, viewer | any | no |
 * | a person | admin, owner | off | yes, their own runs too |
 * | a person | admin, owner | on | yes, unless they are behind the run |
 */
export function approverFault(facts: ApproverFacts): string | null {
	const { actor, role, runners, isFourEyes } = facts;
	if (actor.kind !== "person" || actor.id === null) {
		return "A person approves; no program does.";
	}
	if (role === null) return `${actor.name} is not an active member here.`;
	if (!roleAtLeast(role, "admin")) {
		return `Only an admin or an owner approves; ${actor.name} is neither.`;
	}
	if (isFourEyes && runners.includes(actor.id)) {
		return "Somebody else than who runs it must approve it (four eyes).";
	}
	return null;
}

/** Why an approval cannot be used for what has this hash now; null when it can. */
export function approvalFault(
	approval: ApprovalRow,
	hash: string,
	now: number,
): {
	readonly code: "CONFLICT" | "FORBIDDEN";
	readonly message: string;
} | null {
	if (approval.used_at !== null) {
		return { code: "CONFLICT", message: "Its approval was used already." };
	}
	if (approval.withdrawn_at !== null) {
		return { code: "FORBIDDEN", message: "Its approval was taken back." };
	}
	if (approval.hash !== hash) {
		return {
			code: "CONFLICT",
			message:
				"What was approved is not what would run now; ask for a new approval.",
		};
	}
	if (now >= approval.expires_at) {
		return {
			code: "FORBIDDEN",
			message: `Its approval by ${approval.approver_name} expired; ask for a new one.`,
		};
	}
	return null;
}

/** It waits to be used; whether it still fits what would run is another question. */
export function isStanding(approval: ApprovalRow, now: number): boolean {
	return approvalFault(approval, approval.hash, now) === null;
}
