import type { Role } from "../../../src-shared/domain/roles.ts";

/** A tenant as the engine's modules pass it on: the integer key filters every query, the uuid is for people. */
export interface TenantRef {
	readonly key: number;
	readonly id: string;
	readonly name: string;
}

/** Who did something; stored with every timeline event. */
export interface Actor {
	readonly kind: "person" | "monitor" | "api";
	/** The user's or API key's id; null for the monitor. */
	readonly id: string | null;
	readonly name: string;
}

/** Who is asking. Comes from the credential only, never from the body of a request. */
export interface Principal {
	readonly tenant: TenantRef;
	readonly actor: Actor;
	readonly role: Role;
	/** The desktop's own window and the command line on this machine. */
	readonly isLocalOwner: boolean;
}
