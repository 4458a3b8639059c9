import { notActive } from "../../../../src-shared/domain/access/need.ts";
import { type Role, roleAtLeast } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import type { Place } from "./place.ts";
import type { Sight } from "./sight.ts";

/** A tenant as the engine's modules pass it on: the integer key filters every query, the uuid is for people. */
export interface TenantRef {
	readonly key: number;
	readonly id: string;
	readonly name: string;
}

/** Who did something; stored with every timeline event. */
export interface Actor {
	/** `api` is a program, `monitor` Tocsin itself. */
	readonly kind: "person" | "monitor" | "api";
	/** The user's or API key's id; null for Tocsin itself. */
	readonly id: string | null;
	readonly name: string;
}

/** The roles that may do what `Least` may do. */
export type AtLeast<Least extends Role> = {
	owner: "owner";
	admin: "owner" | "admin";
	engineer: "owner" | "admin" | "engineer";
	viewer: Role;
}[Least];

/** What is known of who asks; proved by a credential, never taken from a request. */
export interface PrincipalFacts {
	readonly tenant: TenantRef;
	readonly actor: Actor;
	/** In the tenant. */
	readonly role: Role;
	/** The desktop's own window and the command line on this machine. */
	readonly isLocalOwner: boolean;
	/** Every project of the tenant. Null for Tocsin itself, which may in all of them. */
	readonly places: (() => readonly Place[]) | null;
}

/**
 * Somebody who acts, with what they may at least do: a `Principal<"admin">` is wanted where
 * an admin is, and an owner is one too. There are two kinds, `Member` of a tenant and
 * `InProject`; nothing but identity makes either, and neither can be spread, copied with
 * another role, or written as a literal.
 */
export type Principal<Least extends Role = "viewer"> = PrincipalAs<
	AtLeast<Least>
>;

/** A `Principal` by the roles that it may have: those of fewer roles are a subtype. */
export abstract class PrincipalAs<Roles extends Role> {
	readonly #facts: PrincipalFacts;
	readonly #role: Roles;

	protected constructor(facts: PrincipalFacts, role: Roles) {
		this.#facts = facts;
		this.#role = role;
	}

	get tenant(): TenantRef {
		return this.#facts.tenant;
	}

	get actor(): Actor {
		return this.#facts.actor;
	}

	/** What they act as: in the tenant, or in the project. */
	get role(): Roles {
		return this.#role;
	}

	/** The desktop's own window and the command line on this machine. */
	get isLocalOwner(): boolean {
		return this.#facts.isLocalOwner;
	}

	/** What they are shown. */
	abstract get sight(): Sight;

	protected get facts(): PrincipalFacts {
		return this.#facts;
	}

	/** The id of a person; null for a program and for Tocsin itself. */
	get personId(): string | null {
		const { kind, id } = this.actor;
		return kind === "person" ? id : null;
	}

	/** For what only a stronger role may do to what is not one's own. @throws FORBIDDEN */
	requireRole(role: Role): void {
		roleFor(this.#role, role);
	}

	/**
	 * Asks whether they may change what is in a project; null is the tenant's first.
	 * @throws NOT_FOUND for no project of the tenant, FORBIDDEN below an engineer there, CONFLICT in one that is not active.
	 */
	requireChange(projectId: string | null): void {
		const places = this.#facts.places?.();
		if (places === undefined) return;
		const place = places.find(({ id, isFirst }) =>
			projectId === null ? isFirst : id === projectId,
		);
		if (place === undefined) {
			throw new EngineError("NOT_FOUND", "No such project.");
		}
		roleFor(place.role ?? "viewer", "engineer");
		if (!place.isActive) throw new EngineError("CONFLICT", notActive);
	}
}

/** @throws FORBIDDEN for a role that is too weak. */
export function roleFor<Least extends Role>(
	role: Role,
	least: Least,
): AtLeast<Least> {
	if (!isAtLeast(role, least)) throw tooWeak(role, least);
	return role;
}

export function isAtLeast<Least extends Role>(
	role: Role,
	least: Least,
): role is AtLeast<Least> {
	return roleAtLeast(role, least);
}

function tooWeak(role: Role, needed: Role): EngineError {
	return new EngineError(
		"FORBIDDEN",
		needed === "owner"
			? `You are ${role}; this needs an owner.`
			: `You are ${role}; this needs the role ${needed} or more.`,
	);
}
