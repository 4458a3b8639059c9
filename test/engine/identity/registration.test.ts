import { describe, expect, test } from "vitest";
import { slugOf } from "../../../src-main/engine/identity/accounts/slug.ts";
import { testMember } from "../test-member.ts";
import { alice, bob, openIdentity } from "./open-identity.ts";

// The first registration claims the local tenant and its owner; every later one makes a
// tenant that sees nothing of the others.

describe("registration", () => {
	test("the first one claims the local tenant, and keys made before still work in it", async () => {
		const { identity } = openIdentity();
		const before = identity.localPrincipal();
		const { key } = identity.apiKeys.create(before, "ingest");
		const { account } = await identity.register(alice, 900);
		expect(account).toMatchObject({
			id: before.actor.id,
			email: alice.email,
			tenant: {
				key: before.tenant.key,
				id: before.tenant.id,
				name: "Acme Corporation",
				slug: "acme-corporation",
			},
			projects: [{ name: "Default", slug: "default", role: "owner" }],
		});
		expect(identity.localPrincipal()).toMatchObject({
			tenant: { name: "Acme Corporation" },
			actor: { name: "Alice Doe" },
			isLocalOwner: true,
		});
		expect(identity.authenticateApiKey(key)).toMatchObject({
			tenant: { id: before.tenant.id, name: "Acme Corporation" },
			actor: { kind: "api", name: "ingest" },
		});
	});

	test("two at the same moment make two tenants", async () => {
		const { identity } = openIdentity();
		const [first, second] = await Promise.all([
			identity.register(alice, 900),
			identity.register({ ...bob, tenant_name: alice.tenant_name }, 900),
		]);
		expect(first.account.tenant.key).not.toBe(second.account.tenant.key);
		expect(
			[first.account.tenant.slug, second.account.tenant.slug].sort(),
		).toEqual(["acme-corporation", "acme-corporation-2"]);
	});

	test("people added by hand make the local tenant theirs: a registration cannot claim it", async () => {
		const { identity } = openIdentity();
		const local = identity.localPrincipal();
		await identity.addUser(local, {
			email: "carol@example.com",
			name: "Carol",
			password: "carols password",
			role: "engineer",
		});
		const { account } = await identity.register(alice, 900);
		expect(account.tenant.key).not.toBe(local.tenant.key);
		expect(
			identity.ownersOf(local.tenant.key).map((person) => person.name),
		).toEqual(["Carol", "Local owner"]);
	});

	test.each([
		["a bad address", { email: "alice" }, "email"],
		["a short password", { password: "short" }, "password"],
		[
			"a password of a megabyte",
			{ password: "x".repeat(1_000_000) },
			"password",
		],
		["no name", { full_name: "  " }, "full_name"],
		["a name with a line break", { tenant_name: "a\nb" }, "tenant_name"],
		["a number", { email: 7 }, "email"],
	])("refuses %s and names the field", async (_, fault, field) => {
		const { identity } = openIdentity();
		await expect(
			identity.register({ ...alice, ...fault }, 900),
		).rejects.toMatchObject({ code: "INVALID", data: { field } });
	});

	test("refuses an address that is taken, whatever its case", async () => {
		const { identity } = openIdentity();
		await identity.register(alice, 900);
		await expect(
			identity.register({ ...bob, email: "Alice@Example.COM" }, 900),
		).rejects.toMatchObject({ code: "TAKEN" });
	});

	test("can be turned off", async () => {
		const { identity } = openIdentity({ allowRegistration: false });
		await expect(identity.register(alice, 900)).rejects.toMatchObject({
			code: "FORBIDDEN",
		});
	});

	test("only an admin adds people, and never above their own role", async () => {
		const { identity } = openIdentity();
		const { tenant } = identity.localPrincipal();
		const engineer = testMember(tenant, "engineer");
		const admin = testMember(tenant, "admin");
		const person = { email: "d@example.com", name: "D", password: "password1" };
		expect(() => engineer.needs("admin")).toThrow(
			expect.objectContaining({ code: "FORBIDDEN" }),
		);
		await expect(
			identity.addUser(admin, { ...person, role: "owner" }),
		).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(
			identity.addUser(admin, { ...person, role: "admin" }),
		).resolves.toMatchObject({ email: "d@example.com" });
	});
});

test.each([
	["Acme Corporation", "acme-corporation"],
	["  Zoë & Söhne! ", "zoe-sohne"],
	["数据", "tenant"],
	["--", "tenant"],
])("the slug of %j is %j", (name, slug) => {
	expect(slugOf(name, "tenant")).toBe(slug);
});
