import type { Role } from "../../../../src-shared/domain/roles.ts";
import type { Reads, Transaction } from "../../store/index.ts";
import { sql } from "../identity-schema.ts";

/** A stored project. Times in epoch milliseconds. */
export interface ProjectRow {
	readonly key: number;
	readonly id: string;
	readonly name: string;
	readonly slug: string;
	readonly description: string;
	readonly timezone: string;
	readonly is_active: number;
	readonly created_at: number;
	readonly updated_at: number;
}

/** A person's place in a project. */
export interface MemberRow {
	readonly user_key: number;
	readonly user_id: string;
	readonly email: string;
	readonly full_name: string;
	readonly role: Role;
	readonly joined_at: number;
	readonly is_active: number;
	/** In the tenant as a whole. */
	readonly tenant_role: Role;
}

/** The rows of projects and who is in them, without rules. Every query is of one tenant. */
export class ProjectRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	byId(tenantKey: number, id: string): ProjectRow | null {
		const row = this.#reads.get(
			sql
				.selectFrom("projects")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("id", "=", id),
		);
		return row ?? null;
	}

	bySlug(tenantKey: number, slug: string): ProjectRow | null {
		const row = this.#reads.get(
			sql
				.selectFrom("projects")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("slug", "=", slug),
		);
		return row ?? null;
	}

	/** The tenant's oldest: what was opened without naming a project is in it. */
	first(tenantKey: number): ProjectRow | null {
		const row = this.#reads.get(
			sql
				.selectFrom("projects")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.orderBy("key")
				.limit(1),
		);
		return row ?? null;
	}

	/** Those of a person, oldest first. */
	ofPerson(
		tenantKey: number,
		userKey: number,
	): (ProjectRow & { readonly role: Role })[] {
		return this.#reads.all(
			sql
				.selectFrom("projects")
				.innerJoin("memberships", (join) =>
					join
						.onRef("memberships.project_key", "=", "projects.key")
						.onRef("memberships.tenant_id", "=", "projects.tenant_id"),
				)
				.selectAll("projects")
				.select("memberships.role")
				.where("projects.tenant_id", "=", tenantKey)
				.where("memberships.user_key", "=", userKey)
				.orderBy("projects.key"),
		);
	}

	/** Everybody in a project, by when they joined. */
	members(tenantKey: number, projectKey: number): MemberRow[] {
		return this.#reads.all(
			sql
				.selectFrom("memberships")
				.innerJoin("users", (join) =>
					join
						.onRef("users.key", "=", "memberships.user_key")
						.onRef("users.tenant_id", "=", "memberships.tenant_id"),
				)
				.select([
					"memberships.user_key",
					"users.id as user_id",
					"users.email",
					"users.full_name",
					"memberships.role",
					"memberships.joined_at",
					"users.is_active",
					"users.role as tenant_role",
				])
				.where("memberships.tenant_id", "=", tenantKey)
				.where("memberships.project_key", "=", projectKey)
				.orderBy("memberships.joined_at")
				.orderBy("memberships.user_key"),
		);
	}

	insert(
		transaction: Transaction,
		tenantKey: number,
		project: Omit<ProjectRow, "key" | "is_active">,
	): number {
		return transaction.writes.run(
			sql.insertInto("projects").values({ tenant_id: tenantKey, ...project }),
		).lastId;
	}

	update(
		transaction: Transaction,
		tenantKey: number,
		project: ProjectRow,
		set: Partial<Omit<ProjectRow, "key" | "id" | "created_at">>,
	): void {
		transaction.writes.run(
			sql
				.updateTable("projects")
				.set(set)
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", project.key),
		);
	}

	removeMember(
		transaction: Transaction,
		tenantKey: number,
		place: { readonly projectKey: number; readonly userKey: number },
	): void {
		transaction.writes.run(
			sql
				.deleteFrom("memberships")
				.where("tenant_id", "=", tenantKey)
				.where("project_key", "=", place.projectKey)
				.where("user_key", "=", place.userKey),
		);
	}
}
