import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type OpenCopilot, password, see } from "../open-copilot.ts";
import { registering, signingIn } from "./operations.ts";
import { registration, word } from "./requests.ts";

function seeCookies(operation: string, headers: Headers): string[] {
	const cookies = headers.getSetCookie();
	for (const cookie of cookies) {
		see(operation, `cookie ${cookie.split("=", 1)[0]}`);
		expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
	}
	return cookies;
}

/** Signing in and out, switching, and the tokens of sockets. */
export function authContract(copilot: () => OpenCopilot): void {
	describe("authentication", () => {
		test("registers and signs in as the document shows", async () => {
			const { nobody } = copilot();
			const json = { ...registering.request, ...registration() };
			const made = await nobody("POST /auth/register", { json });
			expect(made.status).toBe(registering.status);
			expect(made.body).toMatchObject({
				user: { email: json.email, full_name: json.full_name },
				tenant: { name: json.tenant_name, slug: json.tenant_name },
				token_type: "bearer",
			});
			expect(seeCookies("POST /auth/register", made.headers)).toEqual([
				expect.stringMatching(/^access_token=eyJ.*Max-Age=900; Path=\/;/),
				expect.stringMatching(
					/^refresh_token=rt_.*Max-Age=604800; Path=\/api\/v1\/auth;/,
				),
			]);
			const taken = await nobody("POST /auth/register", { json });
			expect(taken.status).toBe(409);
			const { email } = json;
			const login = await nobody("POST /auth/login", {
				json: { ...signingIn.request, email, password },
			});
			expect(login.status).toBe(signingIn.status);
			expect(seeCookies("POST /auth/login", login.headers)).toHaveLength(2);
			const wrong = await nobody("POST /auth/login", {
				json: { email, password: "wrong" },
			});
			expect(wrong.status).toBe(401);
			for (const name of Object.keys(signingIn.request ?? {})) {
				const part = { ...signingIn.request, [name]: undefined };
				const missing = await nobody("POST /auth/login", { json: part });
				expect([name, missing.status]).toEqual([name, 400]);
			}
		});

		test("refreshes from the cookie and signs out", async () => {
			const { nobody, callerWith } = copilot();
			const none = await nobody("POST /auth/refresh");
			expect(none.status).toBe(401);
			const made = await nobody("POST /auth/register", {
				json: registration(),
			});
			const cookie = made.headers
				.getSetCookie()
				.map((each) => each.split(";", 1)[0])
				.join("; ");
			const refreshed = await nobody("POST /auth/refresh", {
				headers: { cookie },
			});
			expect(refreshed.status).toBe(200);
			seeCookies("POST /auth/refresh", refreshed.headers);
			const { access_token: token } = refreshed.body as {
				access_token: string;
			};
			const me = callerWith(token);
			const byCookie = await nobody("GET /auth/me", {
				headers: { cookie: `access_token=${token}` },
			});
			expect(byCookie.body).toEqual((await me("GET /auth/me")).body);
			expect((await me("POST /auth/logout")).status).toBe(200);
			expect((await me("GET /auth/me")).status).toBe(401);
		});

		test("switches the project; the refresh token follows", async () => {
			const { engine, founder, nobody, callerWith } = copilot();
			const { projects } = engine.identity;
			const by = founder.holder.principal.needs("owner");
			const email = `${word()}@example.com`;
			await engine.identity.addUser(by.needs("admin"), {
				email,
				name: word(),
				password,
				role: "viewer",
			});
			const { id } = projects.create(by, { name: word() });
			projects.addMember(by.in(id).governs("owner"), { email, role: "admin" });
			const login = await nobody("POST /auth/login", {
				json: { email, password },
			});
			const { access_token: token } = login.body as { access_token: string };
			const call = callerWith(token);
			const operation = "POST /auth/switch-project";
			const switched = await call(operation, { query: `?project_id=${id}` });
			expect(switched.body).toMatchObject({ project: { id, role: "admin" } });
			expect(seeCookies(operation, switched.headers)).toHaveLength(1);
			const inBody = await call(operation, { json: { project_id: id } });
			expect(inBody.status).toBe(200);
			const next = callerWith(
				(switched.body as { access_token: string }).access_token,
			);
			expect((await next("GET /auth/me")).body).toMatchObject({
				current_project_id: id,
				role: "admin",
				current_project_role: "admin",
			});
			const cookie = login.headers
				.getSetCookie()
				.map((each) => each.split(";", 1)[0])
				.join("; ");
			const refreshed = await nobody("POST /auth/refresh", {
				headers: { cookie },
			});
			const followed = callerWith(
				(refreshed.body as { access_token: string }).access_token,
			);
			expect((await followed("GET /auth/me")).body).toMatchObject({
				current_project_id: id,
			});
			const strangers = projects.create(by, { name: word() });
			const over = projects.create(by, { name: word() });
			projects.addMember(by.in(over.id).governs("owner"), {
				email,
				role: "viewer",
			});
			projects.deactivate(by.in(over.id).governs("owner"));
			for (const [project, status] of [
				[strangers.id, 403],
				[copilot().stranger.projectId, 404],
				[randomUUID(), 404],
				[over.id, 409],
			] as const) {
				const answer = await call(operation, {
					query: `?project_id=${project}`,
				});
				expect([project, answer.status]).toEqual([project, status]);
			}
			expect((await call(operation)).status).toBe(422);
		});
	});
}
