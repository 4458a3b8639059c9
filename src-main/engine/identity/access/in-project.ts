import { notActive } from "../../../../src-shared/domain/access/need.ts";
import type { Role } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import { type Member, MemberAs } from "./member.ts";
import type { Place } from "./place.ts";
import {
	type AtLeast,
	PrincipalAs,
	type PrincipalFacts,
	roleFor,
} from "./principal.ts";
import { Sight } from "./sight.ts";

/** A place that somebody is in. */
export type OwnPlace = Place & { readonly role: Role };

/** A person or a program in a project, with their role in it. */
export type InProject<Least extends Role = "viewer"> = InProjectAs<
	AtLeast<Least>
>;

export class InProjectAs<Roles extends Role> extends PrincipalAs<Roles> {
	readonly #place: OwnPlace;

	private constructor(facts: PrincipalFacts, place: OwnPlace, role: Roles) {
		super(facts, role);
		this.#place = place;
	}

	/** Made by identity alone: `Member.in` is the way to one. @throws FORBIDDEN */
	static of<Least extends Role>(
		facts: PrincipalFacts,
		place: OwnPlace,
		least: Least,
	): InProject<Least> {
		return new InProjectAs(facts, place, roleFor(place.role, least));
	}

	get project(): OwnPlace {
		return this.#place;
	}

	get projectId(): string {
		return this.#place.id;
	}

	/** The same as a member of the tenant, with their role there. */
	get member(): Member {
		return MemberAs.of(this.facts, "viewer");
	}

	/** This project alone. */
	override get sight(): Sight {
		return Sight.ofPlaces(this.tenant.key, [this.#place]);
	}

	/**
	 * The same, where a role is needed to change something in the project.
	 * @throws FORBIDDEN, and CONFLICT for more than reading in a project that is not active.
	 */
	needs<Needed extends Role>(role: Needed): InProject<Needed> {
		const entered = this.governs(role);
		if (role !== "viewer" && !this.#place.isActive) {
			throw new EngineError("CONFLICT", notActive);
		}
		return entered;
	}

	/** The same, where the project itself is changed, which can be done to one that is not active. @throws FORBIDDEN */
	governs<Needed extends Role>(role: Needed): InProject<Needed> {
		return InProjectAs.of(this.facts, this.#place, role);
	}
}
