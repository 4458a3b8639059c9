import { describe, expect, test, vi } from "vitest";
import { alice, bob } from "../engine/identity/open-identity.ts";
import { cookiesOf, openListeners, post, readJson } from "./open-listeners.ts";

// API A's sign-in and the API keys: problem details, and nothing across tenants.

async function open(options: Parameters<typeof openListeners>[0] = {}) {
	const opened = await openListeners(options);
	const base = `${opened.urls.api}/api/v1`;
	const signIn = async (person: typeof alice) => {
		const { accessToken } = await opened.identity.register(person, 900);
		return { authorization: `Bearer ${accessToken}` };
	};
	return { ...opened, base, signIn };
}

describe("API A, authentication", () => {
	test("a token by password, refreshed by its cookie, signed out", async () => {
		const { base, signIn } = await open();
		await signIn(alice);
		const body = { username: alice.email, password: alice.password };
		const issued = await post(`${base}/auth/token`, body);
		const shape = {
			access_token: expect.stringMatching(/^eyJ/),
			token_type: "bearer",
			expires_in: 3600,
		};
		expect([issued.status, await issued.json()]).toEqual([200, shape]);
		const cookie = cookiesOf(issued);
		expect(cookie).toMatch(/^refresh_token=rt_/);
		const refreshed = await post(`${base}/auth/refresh`, undefined, { cookie });
		const next = await readJson<{ access_token: string }>(refreshed);
		expect([refreshed.status, next]).toEqual([200, shape]);
		const authorization = `Bearer ${next.access_token}`;
		const out = await post(`${base}/auth/logout`, undefined, { authorization });
		expect([out.status, await out.text()]).toEqual([204, ""]);
		const keys = await fetch(`${base}/api-keys`, {
			headers: { authorization },
		});
		expect(keys.status).toBe(401);
	});

	test("refusals are problem details", async () => {
		const { base } = await open();
		const answer = await post(`${base}/auth/token`, {
			username: "nobody",
			password: "wrong",
		});
		expect(answer.headers.get("content-type")).toBe("application/problem+json");
		expect([answer.status, await answer.json()]).toEqual([
			401,
			{
				type: "urn:tocsin:error:unauthenticated",
				title: "Unauthorized",
				status: 401,
				code: "UNAUTHORIZED",
				detail: "Invalid credentials.",
				instance: "/api/v1/auth/token",
			},
		]);
	});

	test("the limit's reset is an epoch", async () => {
		const { base, ports } = await open({ config: { rateLimitScale: 0.1 } });
		vi.spyOn(ports.clock, "monotonic").mockReturnValue(5_000);
		const first = await post(`${base}/auth/refresh`);
		const second = await post(`${base}/auth/refresh`);
		expect([first.status, second.status]).toEqual([401, 429]);
		expect(second.headers.get("x-ratelimit-reset")).toBe(
			String(ports.clock.now() / 1000 + 60),
		);
		expect(second.headers.get("content-type")).toBe("application/problem+json");
	});
});

describe("API keys", () => {
	test("are made, listed without their text, used and revoked", async () => {
		const { base, signIn, identity } = await open();
		const headers = await signIn(alice);
		const made = await post(`${base}/api-keys`, { name: "ingest" }, headers);
		const { key, ...rest } = await readJson<{ key: string; id: string }>(made);
		expect(made.status).toBe(201);
		expect(made.headers.get("cache-control")).toBe("no-store");
		expect(key).toMatch(/^sk_live_[0-9A-Za-z]{49}$/);
		expect(rest).toEqual({
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			name: "ingest",
			prefix: key.slice(0, 16),
			created_at: "2026-01-20T12:00:00.000Z",
		});
		expect(identity.authenticateApiKey(key)?.actor.name).toBe("ingest");
		const listed = await fetch(`${base}/api-keys`, { headers });
		expect(await listed.json()).toEqual([
			{ ...rest, last_used_at: "2026-01-20T12:00:00.000Z" },
		]);
		const remove = () =>
			fetch(`${base}/api-keys/${rest.id}`, { method: "DELETE", headers });
		expect((await remove()).status).toBe(204);
		expect(identity.authenticateApiKey(key)).toBeNull();
		expect((await remove()).status).toBe(404);
	});

	test("of another tenant do not exist", async () => {
		const { base, signIn } = await open();
		const [one, two] = [await signIn(alice), await signIn(bob)];
		const made = await post(`${base}/api-keys`, { name: "x" }, one);
		const { id } = await readJson<{ id: string }>(made);
		const list = await fetch(`${base}/api-keys`, { headers: two });
		expect(await list.json()).toEqual([]);
		const removed = await fetch(`${base}/api-keys/${id}`, {
			method: "DELETE",
			headers: two,
		});
		expect(removed.status).toBe(404);
	});

	test.each([
		[{}, 422],
		[{ name: "" }, 422],
		[{ name: 7 }, 422],
		[{ name: "x".repeat(201) }, 422],
		[[], 422],
		[undefined, 422],
	])("%o as a body is %i with the field's name", async (body, status) => {
		const { base, signIn } = await open();
		const headers = await signIn(alice);
		const answer = await post(`${base}/api-keys`, body, headers);
		expect([answer.status, await answer.json()]).toMatchObject([
			status,
			{ status, title: "Unprocessable Entity" },
		]);
	});

	test.each([
		["GET", "/api-keys"],
		["POST", "/api-keys"],
		["DELETE", "/api-keys/x"],
		["POST", "/auth/logout"],
	])("%s %s without a token is 401", async (method, path) => {
		const { base } = await open();
		expect((await fetch(base + path, { method })).status).toBe(401);
	});

	test("a cookie is no credential here", async () => {
		const { base, identity } = await open();
		const { accessToken } = await identity.register(alice, 900);
		const answer = await fetch(`${base}/api-keys`, {
			headers: { cookie: `access_token=${accessToken}` },
		});
		expect(answer.status).toBe(401);
	});

	test("an unknown route is a problem too", async () => {
		const { base } = await open();
		const answer = await fetch(`${base}/nowhere?x=1`);
		expect([answer.status, await answer.json()]).toMatchObject([
			404,
			{ title: "Not Found", instance: "/api/v1/nowhere" },
		]);
	});
});
