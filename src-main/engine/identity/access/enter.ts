import type { Need } from "../../../../src-shared/domain/access/need.ts";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { Role } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import type { InProject } from "./in-project.ts";
import type { Member } from "./member.ts";

/** What stands behind the door for a line of the table. */
export type Granted<Line extends Need> = Line extends {
	of: "tenant";
	role: infer Needed extends Role;
}
	? Member<Needed>
	: Line extends { of: "project"; role: infer Needed extends Role }
		? InProject<Needed>
		: never;

/**
 * The door: who a member is once what a call or a route needs is asked for.
 * `projectId` is the project that the request names.
 * @throws FORBIDDEN; NOT_FOUND for a project that is not the tenant's; CONFLICT for a change in one that is not active.
 */
export function enter<Line extends Need>(
	member: Member,
	need: Line,
	projectId?: unknown,
): Granted<Line>;
export function enter(
	member: Member,
	need: Need,
	projectId?: unknown,
): Member | InProject {
	switch (need.of) {
		case "tenant":
			return member.needs(need.role);
		case "project": {
			if (typeof projectId !== "string") {
				throw new EngineError("NOT_FOUND", "No such project.");
			}
			const project = member.in(projectId);
			return need.changes === "itself"
				? project.governs(need.role)
				: project.needs(need.role);
		}
		default:
			return assertNever(need, "need");
	}
}
