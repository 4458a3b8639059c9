import type { Engine } from "../../../src-main/engine/engine.ts";
import type { Principal } from "../../../src-main/engine/identity/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";

/** What a request can prove who it is with, for each kind of route. */
export interface Credentials {
	/** API A's, B's, D's and E's access token. */
	readonly bearer: string;
	/** The cookie of the war room in a browser. */
	readonly session: string;
}

/** One seeded tenant: its people, and what they prove themselves with. */
export interface Tenant {
	/** A word in every text of the tenant, and in nobody else's. */
	readonly mark: string;
	readonly key: number;
	readonly id: string;
	readonly principals: Readonly<Record<Role, Principal>>;
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

/** A word in every text of a tenant, and in nobody else's. */
export const marks = { victim: "zebra", stranger: "ostrich" } as const;

const password = "a password of some length";
const hour = 3_600;

/** Makes the tenant of `owner` into one with a person of every role, a key, and credentials that are over. */
export async function peopleOf(
	engine: Engine,
	owner: Principal,
	mark: string,
): Promise<Tenant> {
	const { identity } = engine;
	const principals = {} as Record<Role, Principal>;
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
		principals[role] = must(
			identity.principalOfUser(owner.tenant, id),
			"just added",
		);
		credentials[role] = await signIn(role);
	}
	const { key } = identity.apiKeys.create(principals.owner, `${mark} key`);
	const revoked = identity.apiKeys.create(principals.owner, `${mark} old key`);
	identity.apiKeys.revoke(principals.owner, revoked.id);
	const ended = await identity.startSession(emails.owner, password);
	identity.sessions.end(ended);
	const expired = await identity.login(emails.owner, password, -hour);
	let words = 0;
	return {
		mark,
		key: owner.tenant.key,
		id: owner.tenant.id,
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
		word: () => `${mark}-${++words}`,
	};
}
