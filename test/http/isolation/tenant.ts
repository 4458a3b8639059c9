import type { Engine } from "../../../src-main/engine/engine.ts";
import type {
	InProject,
	Member,
} from "../../../src-main/engine/identity/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";

/** What a request can prove who it is with, for each kind of route. */
export interface Credentials {
	/** API A's, B's, D's and E's access token. */
	readonly bearer: string;
	/** The cookie of the war room in a browser. */
	readonly session: string;
}

/** A person of each role, as they are now. */
export type Principals = { readonly [Own in Role]: Member<Own> };

/** One seeded tenant: its people, and what they prove themselves with. */
export interface Tenant {
	/** A word in every text of the tenant, and in nobody else's. */
	readonly mark: string;
	readonly key: number;
	readonly id: string;
	/** The project in which its things are made. */
	readonly projectId: string;
	/** The same as an incident names it: null for the tenant's first. */
	readonly named: string | null;
	readonly principals: Principals;
	readonly emails: Readonly<Record<Role, string>>;
	readonly credentials: Readonly<Record<Role, Credentials>>;
	readonly apiKey: string;
	/** Credentials of each kind that were good once. */
	readonly over: Credentials & { readonly apiKey: string };
	/** Signs the person of a role in anew, for a request that signs them out. */
	signIn(role: Role): Promise<Credentials>;
	/** The next of the tenant's own words: no two are alike. */
	word(): string;
}

/** A word in every text of a tenant, and in nobody else's; `hidden` and `other` are projects of the victim's. */
export const marks = {
	victim: "zebra",
	stranger: "ostrich",
	hidden: "quagga",
	other: "okapi",
} as const;

export const password = "a password of some length";
const hour = 3_600;

/** The person of a role in the project of the tenant's things. */
export function inProject<Own extends Role>(
	{ principals, projectId }: Pick<Tenant, "principals" | "projectId">,
	role: Own,
): InProject<Own> {
	return principals[role].in(projectId).needs(role);
}

/** Makes the tenant of `owner` into one with a person of every role, a key, and credentials that are over. */
export async function peopleOf(
	engine: Engine,
	owner: Member<"owner">,
	mark: string,
): Promise<Tenant> {
	const { identity } = engine;
	const { key: tenantKey, id: tenantId } = owner.tenant;
	const ids = {} as Record<Role, string>;
	const emails = {} as Record<Role, string>;
	const credentials = {} as Record<Role, Credentials>;
	const signIn = async (role: Role): Promise<Credentials> => ({
		bearer: (await identity.login(emails[role], password, hour)).accessToken,
		session: await identity.startSession(emails[role], password),
	});
	for (const role of roles) {
		emails[role] = `${role}@${mark}.example`;
		const { id } = await identity.addUser(owner, {
			email: emails[role],
			name: `${mark} ${role}`,
			password,
			role,
		});
		ids[role] = id;
		credentials[role] = await signIn(role);
	}
	const principals = principalsOf(engine, owner.tenant, ids);
	const { key } = identity.apiKeys.create(principals.owner, `${mark} key`);
	const revoked = identity.apiKeys.create(principals.owner, `${mark} old key`);
	identity.apiKeys.revoke(principals.owner, revoked.id);
	const ended = await identity.startSession(emails.owner, password);
	identity.sessions.end(ended);
	const expired = await identity.login(emails.owner, password, -hour);
	return {
		mark,
		key: tenantKey,
		id: tenantId,
		projectId: identity.projects.firstId(tenantKey),
		named: null,
		principals,
		emails,
		credentials,
		apiKey: key,
		over: {
			bearer: expired.accessToken,
			session: ended,
			apiKey: revoked.key,
		},
		signIn,
		word: wordsOf(mark),
	};
}

/** The tenant with its things in a project of their own, in which everybody has the role that they have in the tenant. */
export async function openProject(
	engine: Engine,
	tenant: Tenant,
	mark: string,
): Promise<Tenant> {
	const { projects } = engine.identity;
	const { id } = projects.create(tenant.principals.owner, {
		name: `${mark} project`,
	});
	const by = tenant.principals.owner.in(id).needs("owner");
	const credentials = {} as Record<Role, Credentials>;
	for (const role of roles) {
		if (role !== "owner") {
			projects.addMember(by, { email: tenant.emails[role], role });
		}
		credentials[role] = await switchTo(engine, tenant.credentials[role], id);
	}
	return {
		...tenant,
		mark,
		projectId: id,
		named: id,
		credentials,
		signIn: async (role) => switchTo(engine, await tenant.signIn(role), id),
		word: wordsOf(mark),
	};
}

/** The same person, with a token of another project. */
export async function switchTo(
	{ identity }: Engine,
	{ bearer, session }: Credentials,
	projectId: string,
): Promise<Credentials> {
	const holder = await identity.authenticateAccessToken(bearer);
	const { accessToken } = await identity.projectTokens.switchTo(
		must(holder, "it is live"),
		projectId,
		hour,
	);
	return { bearer: accessToken, session };
}

function principalsOf(
	{ identity }: Engine,
	tenant: Member["tenant"],
	ids: Readonly<Record<Role, string>>,
): Principals {
	const now = <Own extends Role>(role: Own): Member<Own> =>
		must(identity.principalOfUser(tenant, ids[role]), "active").needs(role);
	return {
		get owner() {
			return now("owner");
		},
		get admin() {
			return now("admin");
		},
		get engineer() {
			return now("engineer");
		},
		get viewer() {
			return now("viewer");
		},
	};
}

function wordsOf(mark: string): () => string {
	let words = 0;
	return () => `${mark}-${++words}`;
}
