import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { must } from "../../../src-shared/domain/must.ts";
import { roleAtLeast, roles } from "../../../src-shared/domain/roles.ts";
import { testMember } from "../test-member.ts";
import { alice, openIdentity } from "./open-identity.ts";
import { openTenant, outcome, password } from "./open-tenant.ts";

// Nobody gives or takes more than their own role, a tenant always keeps an active owner, a
// program manages nobody, and another tenant's people do not exist.

describe("the list", () => {
	test("names everybody of the tenant with their role, and nobody else", async () => {
		const { identity, owner, ids, ports } = await openTenant();
		const members = identity.members.list(owner.tenant.key);
		expect(members.map(({ name, role }) => [name, role])).toEqual([
			["Bob Roe", "owner"],
			["The admin", "admin"],
			["The engineer", "engineer"],
			["The owner", "owner"],
			["The viewer", "viewer"],
		]);
		expect(members[1]).toEqual({
			id: ids.admin,
			email: "admin@example.com",
			name: "The admin",
			role: "admin",
			isActive: true,
			isLocalOwner: false,
			canSignIn: true,
			createdAt: ports.clock.now(),
		});
	});

	test("marks the owner of this machine, who needs no password", () => {
		const { identity } = openIdentity();
		expect(
			identity.members.list(identity.localPrincipal().tenant.key),
		).toMatchObject([{ isLocalOwner: true, canSignIn: false, role: "owner" }]);
	});
});

