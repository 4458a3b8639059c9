import type {
	ProjectSummary,
	Session,
} from "../../src-shared/contract/index.ts";
import { type Need, notActive } from "../../src-shared/domain/access/need.ts";
import { roleAtLeast } from "../../src-shared/domain/roles.ts";
import { roleWords } from "./role-words.ts";

type InTenant = Pick<Session, "role" | "tenant">;
type InProject = Pick<ProjectSummary, "role" | "name" | "isActive">;

/** Why somebody may not do what needs this, a line of `callNeeds`; null when they may. */
export function whyNot(
	need: Extract<Need, { of: "tenant" }>,
	who: InTenant,
): string | null;
export function whyNot(
	need: Extract<Need, { of: "project" }>,
	who: InProject,
): string | null;
export function whyNot(need: Need, who: InTenant | InProject): string | null {
	const { role, of } = need;
	if (!roleAtLeast(who.role, role)) {
		const place = "name" in who ? ` of ${who.name}` : "";
		const orMore = role === "owner" ? "" : " or more";
		return `You are ${roleWords[who.role].one}${place}; this needs the role ${role}${orMore}.`;
	}
	const changes =
		of === "project" && need.changes === "content" && role !== "viewer";
	return changes && "isActive" in who && !who.isActive ? notActive : null;
}
