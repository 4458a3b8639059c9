import type {
	Actor,
	InProject,
	Member,
	Place,
	TenantRef,
} from "../../src-main/engine/identity/access/index.ts";
import { MemberAs } from "../../src-main/engine/identity/access/member.ts";
import { tocsinOf } from "../../src-main/engine/identity/access/tocsin.ts";
import type { Role } from "../../src-shared/domain/roles.ts";

/** The first project of a test's tenant. */
export const firstPlace: Place = {
	key: 1,
	id: "project-1",
	name: "Default",
	slug: "default",
	timezone: "UTC",
	isActive: true,
	isFirst: true,
	role: null,
};

/**
 * Somebody of a tenant, for modules that are tested without identity: in its first project
 * with the same role, or in the places that are given.
 */
export function testMember<Own extends Role>(
	tenant: TenantRef,
	role: Own,
	person: Partial<Actor> & {
		readonly isLocalOwner?: boolean;
		readonly places?: readonly Place[];
	} = {},
): Member<Own> {
	const { isLocalOwner = false, places, ...actor } = person;
	const own = places ?? [{ ...firstPlace, role }];
	return MemberAs.of(
		{
			tenant,
			actor: { kind: "person", id: "ana", name: "Ana", ...actor },
			role,
			isLocalOwner,
			places: () => own,
		},
		role,
	);
}

/** Somebody with a role in a project of a tenant that is known by its key. */
export function testInProject<Own extends Role = "owner">(
	tenantKey: number,
	projectId: string,
	role: Own = "owner" as Own,
	person: Partial<Actor> = {},
): InProject<Own> {
	const tenant = { key: tenantKey, id: `tenant-${tenantKey}`, name: "Zebra" };
	const place = {
		...firstPlace,
		id: projectId,
		isFirst: projectId === firstPlace.id,
		role,
	};
	return testMember(tenant, role, { ...person, places: [place] })
		.in(projectId)
		.needs(role);
}

/** Tocsin itself. */
export function testTocsin(tenant: TenantRef, name = "Tocsin") {
	return tocsinOf(tenant, name);
}
