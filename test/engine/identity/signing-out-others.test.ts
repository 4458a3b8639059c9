import { describe, expect, test } from "vitest";
import { roleAtLeast, roles } from "../../../src-shared/domain/roles.ts";
import { testMember } from "../test-member.ts";
import { alice, openIdentity } from "./open-identity.ts";
import { openTenant, outcome, password } from "./open-tenant.ts";

// Whoever is turned off or gets another password is out at once, and what they held before
// never works again.

describe("turning off", () => {
	test("ends sessions, refresh and access tokens; turning on revives none of them", async () => {
		const { identity, owner, ids } = await openTenant();
		const email = "engineer@example.com";
		const cookie = await identity.startSession(email, password);
		const sessionId = identity.authenticateSession(cookie)?.sessionId ?? "";
		const tokens = await identity.login(email, password, 900);
		const holder = await identity.authenticateAccessToken(tokens.accessToken);
		if (holder === null) throw new Error("signed in");
		const { members } = identity;
		expect(members.setActive(owner, ids.engineer, false)).toMatchObject({
			isActive: false,
		});
		const isOut = async () => ({
			cookie: identity.authenticateSession(cookie),
			socket: identity.sessionById(sessionId),
			token: await identity.authenticateAccessToken(tokens.accessToken),
			stream: identity.isTokenRevoked(holder),
			refresh: await outcome(() => identity.refresh(tokens.refreshToken, 900)),
		});
		const out = {
			cookie: null,
			socket: null,
			token: null,
			stream: true,
			refresh: "UNAUTHENTICATED",
		};
		expect(await isOut()).toEqual(out);
		expect(await outcome(() => identity.login(email, password, 900))).toBe(
			"UNAUTHENTICATED",
		);
		expect(identity.findApprover(owner.tenant, email)).toBeNull();
		members.setActive(owner, ids.engineer, true);
		expect(await isOut()).toEqual(out);
		expect(await outcome(() => identity.login(email, password, 900))).toBe(
			"done",
		);
	});

	test("leaves the keys they made, which say who made them", async () => {
		const { identity, owner, ids, principal } = await openTenant();
		const { key } = identity.apiKeys.create(principal("engineer"), "scoring");
		identity.members.setActive(owner, ids.engineer, false);
		expect(identity.authenticateApiKey(key)).toMatchObject({
			actor: { kind: "api", name: "scoring" },
		});
		expect(identity.apiKeys.list(owner)).toMatchObject([
			{ name: "scoring", madeBy: "The engineer" },
		]);
	});

	test("is not done to oneself, nor to anyone above", async () => {
		const { identity, ids, principal } = await openTenant();
		const { members } = identity;
		expect(
			await outcome(() =>
				members.setActive(principal("admin"), ids.admin, false),
			),
		).toBe("CONFLICT");
		expect(
			await outcome(() =>
				members.setActive(principal("admin"), ids.owner, false),
			),
		).toBe("FORBIDDEN");
		for (const role of ["engineer", "viewer"] as const) {
			expect(
				await outcome(() =>
					members.setActive(principal(role).needs("admin"), ids.viewer, false),
				),
			).toBe("FORBIDDEN");
		}
	});

	test("stops a sign-in whose password is being checked", async () => {
		const { identity, owner, ids } = await openTenant();
		const signingIn = outcome(() =>
			identity.login("engineer@example.com", password, 900),
		);
		await new Promise((resolve) => setImmediate(resolve));
		identity.members.setActive(owner, ids.engineer, false);
		identity.members.setActive(owner, ids.engineer, true);
		identity.members.setActive(owner, ids.engineer, false);
		expect(await signingIn).toBe("UNAUTHENTICATED");
	});
});

describe("passwords", () => {
	test("one's own needs the current one, and ends every session", async () => {
		const { identity, ids, principal } = await openTenant();
		const viewer = principal("viewer");
		const change = (currentPassword?: string) =>
			identity.members.setPassword(viewer, {
				id: ids.viewer,
				password: "the next password",
				currentPassword,
			});
		const cookie = await identity.startSession("viewer@example.com", password);
		expect(await outcome(() => change())).toBe("INVALID");
		expect(await outcome(() => change("wrong"))).toBe("INVALID");
		expect(identity.authenticateSession(cookie)).not.toBeNull();
		expect(await outcome(() => change(password))).toBe("done");
		expect(identity.authenticateSession(cookie)).toBeNull();
		expect(
			await outcome(() => identity.login("viewer@example.com", password, 900)),
		).toBe("UNAUTHENTICATED");
		expect(
			await outcome(() =>
				identity.login("viewer@example.com", "the next password", 900),
			),
		).toBe("done");
	});

	test("guessing the current one is slowed down like signing in", async () => {
		const { identity, ids, principal } = await openTenant();
		const guess = () =>
			outcome(() =>
				identity.members.setPassword(principal("viewer"), {
					id: ids.viewer,
					password: "the next password",
					currentPassword: "wrong",
				}),
			);
		const outcomes: string[] = [];
		for (let attempt = 0; attempt < 6; attempt++) outcomes.push(await guess());
		expect(outcomes).toEqual([...Array(5).fill("INVALID"), "RATE_LIMITED"]);
	});

	test("those of others are an admin's or an owner's to set, up to their own role", async () => {
		const { identity, owner, ids } = await openTenant();
		const wrong: string[] = [];
		for (const actor of roles) {
			for (const target of roles) {
				const may = roleAtLeast(actor, "admin") && roleAtLeast(actor, target);
				const who = testMember(owner.tenant, actor, { id: "someone" });
				const became = await outcome(() =>
					identity.members.setPassword(who, {
						id: ids[target],
						password: "the next password",
					}),
				);
				if (became !== (may ? "done" : "FORBIDDEN")) {
					wrong.push(`${actor} sets that of ${target}: ${became}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	test("the window of this machine's owner needs none, and a short one is refused", async () => {
		const { identity } = openIdentity();
		await identity.register(alice, 900);
		const local = identity.localPrincipal();
		const id = local.actor.id ?? "";
		expect(
			await outcome(() =>
				identity.members.setPassword(local, { id, password: "short" }),
			),
		).toBe("INVALID");
		await identity.members.setPassword(local, { id, password: "remembered" });
		expect(
			await outcome(() => identity.login(alice.email, "remembered", 900)),
		).toBe("done");
	});

	test("a ticket that waits is void after it", async () => {
		const { identity } = openIdentity();
		const ticket = identity.issueTicket();
		const local = identity.localPrincipal();
		await identity.members.setPassword(local, {
			id: local.actor.id ?? "",
			password,
		});
		expect(identity.sessions.redeemTicket(ticket)).toBeNull();
	});
});
