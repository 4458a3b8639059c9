import { describe, expect, test } from "vitest";
import type { OpenCopilot } from "../open-copilot.ts";
import { see } from "../open-copilot.ts";
import { somebody, word } from "./requests.ts";

/** Projects and their members: what the answers hold, and what is refused. */
export function projectContract(copilot: () => OpenCopilot): void {
	describe("projects", () => {
		test("are made, shown, changed and deactivated", async () => {
			const { call, holder } = copilot().founder;
			const name = "Zahlungsverkehr Süd";
			const made = await call("POST /projects", {
				json: { name, timezone: "Europe/Berlin", description: "Payments" },
			});
			expect(made.body).toEqual({
				id: expect.any(String),
				tenant_id: holder.principal.tenant.id,
				name,
				slug: "zahlungsverkehr-sud",
				description: "Payments",
				timezone: "Europe/Berlin",
				is_active: true,
				created_at: "2026-01-20T12:00:00.000Z",
				updated_at: "2026-01-20T12:00:00.000Z",
				member_count: 2,
				current_user_role: "owner",
			});
			const { id } = made.body as { id: string };
			const taken = await call("POST /projects", {
				json: { name: word(), slug: "zahlungsverkehr-sud" },
			});
			expect(taken.status).toBe(409);
			const clash = await call("PATCH /projects/{id}", {
				ids: [id],
				json: { slug: "default" },
			});
			expect(clash.status).toBe(409);
			const changed = await call("PATCH /projects/{id}", {
				ids: [id],
				json: { timezone: "UTC", description: "" },
			});
			expect(changed.body).toMatchObject({ timezone: "UTC", description: "" });
			expect((await call("GET /projects/{id}", { ids: [id] })).body).toEqual(
				changed.body,
			);
			const gone = await call("DELETE /projects/{id}", { ids: [id] });
			expect(gone.body).toEqual({
				status: "success",
				message: "Project deactivated",
			});
			const after = await call("GET /projects/{id}", { ids: [id] });
			expect(after.body).toMatchObject({ is_active: false });
		});

		test.each([
			{},
			{ name: "" },
			{ name: "   " },
			{ name: "x".repeat(201) },
			{ name: "a", slug: "Not A Slug" },
			{ name: "a", slug: "-a" },
			{ name: "a", timezone: "Mars/Olympus" },
			{ name: "a", timezone: "+02:00" },
			{ name: "a", timezone: "" },
			{ name: "a", description: 7 },
		])("%o makes none", async (json) => {
			const { call } = copilot().founder;
			expect((await call("POST /projects", { json })).status).toBe(422);
		});

		test("the tenant's first stays active", async () => {
			const { call, projectId } = copilot().founder;
			const gone = await call("DELETE /projects/{id}", { ids: [projectId] });
			expect(gone.status).toBe(409);
		});

		test("lists are paged, and say how many there are", async () => {
			const { call, projectId } = copilot().founder;
			for (const name of ["a", "b", "c"]) {
				await call("POST /projects", { json: { name: `${word()} ${name}` } });
			}
			for (const [operation, ids] of [
				["GET /projects", []],
				["GET /projects/{id}/members", [projectId]],
			] as const) {
				const all = await call(operation, { ids, query: "?limit=100" });
				const total = Number(all.headers.get("x-total-count"));
				expect(all.body).toHaveLength(Math.min(total, 100));
				const page = await call(operation, { ids, query: "?skip=1&limit=2" });
				expect(page.body).toEqual((all.body as unknown[]).slice(1, 3));
				expect(page.headers.get("link")).toContain('rel="next"');
				see(operation, "page good");
				for (const query of ["?skip=-1", "?limit=0", "?limit=101", "?page=2"]) {
					const bad = await call(operation, { ids, query });
					expect([query, bad.status]).toEqual([query, 422]);
				}
				see(operation, "page bad");
			}
		});
	});

	describe("members", () => {
		test("are added by address, moved between roles and taken out", async () => {
			const { engine, founder } = copilot();
			const { call } = founder;
			const { id } = engine.identity.projects.create(
				founder.holder.principal.needs("owner"),
				{
					name: word(),
				},
			);
			const person = await somebody(copilot());
			const post = "POST /projects/{id}/members";
			const added = await call(post, {
				ids: [id],
				json: { user_email: person.email.toUpperCase(), role: "viewer" },
			});
			expect(added.body).toEqual({
				user_id: person.id,
				user_email: person.email,
				user_name: expect.any(String),
				role: "viewer",
				joined_at: "2026-01-20T12:00:00.000Z",
			});
			const again = await call(post, {
				ids: [id],
				json: { user_email: person.email, role: "viewer" },
			});
			expect(again.status).toBe(409);
			const unknown = await call(post, {
				ids: [id],
				json: { user_email: "nobody@example.com", role: "viewer" },
			});
			expect([unknown.status, unknown.body]).toEqual([
				404,
				{ detail: expect.stringContaining("tocsin user add") },
			]);
			const one = "PATCH /projects/{id}/members/{user_id}";
			const ids = [id, person.id];
			const moved = await call(one, { ids, json: { role: "admin" } });
			expect(moved.body).toMatchObject({ role: "admin" });
			const wrong = await call(one, { ids, json: { role: "king" } });
			expect(wrong.status).toBe(422);
			const out = "DELETE /projects/{id}/members/{user_id}";
			expect((await call(out, { ids })).body).toEqual({
				status: "success",
				message: "Member removed",
			});
			expect((await call(out, { ids })).status).toBe(404);
		});

		test("an admin makes nobody an owner and takes none out", async () => {
			const { people, founder } = copilot();
			const { call, projectId } = people.admin;
			const person = await somebody(copilot());
			const raised = await call("PATCH /projects/{id}/members/{user_id}", {
				ids: [projectId, person.id],
				json: { role: "owner" },
			});
			expect(raised.status).toBe(403);
			const out = await call("DELETE /projects/{id}/members/{user_id}", {
				ids: [projectId, founder.id],
			});
			expect(out.status).toBe(403);
		});

		test("the last owner stays, and so do owners of the tenant", async () => {
			const { stranger, founder, people } = copilot();
			const alone = [stranger.projectId, stranger.id];
			const lowered = await stranger.call(
				"PATCH /projects/{id}/members/{user_id}",
				{ ids: alone, json: { role: "viewer" } },
			);
			expect(lowered.status).toBe(409);
			const left = await stranger.call(
				"DELETE /projects/{id}/members/{user_id}",
				{ ids: alone },
			);
			expect(left.status).toBe(409);
			const owner = await founder.call(
				"DELETE /projects/{id}/members/{user_id}",
				{ ids: [founder.projectId, people.owner.id] },
			);
			expect(owner.status).toBe(409);
			const added = await founder.call("POST /projects/{id}/members", {
				ids: [founder.projectId],
				json: { user_email: people.viewer.email, role: "viewer" },
			});
			expect(added.status).toBe(409);
		});

		test("a role in the first project is the role in the tenant; who is in no project is turned off, until they are in one again", async () => {
			const { engine, founder, signIn } = copilot();
			const person = await somebody(copilot());
			const memberOf = () =>
				engine.identity.members
					.list(founder.holder.principal.tenant.key)
					.find(({ id }) => id === person.id);
			const ids = [founder.projectId, person.id];
			const { call } = founder;
			await call("PATCH /projects/{id}/members/{user_id}", {
				ids,
				json: { role: "admin" },
			});
			expect(memberOf()).toMatchObject({ role: "admin", isActive: true });
			const signedIn = await signIn(person.email);
			await call("DELETE /projects/{id}/members/{user_id}", { ids });
			expect(memberOf()).toMatchObject({ isActive: false });
			expect((await signedIn.call("GET /auth/me")).status).toBe(401);
			const back = await call("POST /projects/{id}/members", {
				ids: [founder.projectId],
				json: { user_email: person.email, role: "viewer" },
			});
			expect(back.status).toBe(201);
			expect(memberOf()).toMatchObject({ role: "viewer", isActive: true });
			expect((await signIn(person.email)).projectId).toBe(founder.projectId);
		});
	});
}
