/** Roles in a project, strongest first. */
export const roles = ["owner", "admin", "engineer", "viewer"] as const;
export type Role = (typeof roles)[number];

/** True when `role` may do what `needed` may do. */
export function roleAtLeast(role: Role, needed: Role): boolean {
	return roles.indexOf(role) <= roles.indexOf(needed);
}
