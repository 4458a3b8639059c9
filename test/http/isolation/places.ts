import type { Member } from "../../../src-main/engine/identity/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import type { Role } from "../../../src-shared/domain/roles.ts";
import {
	type Credentials,
	inProject,
	marks,
	openProject,
	password,
	switchTo,
	type Tenant,
} from "./tenant.ts";
import type { World } from "./world.ts";

/** A person of the victim's tenant, and what they prove themselves with. */
export interface Asker {
	readonly who: string;
	/** Of the hidden project. */
	readonly isMember: boolean;
	principal(): Member;
	readonly held: Credentials;
}

/** Projects of the victim's tenant, and people of it who are not all in them. */
export interface Places {
	/** The tenant with its things in a project that not everybody is in. */
	readonly hidden: Tenant;
	/** The tenant with its things in another one. */
	readonly other: Tenant;
	/** An admin in the other one who is not in the hidden one. */
	readonly outsider: Asker;
	/** Those who may look into the hidden one and change nothing there, though they may elsewhere. */
	readonly lookers: readonly Asker[];
}

const hour = 3_600;

/** With a hidden project of its own, or with the tenant's first as the hidden one. */
export async function openPlaces(
	world: World,
	isFirstHidden: boolean,
): Promise<Places> {
	const { engine, victim } = world;
	const hidden = await openProject(engine, victim, marks.hidden);
	const other = await openProject(engine, victim, marks.other);
	if (isFirstHidden) {
		const first = { ...victim, mark: marks.hidden, word: hidden.word };
		const outsider = await addAsker(
			world,
			"somebody who is not in it",
			"viewer",
			[[other, "admin"]],
		);
		const { projects } = engine.identity;
		projects.removeMember(inProject(first, "owner"), idOf(outsider));
		return { hidden: first, other, outsider, lookers: [] };
	}
	return {
		hidden,
		other,
		outsider: await addAsker(world, "somebody who is not in it", "engineer", [
			[other, "admin"],
		]),
		lookers: [
			await addAsker(world, "a viewer of it", "engineer", [[hidden, "viewer"]]),
			await addAsker(world, "an admin who is not in it", "admin", []),
		],
	};
}

/** Switches a project off or on. */
export function setActive(
	{ engine }: World,
	tenant: Tenant,
	isActive: boolean,
): void {
	const by = tenant.principals.owner.in(tenant.projectId).governs("owner");
	engine.identity.projects.update(by, { isActive });
}

/** The person of a role who is in the project of a tenant's things. */
export function member(tenant: Tenant, role: Role): Asker {
	return {
		who: `the ${role} of it`,
		isMember: true,
		principal: () => tenant.principals[role],
		held: tenant.credentials[role],
	};
}

/** Adds a person to the tenant and to projects; their token is of the last, or of the tenant's first. */
async function addAsker(
	{ engine, victim }: World,
	who: string,
	role: Role,
	places: readonly (readonly [Tenant, Role])[],
): Promise<Asker> {
	const { identity } = engine;
	const { owner } = victim.principals;
	const email = `${who.replaceAll(" ", "-")}@${victim.word()}.example`;
	const name = victim.word();
	const { id } = await identity.addUser(owner, { email, name, password, role });
	let held: Credentials = {
		bearer: (await identity.login(email, password, hour)).accessToken,
		session: await identity.startSession(email, password),
	};
	for (const [place, as] of places) {
		identity.projects.addMember(inProject(place, "owner"), { email, role: as });
		held = await switchTo(engine, held, place.projectId);
	}
	return {
		who,
		isMember: places.some(([{ mark }]) => mark === marks.hidden),
		principal: () =>
			must(identity.principalOfUser(owner.tenant, id), "they are active"),
		held,
	};
}

function idOf(asker: Asker): string {
	return must(asker.principal().personId, "a person");
}
