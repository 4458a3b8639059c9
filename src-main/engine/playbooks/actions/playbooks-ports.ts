import type { LiveChange } from "../../../../src-shared/contract/index.ts";
import type { FeedEvent } from "../../feed/index.ts";
import type {
	Member,
	Principal,
	Sight,
	TenantRef,
} from "../../identity/access/index.ts";
import type { Outbound } from "../../outbound/index.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { CommandStore, Transaction } from "../../store/index.ts";
import type { JsonValue, PlaybookCatalogue } from "../definition.ts";

/** What playbooks need to know of an incident. */
export interface PlaybookIncident {
	readonly id: string;
	readonly number: number;
	readonly title: string;
	readonly kind: string | null;
	readonly key: string | null;
	/** Null for the tenant's first. */
	readonly projectId: string | null;
	/** Ids of the playbooks it suggests. */
	readonly playbooks: readonly string[];
}

/** What playbooks ask of the rest of the engine. */
export interface PlaybooksPorts {
	readonly store: CommandStore;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	readonly catalogue: PlaybookCatalogue;
	readonly outbound: Pick<Outbound, "request">;
	/** Absolute. Where a command runs that names no folder of its own; made when it is needed. */
	readonly workFolder: string;
	/** An incident that is in sight. Throws NOT_FOUND. */
	readonly incident: (sight: Sight, id: string) => PlaybookIncident;
	/** Adds an event of the kind "action" to an incident's timeline, within the transaction that is open. */
	readonly recordEvent: (
		by: Principal<"engineer">,
		incidentId: string,
		event: { text: string; data: { readonly [key: string]: JsonValue } },
	) => void;
	readonly appendFeed: (
		transaction: Transaction,
		tenantKey: number,
		event: FeedEvent,
	) => void;
	/** Tells live windows of a tenant; must not throw nor wait. */
	readonly publish: (tenantKey: number, change: LiveChange) => void;
	/** A person as they are now; null for one who is turned off, gone or of another tenant. */
	readonly personNow: (tenant: TenantRef, userId: string) => Principal | null;
	/** The person who made an API key; null when that is not known. */
	readonly makerOfKey: (tenant: TenantRef, keyId: string) => string | null;
	/** Whether who runs a playbook may not approve it. */
	readonly isFourEyes: (tenantKey: number) => boolean;
	/** Tocsin itself. */
	readonly tocsin: (tenantKey: number) => Member<"engineer">;
	/** By its integer key, for what no request asked for. */
	readonly tenant: (tenantKey: number) => TenantRef | null;
}
