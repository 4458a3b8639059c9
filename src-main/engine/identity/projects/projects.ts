import type {
	ProjectMember,
	ProjectSummary,
} from "../../../../src-shared/contract/index.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import type { Role } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { Transaction, UnitOfWork } from "../../store/index.ts";
import type {
	InProject,
	Member,
	Principal,
	TenantRef,
} from "../access/index.ts";
import type { Account, Accounts } from "../accounts/accounts.ts";
import { readForm } from "../accounts/registration-form.ts";
import { freeSlug, slugOf } from "../accounts/slug.ts";
import { newProjectForm, projectChangeForm } from "./project-forms.ts";
import { addMember, removeMember, setMemberRole } from "./project-members.ts";
import {
	type MemberRow,
	ProjectRepository,
	type ProjectRow,
} from "./project-repository.ts";

export interface ProjectsPorts {
	readonly work: UnitOfWork;
	readonly accounts: Accounts;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	/** People of a tenant or their projects changed. */
	readonly changed: (tenantKey: number) => void;
	/** Ends the sessions and tokens of a person. */
	readonly signOut: (transaction: Transaction, account: Account) => void;
	/** Changes a role in the tenant, with the rules of that. */
	readonly setTenantRole: (
		by: Member<"admin">,
		userId: string,
		role: Role,
	) => void;
}

/**
 * Projects and who is in them. What a person may do in a project is their role in it. A project is never deleted:
 * it is deactivated, and what is in it stays. An owner of the tenant owns every project, so
 * that each has an owner. The tenant's first project holds what was opened without naming
 * one; a role in it is the role in the tenant.
 */
export class Projects {
	readonly #ports: ProjectsPorts;
	readonly #rows: ProjectRepository;

	constructor(ports: ProjectsPorts) {
		this.#ports = ports;
		this.#rows = new ProjectRepository(ports.work.reads);
	}

