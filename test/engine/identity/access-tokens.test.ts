import { chmodSync } from "node:fs";
import { join } from "node:path";
import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { SigningKeys } from "../../../src-main/engine/identity/credentials/signing-keys.ts";
import { alice, openIdentity } from "./open-identity.ts";

// Only a live HS256 token, signed by a key of our own and made for us, says who somebody is.

async function signedIn() {
	const opened = openIdentity();
	const { identity, folder, ports } = opened;
	const { accessToken, account, projectId } = await identity.register(
		alice,
		900,
	);
	const keys = new SigningKeys(folder, ports.clock, ports.random);
	const parts = accessToken.split(".");
	const [header, payload] = parts
		.slice(0, 2)
		.map(
			(part): Record<string, unknown> =>
				JSON.parse(Buffer.from(part, "base64url").toString()),
		);
	return { ...opened, accessToken, account, projectId, keys, header, payload };
}

function encode(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString("base64url");
}

describe("access tokens", () => {
	test("name the person, the tenant and the project", async () => {
		const { identity, accessToken, account, projectId } = await signedIn();
		expect(await identity.authenticateAccessToken(accessToken)).toMatchObject({
			principal: {
				tenant: { id: account.tenant.id },
				actor: { kind: "person", id: account.id },
				role: "owner",
				isLocalOwner: false,
			},
			projectId,
		});
	});

	test("forged ones are refused", async () => {
		const { identity, keys, header, payload, accessToken } = await signedIn();
		const { id: kid, secret } = keys.newest();
		const resign = (
			claims: Record<string, unknown>,
			head: Record<string, unknown> = {},
			key: Uint8Array = secret,
		) =>
			new SignJWT({ ...payload, ...claims })
				.setProtectedHeader({ alg: "HS256", kid, typ: "at+jwt", ...head })
				.sign(key);
		const now = Number(payload?.iat);
		const [, body, signature] = accessToken.split(".");
		const forged: Record<string, string> = {
			"alg none": new UnsecuredJWT(payload).encode(),
			"alg nOnE": `${encode({ ...header, alg: "nOnE" })}.${body}.`,
			"alg RS256": `${encode({ ...header, alg: "RS256" })}.${body}.${signature}`,
			"HS512 with our key": await resign(
				{},
				{ alg: "HS512" },
				Buffer.concat([secret, secret]),
			),
			"another key": await resign({}, {}, new Uint8Array(32)),
			"no kid": await resign({}, { kid: undefined }),
			"a kid that is a path": await resign(
				{},
				{ kid: "../../dev/null" },
				new Uint8Array(32),
			),
			"a kid that is SQL": await resign({}, { kid: "x' OR '1'='1" }),
			"a kid of the object's prototype": await resign({}, { kid: "__proto__" }),
			"another type": await resign({}, { typ: "JWT" }),
			"another issuer": await resign({ iss: "someone" }),
			"another audience": await resign({ aud: "someone" }),
			expired: await resign({ exp: now - 60 }),
			"exp as text": await resign({ exp: String(now + 900) }),
			"no exp": await resign({ exp: undefined }),
			"future nbf": await resign({ nbf: now + 600 }),
			"no nbf": await resign({ nbf: undefined }),
			"no jti": await resign({ jti: undefined }),
			"unknown user": await resign({ sub: crypto.randomUUID() }),
			"unknown family": await resign({ fam: crypto.randomUUID() }),
			"another tenant": await resign({ tid: crypto.randomUUID() }),
			"another project": await resign({ pid: crypto.randomUUID() }),
			"a critical header we do not know": `${encode({ ...header, crit: ["x"], x: 1 })}.${body}.${signature}`,
			"a changed body": `${encode(header)}.${encode({ ...payload, sub: "x" })}.${signature}`,
			"100 kB": `${accessToken}${"A".repeat(100_000)}`,
			"100 kB of dots": ".".repeat(100_000),
			empty: "",
			"two parts": "a.b",
		};
		expect(await resign({})).toBeTypeOf("string");
		expect(
			await identity.authenticateAccessToken(await resign({})),
		).not.toBeNull();
		const accepted: string[] = [];
		for (const [name, token] of Object.entries(forged)) {
			const holder = await identity.authenticateAccessToken(token);
			if (holder !== null) accepted.push(name);
		}
		expect(accepted).toEqual([]);
	});

	test("expire, and setting the clock back revives none", async () => {
		const { identity, ports, accessToken } = await signedIn();
		const start = ports.clock.now();
		ports.clock.set(start + 906_000);
		expect(await identity.authenticateAccessToken(accessToken)).toBeNull();
		ports.clock.set(start);
		expect(await identity.authenticateAccessToken(accessToken)).toBeNull();
	});

	test("a rotated key verifies until the next rotation", async () => {
		const { identity, accessToken } = await signedIn();
		identity.rotateSigningKey();
		expect(await identity.authenticateAccessToken(accessToken)).not.toBeNull();
		identity.rotateSigningKey();
		expect(await identity.authenticateAccessToken(accessToken)).toBeNull();
	});

	test("a key file that others can read is refused, with the way out", async ({
		skip,
	}) => {
		skip(process.platform === "win32", "Windows has no such modes");
		const { folder, ports } = await signedIn();
		chmodSync(join(folder, "signing-keys.json"), 0o644);
		expect(() => new SigningKeys(folder, ports.clock, ports.random)).toThrow(
			/chmod 600/,
		);
	});
});
