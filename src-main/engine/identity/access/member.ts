import type { Role } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import { type InProject, InProjectAs } from "./in-project.ts";
import type { Place } from "./place.ts";
import {
	type AtLeast,
	isAtLeast,
	PrincipalAs,
	type PrincipalFacts,
	roleFor,
} from "./principal.ts";
import { Sight } from "./sight.ts";

/** A person, a program or Tocsin itself as a member of a tenant. */
export type Member<Least extends Role = "viewer"> = MemberAs<AtLeast<Least>>;

export class MemberAs<Roles extends Role> extends PrincipalAs<Roles> {
	/** Made by identity alone, from a credential that holds; the role is that of the facts. */
	private constructor(facts: PrincipalFacts, role: Roles) {
		super(facts, role);
	}

	/** @throws FORBIDDEN */
	static of<Least extends Role>(
		facts: PrincipalFacts,
		least: Least,
	): Member<Least> {
		return new MemberAs(facts, roleFor(facts.role, least));
	}

	/** Admins, programs and Tocsin see every project; anybody else those that they are in. */
	override get sight(): Sight {
		const { tenant, places, role, actor } = this.facts;
		return places === null ||
			actor.kind !== "person" ||
			isAtLeast(role, "admin")
			? Sight.ofTenant(tenant.key)
			: Sight.ofPlaces(tenant.key, places());
	}

	/** The same, where a role is needed. @throws FORBIDDEN */
	needs<Needed extends Role>(role: Needed): Member<Needed> {
		return MemberAs.of(this.facts, role);
	}

	/** Every project that they may look into, oldest first. */
	get projects(): Place[] {
		return (this.facts.places?.() ?? []).filter(({ role }) => role !== null);
	}

	/**
	 * The same in a project: the one check of who is in it.
	 * @throws NOT_FOUND for another tenant's, as for one that nobody has; FORBIDDEN for who is not in it.
	 */
	in(projectId: string): InProject {
		const place = this.facts.places?.().find(({ id }) => id === projectId);
		if (place === undefined) {
			throw new EngineError("NOT_FOUND", "No such project.");
		}
		if (place.role === null) {
			throw new EngineError(
				"FORBIDDEN",
				"You are not a member of this project; one of its admins can add you.",
			);
		}
		return InProjectAs.of(this.facts, { ...place, role: place.role }, "viewer");
	}
}
