import { must } from "../../../../src-shared/domain/must.ts";
import { type Role, roleAtLeast } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import type { Clock, Random } from "../../ports.ts";
import type { Reads, Transaction } from "../../store/index.ts";
import type { OwnPlace, Place, TenantRef } from "../access/index.ts";
import { sql } from "../identity-schema.ts";
import { foldEmail } from "./registration-form.ts";
import { freeSlug, slugOf } from "./slug.ts";

export interface Account {
	readonly key: number;
	readonly id: string;
	readonly email: string;
	readonly fullName: string;
	readonly passwordHash: string | null;
	/** In the tenant as a whole: for the war room and every API but B, whose roles are those of projects. */
	readonly role: Role;
	readonly isActive: boolean;
	/** The person of this machine: the desktop's own window acts as them. */
	readonly isLocalOwner: boolean;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly tenant: {
		readonly key: number;
		readonly id: string;
		readonly name: string;
		readonly slug: string;
	};
	/** Those that they are in, oldest first; an active account has at least one. */
	readonly projects: readonly OwnPlace[];
	/** Every project of the tenant as they stand to it now, oldest first. */
	readonly places: () => Place[];
}

/** Tenants, people, projects and memberships: the rows, without the rules of signing in. */
export class Accounts {
	readonly #reads: Reads;
	readonly #clock: Clock;
	readonly #random: Random;

	constructor(reads: Reads, clock: Clock, random: Random) {
		this.#reads = reads;
		this.#clock = clock;
		this.#random = random;
	}

	byEmail(email: string): Account | null {
		return this.#account("email_folded", foldEmail(email));
	}

	byId(id: string): Account | null {
		return this.#account("id", id);
	}

	byKey(key: number): Account | null {
		return this.#account("key", key);
	}

	/** The person of this machine, whom the desktop's window and the command line act as. */
	localOwner(): Account | null {
		return this.#account("is_local_owner", 1);
	}

