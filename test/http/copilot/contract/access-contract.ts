import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
	type Role,
	roleAtLeast,
	roles,
} from "../../../../src-shared/domain/roles.ts";
import { type DocumentedRoute, documentedRoutes } from "../copilot-document.ts";
import { type OpenCopilot, openCopilot, see } from "../open-copilot.ts";
import { answered, okOf, promised } from "./operations.ts";
import { incidentIn, kindOf, projectOfAll, word } from "./requests.ts";
import { validRequest } from "./valid-request.ts";

const tokened = answered.filter(({ needs }) => needs.startsWith("Yes"));

/** The weakest role that may: the document's, and a viewer changes nothing. */
function neededFor({ name, needs, method }: DocumentedRoute): Role {
	if (needs === "Yes (Owner)") return "owner";
	if (needs === "Yes (Admin)") return "admin";
	return method === "GET" || name.includes("/auth/") ? "viewer" : "engineer";
}

/** Who may do what: the whole matrix; what is whose; and how often. */
export function accessContract(copilot: () => OpenCopilot): void {
	describe("access", () => {
		test.each(tokened)("$name, by everybody", async (route) => {
			const { nobody, people } = copilot();
			const { name } = route;
			const refused = await nobody(name, await validRequest(copilot(), name));
			expect(refused.status).toBe(401);
			expect(refused.headers.get("www-authenticate")).toBe("Bearer");
			see(name, "role nobody");
			for (const role of roles) {
				const signedIn = await copilot().signIn(people[role].email);
				const sent = await validRequest(copilot(), name);
				const { status } = await signedIn.call(name, sent);
				const isAllowed = roleAtLeast(role, neededFor(route));
				expect([role, status]).toEqual([role, isAllowed ? okOf(name) : 403]);
				see(name, `role ${role}`);
			}
		});

		test("the role that counts is the one in the current project", async () => {
			const { engine, founder, people, callerWith } = copilot();
			const { projects, projectTokens } = engine.identity;
			const { id } = projects.create(founder.holder.principal.needs("owner"), {
				name: word(),
			});
			projects.addMember(founder.holder.principal.in(id).governs("owner"), {
				email: people.viewer.email,
				role: "engineer",
			});
			const { accessToken } = await projectTokens.switchTo(
				people.viewer.holder,
				id,
				900,
			);
			const sent = { json: { title: word(), severity: "low" } };
			const here = callerWith(accessToken);
			expect((await here("POST /incidents", sent)).status).toBe(200);
			const first = await people.viewer.call("POST /incidents", sent);
			expect(first.status).toBe(403);
			// For the other APIs it is the role in the tenant.
			const elsewhere = await fetch(
				`${copilot().listeners.urls.api}/api/v1/incidents`,
				{
					method: "POST",
					headers: {
						authorization: `Bearer ${accessToken}`,
						"content-type": "application/json",
					},
					body: JSON.stringify({
						title: word(),
						severity: "P2",
						model_id: randomUUID(),
					}),
				},
			);
			expect(elsewhere.status).toBe(403);
		});

		test("another tenant's things are not there, alike for what nobody has", async () => {
			const { stranger } = copilot();
			for (const { name } of tokened) {
				if (kindOf(name) === null) continue;
				const sent = await validRequest(copilot(), name);
				const answers = [];
				for (const ids of [sent.ids, sent.ids?.map(() => randomUUID())]) {
					const answer = await stranger.call(name, {
						...sent,
						...(ids === undefined ? {} : { ids }),
					});
					const text = (ids ?? []).reduce(
						(rest, id) => rest.replaceAll(id, "ID"),
						JSON.stringify(answer.body),
					);
					answers.push([name, answer.status, text]);
				}
				expect(answers[0]).toEqual(answers[1]);
				expect(answers[0]?.[1]).toBe(404);
			}
		});

		test("what is of another project of the tenant is refused with 403", async () => {
			const { engine, founder } = copilot();
			const outsider = await copilot().addPerson(word(), "engineer");
			const other = engine.identity.projects.create(
				founder.holder.principal.needs("owner"),
				{
					name: word(),
				},
			);
			for (const { name } of tokened) {
				const kind = kindOf(name);
				if (kind === null) continue;
				const sent = await validRequest(copilot(), name);
				const [, ...rest] = sent.ids ?? [];
				const id =
					kind === "project"
						? other.id
						: incidentIn(copilot(), "detected", other.id);
				const answer = await outsider.call(name, {
					...sent,
					ids: [id, ...rest],
				});
				expect([name, answer.status]).toEqual([name, 403]);
			}
		});
	});

	describe("limits", () => {
		test("every operation is limited, says so, and counts by user or by address", async () => {
			const limited = await openCopilot({ rateLimitScale: 0.1 });
			const { engine, founder, people, nobody } = limited;
			const rest = answered.filter(({ name }) => !name.includes("/auth/"));
			for (let left = 9; left >= 0; left--) {
				const answer = await founder.call("GET /incidents-stats");
				expect([
					answer.status,
					answer.headers.get("x-ratelimit-limit"),
					answer.headers.get("x-ratelimit-remaining"),
				]).toEqual([200, "10", String(left)]);
			}
			for (const { name } of rest) {
				const sent = await validRequest(limited, name);
				const answer = await founder.call(name, sent);
				expect([name, answer.status]).toEqual([name, 429]);
				const wait = Number(answer.headers.get("retry-after"));
				expect(wait).toBeGreaterThan(0);
				expect(answer.headers.get("x-ratelimit-reset")).toBe(String(wait));
			}
			const other = await people.engineer.call("GET /incidents-stats");
			expect(other.status).toBe(200);
			expect((await nobody("GET /incidents-stats")).status).toBe(401);
			// One attempt a minute is left of ten.
			await nobody("POST /auth/logout");
			for (const { name, method } of answered) {
				if (!name.includes("/auth/")) continue;
				const answer = await founder.call(
					name,
					method === "GET" ? {} : { json: {} },
				);
				expect([name, answer.status]).toEqual([name, 429]);
			}
			expect(
				engine.identity.projects.list(founder.holder.principal),
			).toHaveLength(projectsMade(rest));
		});

		test("what is no operation says the limits too", async () => {
			const { listeners } = copilot();
			for (const [path, status] of [
				["/", 404],
				["/api/v1/nowhere", 404],
				["/docs", 200],
				["/redoc", 200],
				["/openapi.json", 200],
			] as const) {
				const answer = await fetch(listeners.urls.copilot + path);
				expect([path, answer.status]).toEqual([path, status]);
				expect(answer.headers.get("x-ratelimit-limit")).toBe("100");
			}
			const wrong = await fetch(`${listeners.urls.copilot}/api/v1/incidents`, {
				method: "PUT",
			});
			expect([wrong.status, wrong.headers.get("allow")]).toEqual([
				405,
				"GET, POST",
			]);
		});
	});

	test("every operation of the document is one of the listener, or is named as awaited", () => {
		const routed = copilot()
			.listeners.routes.filter(({ api }) => api === "copilot")
			.map(({ method, url }) => `${method} ${url}`);
		const pathOf = (path: string) =>
			path.replaceAll(/\{\w+\}/g, ":").replaceAll(/:\w+/g, ":");
		for (const { name, method, path } of documentedRoutes) {
			const isRouted = routed.some(
				(each) => pathOf(each) === `${method} /api/v1${pathOf(path)}`,
			);
			expect([name, isRouted]).toEqual([name, Object.hasOwn(promised, name)]);
		}
	});

	test("a project of everybody has everybody", () => {
		const id = projectOfAll(copilot());
		const members = copilot().engine.identity.projects.members(
			copilot().founder.holder.principal.in(id),
		);
		expect(members.map(({ role }) => role).sort()).toEqual([
			"admin",
			"engineer",
			"owner",
			"owner",
			"viewer",
		]);
	});
}

/** What `validRequest` itself made on the way. */
function projectsMade(routes: readonly DocumentedRoute[]): number {
	const own = routes.filter(
		({ name }) => kindOf(name) === "project" && !name.includes("{user_id}"),
	);
	return own.length + 1;
}
