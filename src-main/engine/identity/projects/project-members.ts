import { must } from "../../../../src-shared/domain/must.ts";
import { type Role, roleAtLeast } from "../../../../src-shared/domain/roles.ts";
import { EngineError } from "../../errors.ts";
import type { Transaction } from "../../store/index.ts";
import type { InProject } from "../access/index.ts";
import type { Account } from "../accounts/accounts.ts";
import { readForm } from "../accounts/registration-form.ts";
import { memberRole } from "./project-forms.ts";
import type { MemberRow, ProjectRepository } from "./project-repository.ts";
import type { ProjectsPorts } from "./projects.ts";

/** What an admin of a project works on within a transaction. */
interface MembershipPorts extends ProjectsPorts {
	readonly transaction: Transaction;
	/** A role in the tenant's first project is the role in the tenant. */
	readonly by: InProject<"admin">;
	readonly members: readonly MemberRow[];
	readonly rows: ProjectRepository;
}

/** Answers the person's id. */
export function addMember(
	ports: MembershipPorts,
	given: { readonly email: string; readonly role: Role },
): string {
	const { transaction, by, accounts } = ports;
	const role = readForm(memberRole, given.role);
	needReach(by, role);
	const account = accounts.byEmail(given.email);
	if (account === null || account.tenant.key !== by.tenant.key) {
		throw new EngineError(
			"NOT_FOUND",
			"Nobody of this tenant has that address. An admin of the tenant adds them first: in the war room's settings, or with `tocsin user add`.",
			{ field: "user_email" },
		);
	}
	if (account.projects.some(({ key }) => key === by.project.key)) {
		throw new EngineError("DUPLICATE", `${account.fullName} is a member.`, {
			id: account.id,
		});
	}
	if (!account.isActive) {
		if (account.projects.length > 0) {
			throw new EngineError(
				"CONFLICT",
				`${account.fullName} is turned off; an admin of the tenant can turn them on.`,
			);
		}
		// Turned off for having been in no project.
		accounts.setActive(transaction, account, true);
	}
	accounts.setMembership(transaction, account, by.project.key, role);
	if (by.project.isFirst) accounts.setTenantRole(transaction, account, role);
	return account.id;
}

export function setMemberRole(
	ports: MembershipPorts,
	userId: string,
	given: Role,
): void {
	const { transaction, by, accounts } = ports;
	const role = readForm(memberRole, given);
	const member = memberBelow(ports, userId);
	needReach(by, role);
	if (member.role === role) return;
	if (by.project.isFirst) {
		keepAnOwner(ports, member);
		ports.setTenantRole(by.member.needs("admin"), userId, role);
		return;
	}
	refuseTenantOwner(member);
	keepAnOwner(ports, member);
	const account = must(accounts.byId(userId), "a member is a person");
	accounts.setMembership(transaction, account, by.project.key, role);
}

export function removeMember(ports: MembershipPorts, userId: string): void {
	const { transaction, by, accounts, rows } = ports;
	const member = memberBelow(ports, userId);
	keepAnOwner(ports, member);
	refuseTenantOwner(member);
	rows.removeMember(transaction, by.tenant.key, {
		projectKey: by.project.key,
		userKey: member.user_key,
	});
	const account = must(accounts.byId(userId), "a member is a person");
	if (account.projects.length === 0) turnOff(ports, account);
	else if (by.project.isFirst) accounts.setRole(transaction, account, "viewer");
}

function turnOff(
	{ transaction, accounts, signOut }: MembershipPorts,
	account: Account,
) {
	accounts.setActive(transaction, account, false);
	signOut(transaction, account);
}

/** A member who is not above the one who asks. */
function memberBelow(
	{ by, members }: MembershipPorts,
	userId: string,
): MemberRow {
	const member = members.find(({ user_id }) => user_id === userId);
	if (member === undefined) {
		throw new EngineError("NOT_FOUND", "No such member of this project.");
	}
	needReach(by, member.role);
	return member;
}

function needReach({ role }: InProject, wanted: Role): void {
	if (roleAtLeast(role, wanted)) return;
	throw new EngineError(
		"FORBIDDEN",
		`You are ${role} in this project; only an owner changes who is ${wanted}.`,
	);
}

function keepAnOwner({ members }: MembershipPorts, leaving: MemberRow): void {
	const stays = members.some(
		(member) =>
			member.user_key !== leaving.user_key &&
			member.role === "owner" &&
			member.is_active === 1,
	);
	if (stays || leaving.role !== "owner") return;
	throw new EngineError(
		"CONFLICT",
		`${leaving.full_name} is the project's last owner. Make somebody else an owner first.`,
	);
}

function refuseTenantOwner({ tenant_role, full_name }: MemberRow): void {
	if (tenant_role !== "owner") return;
	throw new EngineError(
		"CONFLICT",
		`${full_name} owns the tenant, and so every project; their role in the tenant has to change first.`,
	);
}