	/** A tenant by its key. */
	tenant(tenantKey: number): TenantRef | null {
		const row = this.#reads.get(
			sql
				.selectFrom("tenants")
				.select(["key", "id", "name"])
				.where("key", "=", tenantKey),
		);
		return row ?? null;
	}

	/** People of a tenant who can own an incident. */
	ofTenant(tenantKey: number): { id: string; name: string; email: string }[] {
		return this.#reads.all(
			sql
				.selectFrom("users")
				.select(["id", "full_name as name", "email"])
				.where("tenant_id", "=", tenantKey)
				.where("is_active", "=", 1)
				.orderBy("full_name"),
		);
	}

	/** Everybody of a tenant, active or not, by name. */
	everyoneOf(tenantKey: number): Account[] {
		return this.#reads
			.all(
				sql
					.selectFrom("users")
					.select("key")
					.where("tenant_id", "=", tenantKey)
					.orderBy("full_name")
					.orderBy("key"),
			)
			.map(({ key }) => must(this.byKey(key), "just listed"));
	}

	/** A password exists in the tenant: somebody has made it theirs. */
	isClaimed(tenantKey: number): boolean {
		const someone = this.#reads.get(
			sql
				.selectFrom("users")
				.select("key")
				.where("tenant_id", "=", tenantKey)
				.where("password_hash", "is not", null)
				.limit(1),
		);
		return someone !== undefined;
	}

	/** Makes a tenant with its project "Default"; answers both integer keys. */
	addTenant(
		transaction: Transaction,
		name: string,
	): { tenantKey: number; projectKey: number } {
		const now = this.#clock.now();
		const { lastId: tenantKey } = transaction.writes.run(
			sql.insertInto("tenants").values({
				id: this.#random.uuid(),
				name,
				slug: this.#freeTenantSlug(name, null),
				created_at: now,
			}),
		);
		const { lastId: projectKey } = transaction.writes.run(
			sql.insertInto("projects").values({
				tenant_id: tenantKey,
				id: this.#random.uuid(),
				name: "Default",
				slug: "default",
				created_at: now,
				updated_at: now,
			}),
		);
		return { tenantKey, projectKey };
	}

	renameTenant(
		transaction: Transaction,
		tenantKey: number,
		name: string,
	): void {
		transaction.writes.run(
			sql
				.updateTable("tenants")
				.set({ name, slug: this.#freeTenantSlug(name, tenantKey) })
				.where("key", "=", tenantKey),
		);
	}

	/** Adds a person with a role in the tenant and in its first project; an owner owns every project. Throws TAKEN for a known address. */
	addUser(
		transaction: Transaction,
		user: {
			tenantKey: number;
			email: string;
			fullName: string;
			passwordHash: string | null;
			role: Role;
			isLocalOwner?: boolean;
		},
	): string {
		this.#refuseTaken(user.email);
		const now = this.#clock.now();
		const id = this.#random.uuid();
		const { lastId: userKey } = transaction.writes.run(
			sql.insertInto("users").values({
				tenant_id: user.tenantKey,
				id,
				email: user.email,
				email_folded: foldEmail(user.email),
				full_name: user.fullName,
				password_hash: user.passwordHash,
				role: user.role,
				is_local_owner: user.isLocalOwner === true ? 1 : 0,
				created_at: now,
			}),
		);
		const keys = this.projectKeys(user.tenantKey);
		for (const projectKey of user.role === "owner" ? keys : keys.slice(0, 1)) {
			transaction.writes.run(
				sql.insertInto("memberships").values({
					tenant_id: user.tenantKey,
					project_key: projectKey,
					user_key: userKey,
					role: user.role,
					joined_at: now,
				}),
			);
		}
		return id;
	}

	/** Gives the local owner a name and a password. */
	claim(
		transaction: Transaction,
		owner: Account,
		person: { email: string; fullName: string; passwordHash: string },
	): void {
		if (foldEmail(person.email) !== foldEmail(owner.email)) {
			this.#refuseTaken(person.email);
		}
		transaction.writes.run(
			sql
				.updateTable("users")
				.set({
					email: person.email,
					email_folded: foldEmail(person.email),
					full_name: person.fullName,
					password_hash: person.passwordHash,
				})
				.where("key", "=", owner.key),
		);
	}

	setPasswordHash(
		transaction: Transaction,
		account: Account,
		passwordHash: string,
	): void {
		transaction.writes.run(
			sql
				.updateTable("users")
				.set({ password_hash: passwordHash })
				.where("tenant_id", "=", account.tenant.key)
				.where("key", "=", account.key),
		);
	}

	setActive(
		transaction: Transaction,
		account: Account,
		isActive: boolean,
	): void {
		transaction.writes.run(
			sql
				.updateTable("users")
				.set({ is_active: isActive ? 1 : 0 })
				.where("tenant_id", "=", account.tenant.key)
				.where("key", "=", account.key),
		);
	}

	/**
	 * Sets the role in the tenant, which is the role in its first project too. Roles in
	 * other projects stay, except that none is left above it; an owner of the tenant owns
	 * all of them.
	 */
	setTenantRole(transaction: Transaction, account: Account, role: Role): void {
		this.setRole(transaction, account, role);
		const keys = this.projectKeys(account.tenant.key);
		for (const [index, key] of keys.entries()) {
			const own = account.projects.find((project) => project.key === key);
			const follows =
				own === undefined
					? role === "owner"
					: index === 0 || role === "owner" || roleAbove(own.role, role);
			if (follows) this.setMembership(transaction, account, key, role);
		}
	}

	/** Sets the role in the tenant alone. */
	setRole(transaction: Transaction, account: Account, role: Role): void {
		transaction.writes.run(
			sql
				.updateTable("users")
				.set({ role })
				.where("tenant_id", "=", account.tenant.key)
				.where("key", "=", account.key),
		);
	}

	/** Gives a person a role in a project, whether or not they had one. */
	setMembership(
		transaction: Transaction,
		account: Account,
		projectKey: number,
		role: Role,
	): void {
		transaction.writes.run(
			sql
				.insertInto("memberships")
				.values({
					tenant_id: account.tenant.key,
					project_key: projectKey,
					user_key: account.key,
					role,
					joined_at: this.#clock.now(),
				})
				.onConflict((conflict) =>
					conflict.columns(["user_key", "project_key"]).doUpdateSet({ role }),
				),
		);
	}

	/** Puts a person who is in no project any more into the tenant's first, with their role in the tenant. */
	rejoin(transaction: Transaction, account: Account): void {
		const [first] = this.projectKeys(account.tenant.key);
		this.setMembership(
			transaction,
			account,
			must(first, "every tenant has a project"),
			account.role,
		);
	}

	/** The tenant's projects, oldest first: what was opened without naming one is in the first. */
	projectKeys(tenantKey: number): number[] {
		return this.#reads
			.all(
				sql
					.selectFrom("projects")
					.select("key")
					.where("tenant_id", "=", tenantKey)
					.orderBy("key"),
			)
			.map(({ key }) => key);
	}

	#refuseTaken(email: string): void {
		if (this.byEmail(email) !== null) {
			throw new EngineError("TAKEN", "That address is already registered.", {
				field: "email",
			});
		}
	}

	#freeTenantSlug(name: string, ownKey: number | null): string {
		return freeSlug(slugOf(name, "tenant"), (candidate) => {
			const holder = this.#reads.get(
				sql.selectFrom("tenants").select("key").where("slug", "=", candidate),
			);
			return holder !== undefined && holder.key !== ownKey;
		});
	}

	#account(
		column: "id" | "key" | "email_folded" | "is_local_owner",
		value: string | number,
	): Account | null {
		const row = this.#reads.get(
			sql
				.selectFrom("users")
				.innerJoin("tenants", "tenants.key", "users.tenant_id")
				.select([
					"users.key",
					"users.id",
					"users.email",
					"users.full_name",
					"users.password_hash",
					"users.role",
					"users.is_active",
					"users.is_local_owner",
					"users.created_at",
					"tenants.key as tenant_key",
					"tenants.id as tenant_id",
					"tenants.name as tenant_name",
					"tenants.slug as tenant_slug",
				])
				.where(`users.${column}`, "=", value),
		);
		if (row === undefined) return null;
		const places = () => this.placesOf(row.tenant_key, row.key);
		return {
			key: row.key,
			id: row.id,
			email: row.email,
			fullName: row.full_name,
			passwordHash: row.password_hash,
			role: row.role,
			isActive: row.is_active === 1,
			isLocalOwner: row.is_local_owner === 1,
			createdAt: row.created_at,
			tenant: {
				key: row.tenant_key,
				id: row.tenant_id,
				name: row.tenant_name,
				slug: row.tenant_slug,
			},
			projects: places().filter(isOwn),
			places,
		};
	}

	/** Every project of a tenant as a person stands to it, oldest first; a program is in none. */
	placesOf(tenantKey: number, userKey: number | null): Place[] {
		return this.#reads
			.all(
				sql
					.selectFrom("projects")
					.leftJoin("memberships", (join) =>
						join
							.onRef("memberships.project_key", "=", "projects.key")
							.onRef("memberships.tenant_id", "=", "projects.tenant_id")
							.on("memberships.user_key", "=", userKey),
					)
					.select([
						"projects.key",
						"projects.id",
						"projects.name",
						"projects.slug",
						"projects.timezone",
						"projects.is_active",
						"memberships.role",
					])
					.where("projects.tenant_id", "=", tenantKey)
					.orderBy("projects.key"),
			)
			.map(({ is_active, ...project }, index) => ({
				...project,
				isActive: is_active === 1,
				isFirst: index === 0,
			}));
	}
}

function isOwn(place: Place): place is OwnPlace {
	return place.role !== null;
}

/**
 * The role of an account in a project, or in its tenant where no project is named. Null
 * for a project that it is not in, and for an account that is in none.
 */
export function roleOf(
	account: Account,
	projectId: string | null,
): Role | null {
	if (account.projects.length === 0) return null;
	if (projectId === null) return account.role;
	const project = account.projects.find(({ id }) => id === projectId);
	return project?.role ?? null;
}

/** The project that a new sign-in works in: the oldest that is active. */
export function firstProject(account: Account): OwnPlace {
	return must(
		account.projects.find((project) => project.isActive) ?? account.projects[0],
		"every account has a project",
	);
}

function roleAbove(role: Role, limit: Role): boolean {
	return !roleAtLeast(limit, role);
}
