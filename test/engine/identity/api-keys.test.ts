import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
	isApiKeyText,
	makeApiKeyText,
} from "../../../src-main/engine/identity/credentials/api-key-text.ts";
import { testMember } from "../test-member.ts";
import { alice, bob, openIdentity } from "./open-identity.ts";

// A key works from the moment it is made until the moment it is revoked, for its tenant alone.

describe("the text of a key", () => {
	const random = { uuid: () => "", bytes: (n: number) => randomBytes(n) };

	test("carries a checksum that one wrong character breaks", () => {
		fc.assert(
			fc.property(
				fc.nat({ max: 48 }),
				fc.constantFrom("0", "z", "-"),
				(at, digit) => {
					const text = makeApiKeyText(random);
					const place = 8 + at;
					fc.pre(text[place] !== digit);
					const wrong = text.slice(0, place) + digit + text.slice(place + 1);
					return isApiKeyText(text) && !isApiKeyText(wrong);
				},
			),
		);
	});

	test("is base62 after its marker", () => {
		expect(makeApiKeyText(random)).toMatch(/^sk_live_[0-9A-Za-z]{49}$/);
	});

	test.each(["", "sk_live_", "sk_test_x", `sk_live_${"0".repeat(49)}x`])(
		"%j is none",
		(text) => {
			expect(isApiKeyText(text)).toBe(false);
		},
	);
});

describe("keys", () => {
	test("are listed without their text, with the last use, until revoked", () => {
		const { identity, ports } = openIdentity();
		const local = identity.localPrincipal();
		const { key, ...summary } = identity.apiKeys.create(local, " ingest ");
		expect(summary).toEqual({
			id: summary.id,
			name: "ingest",
			prefix: key.slice(0, 16),
			createdAt: ports.clock.now(),
			lastUsedAt: null,
			madeBy: "Local owner",
			mayRevoke: true,
		});
		expect(identity.apiKeys.list(local)).toEqual([summary]);
		ports.clock.set(ports.clock.now() + 1_000);
		expect(identity.authenticateApiKey(key)).not.toBeNull();
		const used = [{ ...summary, lastUsedAt: ports.clock.now() }];
		expect(identity.apiKeys.list(local)).toEqual(used);
		identity.apiKeys.flush();
		expect(identity.apiKeys.list(local)).toEqual(used);
		identity.apiKeys.revoke(local, summary.id);
		expect(identity.authenticateApiKey(key)).toBeNull();
		expect(identity.apiKeys.list(local)).toEqual([]);
		expect(() => identity.apiKeys.revoke(local, summary.id)).toThrow(
			expect.objectContaining({ code: "NOT_FOUND" }),
		);
	});

	test("survive a restart; a revoked one does not", () => {
		const { identity, folder, ports, close } = openIdentity();
		const local = identity.localPrincipal();
		const kept = identity.apiKeys.create(local, "kept");
		const revoked = identity.apiKeys.create(local, "revoked");
		identity.apiKeys.revoke(local, revoked.id);
		identity.authenticateApiKey(kept.key);
		close();
		const again = openIdentity({ folder, ports }).identity;
		expect(again.authenticateApiKey(kept.key)).not.toBeNull();
		expect(again.authenticateApiKey(revoked.key)).toBeNull();
		expect(again.apiKeys.list(local)).toMatchObject([
			{ name: "kept", lastUsedAt: ports.clock.now() },
		]);
	});

	test("of one tenant are unknown to another", async () => {
		const { identity } = openIdentity();
		const first = await identity.register(alice, 900);
		const second = await identity.register(bob, 900);
		const [one, two] = await Promise.all(
			[first, second].map(async ({ accessToken }) => {
				const holder = await identity.authenticateAccessToken(accessToken);
				if (holder === null) throw new Error("signed in");
				return holder.principal.needs("owner");
			}),
		);
		if (one === undefined || two === undefined) throw new Error("two people");
		const made = identity.apiKeys.create(one, "one's");
		expect(identity.authenticateApiKey(made.key)?.tenant.key).toBe(
			one.tenant.key,
		);
		expect(identity.apiKeys.list(two)).toEqual([]);
		expect(() => identity.apiKeys.revoke(two, made.id)).toThrow(
			expect.objectContaining({ code: "NOT_FOUND" }),
		);
		expect(
			identity.ownersOf(two.tenant.key).map((person) => person.email),
		).toEqual([bob.email]);
		expect(identity.person(two, first.account.id)).toBeNull();
	});

	test("a viewer makes none, an engineer revokes only their own", () => {
		const { identity } = openIdentity();
		const local = identity.localPrincipal();
		const made = identity.apiKeys.create(local, "owner's");
		const viewer = testMember(local.tenant, "viewer");
		const engineer = testMember(local.tenant, "engineer", { id: "another" });
		const forbidden = expect.objectContaining({ code: "FORBIDDEN" });
		expect(() => viewer.needs("engineer")).toThrow(forbidden);
		expect(() => identity.apiKeys.revoke(engineer, made.id)).toThrow(forbidden);
		const own = identity.apiKeys.create(engineer, "engineer's");
		expect(
			identity.apiKeys
				.list(engineer)
				.map(({ name, mayRevoke }) => [name, mayRevoke]),
		).toEqual([
			["engineer's", true],
			["owner's", false],
		]);
		identity.apiKeys.revoke(engineer, own.id);
		expect(identity.apiKeys.list(local)).toHaveLength(1);
	});
});

describe("sessions of the browser", () => {
	test("a ticket works once and for five minutes", () => {
		const { identity, ports } = openIdentity();
		const ticket = identity.issueTicket();
		const cookie = identity.sessions.redeemTicket(ticket);
		expect(identity.authenticateSession(cookie ?? "")).toMatchObject({
			principal: { role: "owner", isLocalOwner: false },
		});
		expect(identity.sessions.redeemTicket(ticket)).toBeNull();
		expect(identity.sessions.redeemTicket("ut_unknown")).toBeNull();
		const late = identity.issueTicket();
		vi.spyOn(ports.clock, "monotonic").mockReturnValue(
			ports.clock.monotonic() + 300_001,
		);
		expect(identity.sessions.redeemTicket(late)).toBeNull();
	});

	test("end by signing out and after seven days", async () => {
		const { identity, ports } = openIdentity();
		await identity.register(alice, 900);
		const first = await identity.startSession(alice.email, alice.password);
		const second = await identity.startSession(alice.email, alice.password);
		const found = identity.authenticateSession(first);
		identity.sessions.end(first);
		expect(identity.authenticateSession(first)).toBeNull();
		expect(identity.sessionById(found?.sessionId ?? "")).toBeNull();
		expect(identity.authenticateSession(second)).not.toBeNull();
		ports.clock.set(ports.clock.now() + 7 * 86_400_000 + 1);
		expect(identity.authenticateSession(second)).toBeNull();
	});

	test("the running engine's own token is the local owner's, and no other is", () => {
		const { identity } = openIdentity();
		expect(identity.authenticateLocalToken(identity.localToken)).toMatchObject({
			isLocalOwner: true,
		});
		expect(identity.authenticateLocalToken("")).toBeNull();
		expect(
			identity.authenticateLocalToken(`${identity.localToken}x`),
		).toBeNull();
	});
});
