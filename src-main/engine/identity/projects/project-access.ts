import type { ProjectSummary } from "../../../../src-shared/contract/index.ts";
import { type Role, roleAtLeast } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import type { Principal } from "../principal.ts";
import type {
	MemberRow,
	ProjectRepository,
	ProjectRow,
} from "./project-repository.ts";

/** A project as the one who asks stands to it. */
export interface OpenProject {
	readonly row: ProjectRow;
	/** The role of the one who asks. */
	readonly role: Role;
	readonly members: readonly MemberRow[];
}

/**
 * Opens a project for what needs a role in it. Throws NOT_FOUND for another tenant's, as
 * for one that nobody has, and FORBIDDEN to who is not in it or may too little.
 */
export function openProject(
	rows: ProjectRepository,
	by: Principal,
	id: string,
	needed: Role,
): OpenProject {
	const row = rows.byId(by.tenant.key, id);
	if (row === null) throw new EngineError("NOT_FOUND", "No such project.");
	const members = rows.members(by.tenant.key, row.key);
	const role =
		by.actor.kind === "person"
			? members.find(({ user_id }) => user_id === by.actor.id)?.role
			: undefined;
	if (role === undefined) {
		throw new EngineError(
			"FORBIDDEN",
			"You are not a member of this project; one of its admins can add you.",
		);
	}
	if (!roleAtLeast(role, needed)) {
		throw new EngineError(
			"FORBIDDEN",
			`You are ${role} in this project; this needs ${needed === "owner" ? "an owner" : `the role ${needed} or more`}.`,
		);
	}
	return { row, role, members };
}

export function toProject(
	by: Principal,
	{ row, role, members }: OpenProject,
	isFirst: boolean,
): ProjectSummary {
	return {
		id: row.id,
		tenantId: by.tenant.id,
		name: row.name,
		slug: row.slug,
		description: row.description,
		timezone: row.timezone,
		isActive: row.is_active === 1,
		isFirst,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		memberCount: members.length,
		role,
	};
}
