import type { Role } from "../../../src-shared/domain/roles.ts";
import { marks, type Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** Ids by name; a stranger guesses all of them. */
export type Ids = Readonly<Record<string, string | number>>;

export const noIds: Ids = {};

export interface HttpRequest {
	/** For the `:names` of the route's pattern. */
	readonly params?: Readonly<Record<string, string | number>>;
	readonly query?: Readonly<Record<string, string | number>>;
	/** Sent as JSON. */
	readonly json?: unknown;
	readonly text?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** One valid request to a route. */
export interface RouteCase {
	/** What is tried; for a route with several cases. */
	readonly name?: string;
	/** The weakest role that may, where the route's line is not all that is needed: what is another person's. */
	readonly acting?: Role;
	/** Something of a tenant, made for this one request; a list shows it or not. */
	readonly subject?: (tenant: Tenant, world: World) => Promise<Ids> | Ids;
	/** Something of whoever sends the request, made for it. */
	readonly own?: (tenant: Tenant, world: World) => Promise<Ids> | Ids;
	/** What the stranger does first with the ids that they guess: makes a namesake of the victim's thing. */
	readonly first?: (ids: Ids, sender: Tenant, world: World) => Promise<void>;
	readonly request?: (ids: Ids, own: Ids, sender: Tenant) => HttpRequest;
	/** What the tenant's own person is answered. */
	readonly status: number;
	/** The answer goes on without end: only its beginning is read. */
	readonly isStream?: boolean;
	/** The request ends the credential it came with. */
	readonly endsCredential?: boolean;
}

/** `METHOD /pattern` of a listener's route, and the cases that try it. */
export type RouteCases = Readonly<Record<string, readonly RouteCase[]>>;

/** Ids of the same kinds that nobody ever had. */
export function unknownIds(ids: Ids): Ids {
	return Object.fromEntries(
		Object.entries(ids).map(([name, value]) => [name, unknownLike(value)]),
	);
}

let unknowns = 0;

function unknownLike(value: string | number): string | number {
	unknowns++;
	if (typeof value === "number") return 900_000_000 + unknowns;
	if (/^[0-9a-f]{8}-/.test(value)) {
		return `00000000-0000-4000-8000-${String(unknowns).padStart(12, "0")}`;
	}
	return value.includes("@")
		? `nobody-${unknowns}@nowhere.example`
		: `never-${unknowns}`;
}

/** A text with ids put by their names. */
export function nameIds(text: string, ids: Ids, prefix = ""): string {
	const named = Object.entries(ids).toSorted(
		([, one], [, other]) => String(other).length - String(one).length,
	);
	return named.reduce(
		(rest, [name, value]) =>
			typeof value === "number"
				? rest.replaceAll(
						new RegExp(`(?<![\\w.-])${value}(?![\\w-])`, "g"),
						`<${prefix}${name}>`,
					)
				: rest.replaceAll(value, `<${prefix}${name}>`),
		text.replaceAll(isoTime, "<time>"),
	);
}

const isoTime = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g;

const ownWord = new RegExp(
	`\\b(?:${Object.values(marks).join("|")})-\\d+`,
	"g",
);

/**
 * An answer's text with everything replaced that differs between two answers which say the
 * same. Positions in a log that all tenants share are among it: they tell how much was
 * written, not by whom or what.
 */
export function normal(text: string, ids: Ids): string {
	return nameIds(text, ids)
		.replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, "<uuid>")
		.replaceAll(/(?:eyJ|sk_live_|et_|wt_|whsec_)[\w.+/=-]+/g, "<secret>")
		.replaceAll(
			/"(id|number|version|sequence|watermark|\w+_id|\w+Number)":\d+/g,
			'"$1":<number>',
		)
		.replaceAll(/\/(incidents|actions)\/\d+/g, "/$1/<number>")
		.replaceAll(ownWord, "<word>")
		.replaceAll(/(?<!\d\.)\b\d{10,}\b/g, "<number>")
		.replaceAll(/\b[0-9a-f]{64}\b/g, "<hash>");
}
