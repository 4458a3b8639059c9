import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import {
	hashPassword,
	preferredScheme,
	scrypt,
	verifyPassword,
} from "../../../src-main/engine/identity/credentials/password-hash.ts";
import { Turnstile } from "../../../src-main/engine/identity/credentials/turnstile.ts";
import { alice, bob, openIdentity } from "./open-identity.ts";

// A password signs in, a refresh token works once, and what was signed out stays out.

describe("passwords", () => {
	test.each([
		[preferredScheme, "$argon2id$v=19$m=19456,t=2,p=1$", false],
		[scrypt, "$scrypt$ln=17,r=8,p=1$", true],
	])("round-trip through %o", async (scheme, prefix, isOutdated) => {
		const stored = await hashPassword("pässword 🔑", scheme);
		expect(stored.startsWith(prefix)).toBe(true);
		expect(
			await verifyPassword("pässword 🔑", stored, preferredScheme),
		).toEqual({ matches: true, isOutdated });
		expect(
			await verifyPassword("password", stored, preferredScheme),
		).toMatchObject({ matches: false });
	});

	test("are hashed by the preferred scheme unless a port says otherwise, and hashed anew at the next sign-in", async () => {
		const { identity, ports, folder, close } = openIdentity();
		await identity.register(alice, 900);
		close();
		const { passwordScheme: _, ...plain } = ports;
		const again = openIdentity({ folder, ports: plain });
		const kept = () =>
			again.store.reads
				.prepare("select password_hash from users where email = ?")
				.pluck()
				.get(alice.email) as string;
		const cheap = kept();
		await again.identity.login(alice.email, alice.password, 900);
		expect([cheap.slice(0, 18), kept().slice(0, 28)]).toEqual([
			"$argon2id$v=19$m=8",
			"$argon2id$v=19$m=19456,t=2,p",
		]);
	});

	test("an unknown address costs as much work as a known one", async () => {
		const { identity } = openIdentity();
		await identity.register(alice, 900);
		for (const email of [alice.email, "nobody@example.com"]) {
			await expect(
				identity.login(email, "wrong password", 900),
			).rejects.toMatchObject({
				code: "UNAUTHENTICATED",
				message: "Invalid credentials.",
			});
		}
	});

	test("a person without a password cannot sign in", async () => {
		const { identity } = openIdentity();
		await expect(
			identity.login("owner@localhost", "", 900),
		).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
	});

	test("guessing is slowed down for known and unknown accounts alike, and one account's waiting is not another's", async () => {
		const { identity, ports } = openIdentity();
		await identity.register(alice, 900);
		await identity.register(bob, 900);
		let monotonic = 1_000;
		vi.spyOn(ports.clock, "monotonic").mockImplementation(() => monotonic);
		for (const email of [alice.email, "nobody@example.com"]) {
			for (let attempt = 0; attempt < 5; attempt++) {
				await expect(identity.login(email, "wrong", 900)).rejects.toMatchObject(
					{
						code: "UNAUTHENTICATED",
					},
				);
			}
			await expect(
				identity.login(email, alice.password, 900),
			).rejects.toMatchObject({
				code: "RATE_LIMITED",
				data: { retryAfterSeconds: 1 },
			});
		}
		await expect(
			identity.login(bob.email, bob.password, 900),
		).resolves.toBeDefined();
		monotonic += 1_001;
		await expect(
			identity.login(alice.email, alice.password, 900),
		).resolves.toBeDefined();
	});

	test("a restart frees nobody who has to wait, and a clock that jumped makes nobody wait over a minute", async () => {
		const { identity, folder, ports, close } = openIdentity();
		await identity.register(alice, 900);
		let monotonic = 5_000_000;
		vi.spyOn(ports.clock, "monotonic").mockImplementation(() => monotonic);
		for (let attempt = 0; attempt < 5; attempt++) {
			await expect(identity.login(alice.email, "wrong", 900)).rejects.toThrow();
		}
		close();
		monotonic = 10;
		const restarted = openIdentity({ folder, ports });
		await expect(
			restarted.identity.login(alice.email, alice.password, 900),
		).rejects.toMatchObject({
			code: "RATE_LIMITED",
			data: { retryAfterSeconds: 1 },
		});
		restarted.close();
		ports.clock.set(ports.clock.now() - 3_600_000);
		const setBack = openIdentity({ folder, ports });
		await expect(
			setBack.identity.login(alice.email, alice.password, 900),
		).rejects.toMatchObject({
			code: "RATE_LIMITED",
			data: { retryAfterSeconds: 60 },
		});
		monotonic += 60_000;
		await expect(
			setBack.identity.login(alice.email, alice.password, 900),
		).resolves.toBeDefined();
		setBack.close();
		const after = openIdentity({ folder, ports });
		await expect(
			after.identity.login(alice.email, alice.password, 900),
		).resolves.toBeDefined();
	});

	test("at most two are worked on at once, and a failure frees its place", async () => {
		const turnstile = new Turnstile(2);
		let inside = 0;
		let most = 0;
		const outcomes = await Promise.allSettled(
			Array.from({ length: 20 }, (_, index) =>
				turnstile.run(async () => {
					most = Math.max(most, ++inside);
					await new Promise((resolve) => setImmediate(resolve));
					inside--;
					if (index % 3 === 0) throw new Error("refused");
				}),
			),
		);
		expect({ most, done: outcomes.length, inside }).toEqual({
			most: 2,
			done: 20,
			inside: 0,
		});
	});
});

