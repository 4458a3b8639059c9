import type { Role } from "../../../../src-shared/domain/roles.ts";

/** A project of a tenant as one person or program stands to it. */
export interface Place {
	readonly key: number;
	readonly id: string;
	readonly name: string;
	readonly slug: string;
	/** An IANA name. */
	readonly timezone: string;
	/** What is in a project that is not active can be read, and nothing is added to it. */
	readonly isActive: boolean;
	/** The tenant's first: what names no project is in it. */
	readonly isFirst: boolean;
	/** Null for who is not in it and may not look into it either. */
	readonly role: Role | null;
}
