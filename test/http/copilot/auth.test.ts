import { describe, expect, test, vi } from "vitest";
import { alice, bob } from "../../engine/identity/open-identity.ts";
import { cookiesOf, openListeners, post, readJson } from "../open-listeners.ts";

// API B's sign-in, as its document shows it, down to the cookies.

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const token = expect.stringMatching(/^eyJ/);

async function open(options: Parameters<typeof openListeners>[0] = {}) {
	const opened = await openListeners(options);
	return { ...opened, auth: `${opened.urls.copilot}/api/v1/auth` };
}

function bearer(accessToken: unknown) {
	return { authorization: `Bearer ${String(accessToken)}` };
}

describe("API B, authentication", () => {
	test("registers, signs in, tells who it is, refreshes and signs out", async () => {
		const { auth } = await open();
		const registered = await post(`${auth}/register`, alice);
		const registration = await readJson<{
			user: { id: string };
			tenant: { id: string };
		}>(registered);
		expect([registered.status, registration]).toEqual([
			200,
			{
				user: {
					id: uuid,
					email: alice.email,
					full_name: "Alice Doe",
					tenant_id: registration.tenant.id,
				},
				tenant: {
					id: uuid,
					name: "Acme Corporation",
					slug: "acme-corporation",
				},
				access_token: token,
				token_type: "bearer",
			},
		]);
		expect(registered.headers.getSetCookie()).toEqual([
			expect.stringMatching(
				/^access_token=eyJ[^;]+; Max-Age=900; Path=\/; HttpOnly; SameSite=Strict$/,
			),
			expect.stringMatching(
				/^refresh_token=rt_[^;]+; Max-Age=604800; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
			),
		]);

		const { email, password } = alice;
		const loggedIn = await post(`${auth}/login`, { email, password });
		const login = await readJson<{
			access_token: string;
			projects: { id: string }[];
		}>(loggedIn);
		expect([loggedIn.status, login]).toEqual([
			200,
			{
				user: {
					...registration.user,
					project_id: login.projects[0]?.id,
					role: "owner",
				},
				projects: [{ id: uuid, name: "Default", role: "owner" }],
				access_token: token,
				token_type: "bearer",
			},
		]);

		const cookie = cookiesOf(loggedIn);
		const expected = {
			id: registration.user.id,
			email: alice.email,
			full_name: "Alice Doe",
			role: "owner",
			tenant_id: registration.tenant.id,
			tenant_name: "Acme Corporation",
			current_project_id: login.projects[0]?.id,
			current_project_role: "owner",
			projects: [{ ...login.projects[0], slug: "default", is_active: true }],
		};
		for (const headers of [{ cookie }, bearer(login.access_token)]) {
			const me = await fetch(`${auth}/me`, { headers });
			expect([me.status, await me.json()]).toEqual([200, expected]);
		}

		const refreshed = await post(`${auth}/refresh`, undefined, { cookie });
		expect([refreshed.status, await refreshed.json()]).toEqual([
			200,
			{ access_token: token, token_type: "bearer", message: "Token refreshed" },
		]);

		const next = cookiesOf(refreshed);
		const out = await post(`${auth}/logout`, undefined, { cookie: next });
		expect([out.status, await out.json()]).toEqual([
			200,
			{ message: "Logged out" },
		]);
		const after = await fetch(`${auth}/me`, { headers: { cookie: next } });
		expect(after.status).toBe(401);
		const again = await post(`${auth}/refresh`, undefined, { cookie: next });
		expect(again.status).toBe(401);
	});

	test("a spent refresh token ends the whole family", async () => {
		const { auth } = await open();
		const first = cookiesOf(await post(`${auth}/register`, alice));
		const second = cookiesOf(
			await post(`${auth}/refresh`, undefined, { cookie: first }),
		);
		const replayed = await post(`${auth}/refresh`, undefined, {
			cookie: first,
		});
		expect([replayed.status, await replayed.json()]).toEqual([
			401,
			{ detail: "Sign in first." },
		]);
		expect(
			(await post(`${auth}/refresh`, undefined, { cookie: second })).status,
		).toBe(401);
		expect(
			(await fetch(`${auth}/me`, { headers: { cookie: second } })).status,
		).toBe(401);
	});

	test.each([
		["login", {}, 400],
		["login", { email: alice.email }, 400],
		["login", { email: alice.email, password: null }, 400],
		["login", { email: "", password: "x" }, 400],
		["login", { email: 7, password: "x" }, 422],
		["login", { email: "x", password: "x".repeat(100_000) }, 422],
		["login", [], 422],
		["login", { email: alice.email, password: "wrong" }, 401],
		["login", { email: "nobody@example.com", password: "wrong" }, 401],
		["register", alice, 409],
		["register", {}, 422],
		["register", { ...bob, password: "short" }, 422],
		["refresh", undefined, 401],
		["logout", undefined, 401],
	])("%s %o -> %i {detail}", async (route, body, status) => {
		const { auth, identity } = await open();
		await identity.register(alice, 900);
		const answer = await post(`${auth}/${route}`, body);
		expect([answer.status, await answer.json()]).toEqual([
			status,
			{ detail: expect.any(String) },
		]);
		expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
	});

	test.each([
		"",
		"Bearer",
		"Basic eyJ",
		"Bearer x.y.z",
		`Bearer ${"a".repeat(12_000)}`,
	])(
		"a wrong Authorization (%j) is 401 with a challenge",
		async (authorization) => {
			const { auth } = await open();
			const answer = await fetch(`${auth}/me`, { headers: { authorization } });
			expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
				401,
				"Bearer",
			]);
		},
	);

	test("registration can be turned off", async () => {
		const { auth } = await open({ allowRegistration: false });
		expect((await post(`${auth}/register`, alice)).status).toBe(403);
	});

	test("ten attempts a minute and address, with headers on every answer", async () => {
		const { auth, ports } = await open({ config: { rateLimitScale: 1 } });
		let now = 5_000;
		vi.spyOn(ports.clock, "monotonic").mockImplementation(() => now);
		const answers: Response[] = [];
		for (let attempt = 0; attempt < 11; attempt++) {
			answers.push(await fetch(`${auth}/me`));
		}
		expect(answers.map((answer) => answer.status)).toEqual([
			...Array(10).fill(401),
			429,
		]);
		const headers = (answer?: Response) =>
			["limit", "remaining", "reset"].map((name) =>
				answer?.headers.get(`x-ratelimit-${name}`),
			);
		expect(headers(answers[0])).toEqual(["10", "9", "60"]);
		expect(headers(answers[10])).toEqual(["10", "0", "60"]);
		expect(answers[10]?.headers.get("retry-after")).toBe("60");
		expect(await answers[10]?.json()).toEqual({
			detail: "Too many requests; try again in 60 s.",
		});
		now += 60_001;
		expect((await fetch(`${auth}/me`)).status).toBe(401);
	});

	test("an unknown route is 404 {detail}", async () => {
		const { urls } = await open();
		const answer = await fetch(`${urls.copilot}/api/v1/nowhere`);
		expect([answer.status, await answer.json()]).toEqual([
			404,
			{ detail: "Not Found" },
		]);
	});
});