describe("refresh tokens", () => {
	test("work once; a second use ends the family, with its access tokens", async () => {
		const { identity } = openIdentity();
		const first = await identity.register(alice, 900);
		const second = await identity.refresh(first.refreshToken, 900);
		expect(
			await identity.authenticateAccessToken(second.accessToken),
		).toMatchObject({ principal: { actor: { name: "Alice Doe" } } });
		for (const token of [first.refreshToken, second.refreshToken]) {
			await expect(identity.refresh(token, 900)).rejects.toMatchObject({
				code: "UNAUTHENTICATED",
			});
		}
		expect(
			await identity.authenticateAccessToken(second.accessToken),
		).toBeNull();
	});

	test("one family's end leaves another sign-in of the same person alone", async () => {
		const { identity } = openIdentity();
		const laptop = await identity.register(alice, 900);
		const phone = await identity.login(alice.email, alice.password, 900);
		await identity.refresh(laptop.refreshToken, 900);
		await expect(identity.refresh(laptop.refreshToken, 900)).rejects.toThrow();
		await expect(
			identity.refresh(phone.refreshToken, 900),
		).resolves.toBeDefined();
	});

	test("20 at once: one wins, then the family is over", async () => {
		const { identity } = openIdentity();
		const { refreshToken } = await identity.register(alice, 900);
		const outcomes = await Promise.allSettled(
			Array.from({ length: 20 }, () => identity.refresh(refreshToken, 900)),
		);
		const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
		expect(won).toHaveLength(1);
		await expect(
			identity.refresh(won[0]?.value.refreshToken ?? "", 900),
		).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
	});

	test("are over after seven days", async () => {
		const { identity, ports } = openIdentity();
		const { refreshToken } = await identity.register(alice, 900);
		ports.clock.set(ports.clock.now() + 7 * 86_400_000 + 1);
		await expect(identity.refresh(refreshToken, 900)).rejects.toMatchObject({
			code: "UNAUTHENTICATED",
		});
	});

	test("a signed-out token stays out after a restart", async () => {
		const { identity, folder, ports, close } = openIdentity();
		const { accessToken, refreshToken } = await identity.register(alice, 900);
		const holder = await identity.authenticateAccessToken(accessToken);
		if (holder === null) throw new Error("signed in");
		identity.logout(holder);
		close();
		const again = openIdentity({ folder, ports }).identity;
		expect(await again.authenticateAccessToken(accessToken)).toBeNull();
		await expect(again.refresh(refreshToken, 900)).rejects.toMatchObject({
			code: "UNAUTHENTICATED",
		});
	});
});

describe("what is on disk", () => {
	test("no secret is in the database, and the signing key is for its owner alone", async () => {
		const { identity, folder, close } = openIdentity();
		const { refreshToken, accessToken } = await identity.register(alice, 900);
		const { key } = identity.apiKeys.create(identity.localPrincipal(), "k");
		const session = await identity.startSession(alice.email, alice.password);
		const signing: unknown = JSON.parse(
			readFileSync(join(folder, "signing-keys.json"), "utf8"),
		);
		close();
		const database = readFileSync(join(folder, "command.db"), "latin1");
		const secrets = [
			refreshToken,
			accessToken,
			key,
			session,
			alice.password,
			(signing as { secret: string }[])[0]?.secret ?? "missing",
		];
		expect(secrets.filter((secret) => database.includes(secret))).toEqual([]);
		expect(statSync(join(folder, "signing-keys.json")).mode & 0o777).toBe(
			0o600,
		);
	});
});