	/** The id of the tenant's first project. */
	firstId(tenantKey: number): string {
		return must(this.#rows.first(tenantKey), "every tenant has a project").id;
	}

	/** Those that they may look into, oldest first. */
	list(by: Member): ProjectSummary[] {
		return by.projects.map(({ id }) => this.get(by.in(id)));
	}

	get({ tenant, project, role }: InProject): ProjectSummary {
		return this.#summary(tenant, project.id, role);
	}

	/** Makes a project that the person and the tenant's owners own. Throws FORBIDDEN for a program, INVALID, TAKEN for a slug. */
	create(by: Member<"engineer">, input: unknown): ProjectSummary {
		const account = this.#accountOf(by);
		if (account === null) {
			throw new EngineError("FORBIDDEN", "Only a person makes projects.");
		}
		const form = readForm(newProjectForm, input);
		const { accounts, clock, random } = this.#ports;
		const id = random.uuid();
		this.#write(
			by,
			(transaction) => {
				const now = clock.now();
				const key = this.#rows.insert(transaction, by.tenant.key, {
					id,
					name: form.name,
					slug: form.slug ?? this.#freeSlug(by, form.name),
					description: form.description,
					timezone: form.timezone,
					created_at: now,
					updated_at: now,
				});
				const owners = accounts
					.everyoneOf(by.tenant.key)
					.filter((person) => person.role === "owner");
				for (const owner of [account, ...owners]) {
					accounts.setMembership(transaction, owner, key, "owner");
				}
			},
			form.slug,
		);
		this.#note(by, { project: id }, "a project was made");
		return this.#summary(by.tenant, id, "owner");
	}

	/** Throws INVALID, TAKEN for a slug, and CONFLICT for deactivating the tenant's first project. */
	update(by: InProject<"owner">, input: unknown): ProjectSummary {
		const row = this.#row(by.tenant, by.projectId);
		const { isActive, ...form } = readForm(projectChangeForm, input);
		if (isActive === false && by.project.isFirst) {
			throw new EngineError(
				"CONFLICT",
				`${row.name} is the tenant's first project: what names no project is in it, so it stays active.`,
			);
		}
		const set = {
			...form,
			...(isActive === undefined ? {} : { is_active: isActive ? 1 : 0 }),
		};
		const differs = Object.entries(set).some(
			([name, value]) => row[name as keyof typeof row] !== value,
		);
		if (differs) {
			this.#write(
				by,
				(transaction) =>
					this.#rows.update(transaction, by.tenant.key, row, {
						...set,
						updated_at: Math.max(this.#ports.clock.now(), row.updated_at),
					}),
				form.slug === row.slug ? undefined : form.slug,
			);
			this.#note(by, { project: row.id }, "a project was changed");
		}
		return this.get(by);
	}

	/** Deactivates it; what is in it stays readable. As `update`. */
	deactivate(by: InProject<"owner">): ProjectSummary {
		return this.update(by, { isActive: false });
	}

	/** Everybody in a project, by when they joined. */
	members({ tenant, project }: InProject): ProjectMember[] {
		return this.#rows.members(tenant.key, project.key).map(toMember);
	}

	/** Puts a person of the tenant into the project, up to one's own role. Throws NOT_FOUND for an address that is nobody's here, DUPLICATE for a member, CONFLICT for who was turned off. */
	addMember(
		by: InProject<"admin">,
		member: { readonly email: string; readonly role: Role },
	): ProjectMember {
		const person = this.#write(by, (transaction) =>
			addMember(this.#membership(transaction, by), member),
		);
		this.#note(by, { project: by.projectId, person }, "a person was put in");
		return this.#member(by, person);
	}

	/** Up to one's own role. Throws NOT_FOUND for who is not in it, and CONFLICT for its last owner and for owners of the tenant. */
	setMemberRole(
		by: InProject<"admin">,
		person: string,
		role: Role,
	): ProjectMember {
		this.#write(by, (transaction) =>
			setMemberRole(this.#membership(transaction, by), person, role),
		);
		this.#note(
			by,
			{ project: by.projectId, person, role },
			"a role was changed",
		);
		return this.#member(by, person);
	}

	/** A person who is in no project any more is turned off. Throws as `setMemberRole`. */
	removeMember(by: InProject<"admin">, person: string): void {
		this.#write(by, (transaction) =>
			removeMember(this.#membership(transaction, by), person),
		);
		this.#note(by, { project: by.projectId, person }, "a person was taken out");
	}

	#membership(transaction: Transaction, by: InProject<"admin">) {
		return {
			transaction,
			by,
			members: this.#rows.members(by.tenant.key, by.project.key),
			rows: this.#rows,
			...this.#ports,
		};
	}

	#row(tenant: TenantRef, id: string): ProjectRow {
		return must(this.#rows.byId(tenant.key, id), "it was opened");
	}

	#summary(tenant: TenantRef, id: string, role: Role): ProjectSummary {
		const row = this.#row(tenant, id);
		return {
			id: row.id,
			tenantId: tenant.id,
			name: row.name,
			slug: row.slug,
			description: row.description,
			timezone: row.timezone,
			isActive: row.is_active === 1,
			isFirst: row.id === this.firstId(tenant.key),
			createdAt: row.created_at,
			updatedAt: row.updated_at,
			memberCount: this.#rows.members(tenant.key, row.key).length,
			role,
		};
	}

	#member(by: InProject, person: string): ProjectMember {
		const member = this.members(by).find(({ userId }) => userId === person);
		return must(member, "just written");
	}

	#accountOf({ tenant, personId }: Principal): Account | null {
		if (personId === null) return null;
		const account = this.#ports.accounts.byId(personId);
		return account?.tenant.key === tenant.key ? account : null;
	}

	#freeSlug({ tenant }: Principal, name: string): string {
		return freeSlug(
			slugOf(name, "project"),
			(candidate) => this.#rows.bySlug(tenant.key, candidate) !== null,
		);
	}

	/** `slug` is one that must be free. */
	#write<Result>(
		{ tenant }: Principal,
		work: (transaction: Transaction) => Result,
		slug?: string,
	): Result {
		return this.#ports.work.run((transaction) => {
			if (slug !== undefined && this.#rows.bySlug(tenant.key, slug) !== null) {
				throw new EngineError(
					"TAKEN",
					`A project of the tenant has the slug ${slug} already.`,
					{ field: "slug" },
				);
			}
			const result = work(transaction);
			transaction.afterCommit(() => this.#ports.changed(tenant.key));
			return result;
		});
	}

	#note(
		{ tenant, actor }: Principal,
		fields: Record<string, unknown>,
		message: string,
	): void {
		this.#ports.log.info(
			{ tenant: tenant.id, by: actor.id, ...fields },
			message,
		);
	}
}

function toMember(row: MemberRow): ProjectMember {
	return {
		userId: row.user_id,
		email: row.email,
		name: row.full_name,
		role: row.role,
		joinedAt: row.joined_at,
		isActive: row.is_active === 1,
	};
}
