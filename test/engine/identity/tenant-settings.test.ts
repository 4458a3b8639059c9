import { describe, expect, test } from "vitest";
import type { Role } from "../../../src-shared/domain/roles.ts";
import { testMember } from "../test-member.ts";
import { alice, openIdentity } from "./open-identity.ts";

// A tenant asks for four eyes when it says so or, left alone, as soon as two active people
// could approve. Only its own admins and owners change that, and it is written down who did.

const password = "a good password";

function openPair() {
	const logged: { fields: Record<string, unknown>; message: string }[] = [];
	const opened = openIdentity({
		onInfo: (fields, message) => logged.push({ fields, message }),
	});
	const local = opened.identity.localPrincipal();
	const add = (name: string, role: Role) =>
		opened.identity.addUser(local, {
			email: `${name}@example.com`,
			name,
			password,
			role,
		});
	return { ...opened, local, add, logged };
}

describe("four eyes", () => {
	test("left alone: as soon as there are two active admins or owners", async () => {
		const { identity, local, add } = openPair();
		const now = () => identity.settings(local.tenant.key);
		expect(now()).toEqual({
			fourEyes: "auto",
			isFourEyes: false,
			approvers: 1,
			changedBy: null,
			changedAt: null,
		});
		await add("Eve", "engineer");
		expect(now()).toMatchObject({ isFourEyes: false, approvers: 1 });
		const { id } = await add("Ann", "admin");
		expect(now()).toMatchObject({ isFourEyes: true, approvers: 2 });
		identity.members.setActive(local, id, false);
		expect(now()).toMatchObject({ isFourEyes: false, approvers: 1 });
		identity.members.setActive(local, id, true);
		identity.members.setRole(local, id, "engineer");
		expect(now()).toMatchObject({ isFourEyes: false, approvers: 1 });
	});

	test("chosen: on with one admin, off with two; told who chose it and when", async () => {
		const { identity, local, add, ports, logged } = openPair();
		expect(identity.setSettings(local, { fourEyes: "on" })).toEqual({
			fourEyes: "on",
			isFourEyes: true,
			approvers: 1,
			changedBy: "Local owner",
			changedAt: ports.clock.now(),
		});
		await add("Ann", "admin");
		expect(identity.setSettings(local, { fourEyes: "off" })).toMatchObject({
			isFourEyes: false,
			approvers: 2,
		});
		expect(
			logged.filter(({ message }) => message.includes("four eyes")),
		).toEqual([
			{
				message: "the rule of four eyes was changed",
				fields: {
					tenant: local.tenant.id,
					by: local.actor.id,
					from: "auto",
					to: "on",
				},
			},
			{
				message: "the rule of four eyes was changed",
				fields: {
					tenant: local.tenant.id,
					by: local.actor.id,
					from: "on",
					to: "off",
				},
			},
		]);
	});

	test("is each tenant's own, and survives a restart", async () => {
		const { identity, local, folder, ports, close } = openPair();
		await identity.register(alice, 900);
		const { account } = await identity.register(
			{ ...alice, email: "b@example.com" },
			900,
		);
		identity.setSettings(local, { fourEyes: "on" });
		expect(identity.settings(account.tenant.key)).toMatchObject({
			fourEyes: "auto",
			isFourEyes: false,
			approvers: 1,
			changedBy: null,
		});
		close();
		const again = openIdentity({ folder, ports }).identity;
		expect(again.settings(local.tenant.key)).toMatchObject({ fourEyes: "on" });
	});

	test.each(["engineer", "viewer"] as const)(
		"is not %s's to choose",
		(role) => {
			const { identity, local } = openPair();
			expect(() =>
				identity.setSettings(testMember(local.tenant, role).needs("admin"), {
					fourEyes: "off",
				}),
			).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
		},
	);
});