describe("roles", () => {
	test("every role gives and takes what is its own or below, and nothing above", async () => {
		const { identity, owner, ids } = await openTenant();
		const wrong: string[] = [];
		for (const actor of roles) {
			for (const target of roles) {
				for (const to of roles) {
					identity.members.setRole(owner, ids.viewer, target);
					const may =
						roleAtLeast(actor, "admin") &&
						roleAtLeast(actor, target) &&
						roleAtLeast(actor, to);
					const who = testMember(owner.tenant, actor, { id: "someone" });
					const became = await outcome(() =>
						identity.members.setRole(who.needs("admin"), ids.viewer, to),
					);
					const role = identity.principalOfUser(owner.tenant, ids.viewer)?.role;
					const isRight = may
						? became === "done" && role === to
						: became === "FORBIDDEN" && role === target;
					if (!isRight) wrong.push(`${actor} makes ${target} ${to}: ${became}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	test("count at once for sessions and tokens that are open", async () => {
		const { identity, owner, ids } = await openTenant();
		const cookie = await identity.startSession("admin@example.com", password);
		const { accessToken } = await identity.login(
			"admin@example.com",
			password,
			900,
		);
		identity.members.setRole(owner, ids.admin, "viewer");
		expect(identity.authenticateSession(cookie)?.principal.role).toBe("viewer");
		const holder = await identity.authenticateAccessToken(accessToken);
		expect(holder?.principal.role).toBe("viewer");
	});

	test("in other projects stay, except that none is left above the one in the tenant", async () => {
		const { identity, store, owner, ids } = await openTenant();
		const { connection } = store;
		const tenantKey = owner.tenant.key;
		connection.exec(
			`INSERT INTO projects (tenant_id, id, name, slug, created_at, updated_at)
			 VALUES (${tenantKey}, 'p2', 'Two', 'two', 0, 0), (${tenantKey}, 'p3', 'Three', 'three', 0, 0)`,
		);
		connection.exec(
			`INSERT INTO memberships (tenant_id, project_key, user_key, role, joined_at)
			 SELECT ${tenantKey}, p.key, u.key, iif(p.id = 'p2', 'owner', 'viewer'), 0
			 FROM projects p, users u WHERE p.id IN ('p2', 'p3') AND u.id = '${ids.viewer}'`,
		);
		const held = () =>
			connection
				.prepare(
					`SELECT m.role FROM memberships m JOIN users u ON u.key = m.user_key
					 WHERE u.id = ? ORDER BY m.project_key`,
				)
				.pluck()
				.all(ids.viewer);
		expect(identity.principalOfUser(owner.tenant, ids.viewer)?.role).toBe(
			"viewer",
		);
		identity.members.setRole(owner, ids.viewer, "admin");
		expect(held()).toEqual(["admin", "admin", "viewer"]);
		identity.members.setRole(owner, ids.viewer, "engineer");
		expect(held()).toEqual(["engineer", "engineer", "viewer"]);
	});

	test("the last active owner stays one", async () => {
		const { identity, owner, ids } = await openTenant();
		const { members } = identity;
		members.setActive(owner, ids.owner, false);
		for (const role of ["admin", "engineer", "viewer"] as const) {
			expect(() => members.setRole(owner, owner.actor.id ?? "", role)).toThrow(
				expect.objectContaining({ code: "CONFLICT" }),
			);
		}
		members.setActive(owner, ids.owner, true);
		members.setRole(owner, owner.actor.id ?? "", "viewer");
		expect(identity.principalOfUser(owner.tenant, ids.owner)?.role).toBe(
			"owner",
		);
	});

	test("the owner of this machine stays one, however many others there are", async () => {
		const { identity } = openIdentity();
		const local = identity.localPrincipal();
		const second = await identity.addUser(local, {
			email: "second@example.com",
			name: "Second",
			password,
			role: "owner",
		});
		const other = identity
			.principalOfUser(local.tenant, second.id)
			?.needs("owner");
		if (other === undefined) throw new Error("just added");
		const own = local.actor.id ?? "";
		for (const work of [
			() => identity.members.setRole(other, own, "viewer"),
			() => identity.members.setActive(other, own, false),
			() => identity.members.setActive(local, own, false),
		]) {
			expect(work).toThrow(expect.objectContaining({ code: "CONFLICT" }));
		}
		expect(identity.localPrincipal().role).toBe("owner");
	});
});

describe("any order of changes", () => {
	const change = fc.record({
		actor: fc.nat({ max: 4 }),
		target: fc.nat({ max: 4 }),
		what: fc.oneof(
			fc.constantFrom(...roles),
			fc.constantFrom("off" as const, "on" as const),
		),
	});

	test("leaves an active owner, and takes no word from who is off", async () => {
		const { identity, owner, ids } = await openTenant();
		const people = [owner.actor.id ?? "", ...Object.values(ids)];
		await fc.assert(
			fc.asyncProperty(
				fc.array(change, { minLength: 1, maxLength: 40 }),
				async (changes) => {
					for (const { actor, target, what } of changes) {
						const who = identity.principalOfUser(
							owner.tenant,
							people[actor] ?? "",
						);
						if (who === null) continue;
						const whom = people[target] ?? "";
						await outcome(() =>
							what === "on" || what === "off"
								? identity.members.setActive(
										who.needs("admin"),
										whom,
										what === "on",
									)
								: identity.members.setRole(who.needs("admin"), whom, what),
						);
						const owners = identity.members
							.list(owner.tenant.key)
							.filter(({ role, isActive }) => isActive && role === "owner");
						if (owners.length === 0) return false;
					}
					return true;
				},
			),
			{ numRuns: 30 },
		);
	});
});

describe("a program", () => {
	test("manages nobody, whatever its role", async () => {
		const { identity, owner, ids } = await openTenant();
		const { key } = identity.apiKeys.create(owner, "key");
		const program = must(identity.authenticateApiKey(key), "just made");
		const { members } = identity;
		const attempts = [
			() => program.needs("admin"),
			() => members.setPassword(program, { id: ids.viewer, password }),
			() =>
				members.setPassword(program, { id: owner.actor.id ?? "", password }),
			() =>
				members.setPassword(program, { id: program.actor.id ?? "", password }),
		];
		for (const attempt of attempts) {
			expect(await outcome(attempt)).toBe("FORBIDDEN");
		}
	});
});

describe("another tenant's people", () => {
	test("are answered as if they did not exist", async () => {
		const { identity, ids } = await openTenant();
		const local = identity.localPrincipal();
		const { members } = identity;
		const attempts = (id: string) => [
			() => members.setRole(local, id, "viewer"),
			() => members.setActive(local, id, false),
			() => members.setPassword(local, { id, password }),
		];
		const refusal = async (work: () => unknown) => {
			try {
				await work();
			} catch (error) {
				return error;
			}
			return null;
		};
		const unknown = attempts("00000000-0000-7000-8000-000000000000");
		for (const [index, attempt] of attempts(ids.viewer).entries()) {
			const there = await refusal(attempt);
			expect(there).toMatchObject({ code: "NOT_FOUND" });
			expect(there).toEqual(await refusal(unknown[index] ?? (() => {})));
		}
		expect(
			identity.findApprover(local.tenant, "viewer@example.com"),
		).toBeNull();
		expect(identity.principalOfUser(local.tenant, ids.viewer)).toBeNull();
		expect(
			identity.members.list(local.tenant.key).map(({ email }) => email),
		).toEqual([alice.email]);
	});
});

describe("approvers", () => {
	test("are found by address, whatever its case, or by id", async () => {
		const { identity, owner, ids } = await openTenant();
		const wanted = {
			tenant: owner.tenant,
			actor: { kind: "person", id: ids.admin, name: "The admin" },
			role: "admin",
			isLocalOwner: false,
		};
		for (const name of ["admin@example.com", "Admin@Example.COM", ids.admin]) {
			expect(identity.findApprover(owner.tenant, name)).toMatchObject(wanted);
		}
		for (const name of ["The admin", "nobody@example.com", "", "admin"]) {
			expect(identity.findApprover(owner.tenant, name)).toBeNull();
		}
	});
});

test("every change is told to whoever looks, after it is kept", async () => {
	const told = vi.fn();
	const { identity } = openIdentity({ membersChanged: told });
	const local = identity.localPrincipal();
	const { id } = await identity.addUser(local, {
		email: "x@example.com",
		name: "X",
		password,
		role: "viewer",
	});
	identity.members.setRole(local, id, "admin");
	identity.members.setActive(local, id, false);
	await identity.members.setPassword(local, { id, password });
	identity.setSettings(local, { fourEyes: "on" });
	await identity.register(alice, 900);
	expect(told.mock.calls.map(([tenantKey]) => tenantKey)).toEqual(
		Array(5).fill(local.tenant.key),
	);
	expect(() => identity.members.setActive(local, "nobody", false)).toThrow();
	expect(told).toHaveBeenCalledTimes(5);
});
