import type { Member, Session } from "../../src-shared/contract/index.ts";
import { callNeeds } from "../../src-shared/domain/access/call-needs.ts";
import type { Need } from "../../src-shared/domain/access/need.ts";
import {
	type Role,
	roleAtLeast,
	roles,
} from "../../src-shared/domain/roles.ts";
import { roleWords } from "./role-words.ts";
import { whyNot } from "./why-not.ts";

/** The roles that somebody may give, where giving them needs this: their own and those below. */
export function roleChoices(need: Need, own: Role) {
	return roles
		.filter((role) => roleAtLeast(own, need.role) && roleAtLeast(own, role))
		.map((role) => ({ value: role, label: roleWords[role].name }));
}

/** Why a person's role and state cannot be changed here; null when they can. */
export function lockedReason(session: Session, member: Member): string | null {
	const reason = whyNot(callNeeds.users.setRole, session);
	if (reason !== null) return reason;
	if (member.id === session.user.id) return "Others change your role";
	if (!roleAtLeast(session.role, member.role)) return "Above your role";
	if (member.isLocalOwner) return "Owner of the machine";
	return null;
}

/** Whether somebody may give another person a new password. */
export function maySetPassword(session: Session, member: Member): boolean {
	return (
		roleAtLeast(session.role, "admin") &&
		member.id !== session.user.id &&
		roleAtLeast(session.role, member.role)
	);
}
