import type { Member, Session } from "../../src-shared/contract/index.ts";
import {
	type Role,
	roleAtLeast,
	roles,
} from "../../src-shared/domain/roles.ts";

/** What each role is called, and what it may do. */
export const roleWords: Readonly<
	Record<
		Role,
		{ readonly name: string; readonly one: string; readonly may: string }
	>
> = {
	owner: {
		name: "Owner",
		one: "an owner",
		may: "Everything an admin may, and makes owners.",
	},
	admin: {
		name: "Admin",
		one: "an admin",
		may: "Approves playbooks, manages people, webhooks and rules.",
	},
	engineer: {
		name: "Engineer",
		one: "an engineer",
		may: "Works on incidents, runs playbooks, makes API keys.",
	},
	viewer: {
		name: "Viewer",
		one: "a viewer",
		may: "Reads everything, changes nothing.",
	},
};

/** True for those who change people, rules and webhooks. */
export function isManager(session: Session): boolean {
	return roleAtLeast(session.role, "admin");
}

/** The roles that somebody may give: their own and those below. */
export function givenRoles(session: Session): Role[] {
	return isManager(session)
		? roles.filter((role) => roleAtLeast(session.role, role))
		: [];
}

/** Why a person's role and state cannot be changed here; null when they can. */
export function lockedReason(session: Session, member: Member): string | null {
	if (!isManager(session)) return "Only an admin or an owner changes people";
	if (member.id === session.user.id) return "Others change your role";
	if (!roleAtLeast(session.role, member.role)) return "Above your role";
	if (member.isLocalOwner) return "Owner of the machine";
	return null;
}

/** Whether somebody may give another person a new password. */
export function maySetPassword(session: Session, member: Member): boolean {
	return (
		isManager(session) &&
		member.id !== session.user.id &&
		roleAtLeast(session.role, member.role)
	);
}
