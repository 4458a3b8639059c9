import { describe, expect, test } from "vitest";
import {
	canMove,
	type IncidentState,
} from "../../../../src-shared/domain/lifecycle.ts";
import { type OpenCopilot, see } from "../open-copilot.ts";
import {
	creating,
	listing,
	moving,
	severities,
	stamps,
	states,
} from "./operations.ts";
import { incidentIn, word } from "./requests.ts";

const at = "2026-01-20T12:00:00.000Z";

/** The incidents of the current project. */
export function incidentContract(copilot: () => OpenCopilot): void {
	describe("incidents", () => {
		test("are opened as the document shows, and read alike", async () => {
			const { call, projectId } = copilot().founder;
			const made = await call("POST /incidents", { json: creating.request });
			expect(made.status).toBe(200);
			expect(made.body).toEqual({
				...creating.request,
				id: expect.any(String),
				state: "detected",
				detected_at: at,
				acknowledged_at: null,
				project_id: projectId,
				created_at: at,
				updated_at: at,
			});
			const { id } = made.body as { id: string };
			const one = await call("GET /incidents/{id}", { ids: [id] });
			expect(one.body).toEqual(made.body);
			expect(Object.keys(Object(one.body))).toEqual(
				Object.keys((listing.response as object[])[0] ?? {}),
			);
		});

		test.each(severities)(
			"severity %s is opened, kept and found",
			async (severity) => {
				const { call } = copilot().founder;
				const made = await call("POST /incidents", {
					json: { title: word(), severity },
				});
				expect(made.body).toMatchObject({ severity, service_name: null });
				see("POST /incidents", `input severity=${severity}`);
				const id = incidentIn(copilot());
				const changed = await call("PATCH /incidents/{id}/severity", {
					ids: [id],
					json: { severity },
				});
				expect(changed.body).toMatchObject({ id, severity });
				see("PATCH /incidents/{id}/severity", `input severity=${severity}`);
				const { body } = await call("GET /incidents", {
					query: `?limit=100&severity=${severity}`,
				});
				const found = body as { id: string; severity: string }[];
				expect(found.every((each) => each.severity === severity)).toBe(true);
				expect(found.map((each) => each.id)).toContain(id);
				see("GET /incidents", `filter severity=${severity}`);
			},
		);

		test.each([
			["title", ""],
			["title", undefined],
			["title", "x".repeat(201)],
			["title", 7],
			["description", 7],
			["service_name", ""],
			["service_name", ["a"]],
			["severity", "P1"],
			["severity", undefined],
		])("%s %j opens none", async (name, value) => {
			const { call } = copilot().founder;
			const answer = await call("POST /incidents", {
				json: { ...creating.request, [name]: value },
			});
			expect([answer.status, answer.body]).toEqual([
				422,
				{ detail: expect.stringContaining(name) },
			]);
			see("POST /incidents", `bad ${name}`);
		});

		test("lists are of the project, newest first, paged", async () => {
			const { call } = copilot().founder;
			const ids = [incidentIn(copilot()), incidentIn(copilot())];
			const first = await call("GET /incidents");
			expect((first.body as unknown[]).length).toBeLessThanOrEqual(
				Number(listing.parameters.limit),
			);
			const page = await call("GET /incidents", { query: "?skip=0&limit=2" });
			expect((page.body as { id: string }[]).map(({ id }) => id)).toEqual(
				ids.reverse(),
			);
			expect(page.headers.get("link")).toMatch(
				/^<\/api\/v1\/incidents\?skip=0&limit=2>; rel="first", <[^>]*skip=2[^>]*>; rel="next"/,
			);
			see("GET /incidents", "page good");
			for (const [query, item] of [
				["?severity=P1", "filter severity bad"],
				["?state=closed", "filter state bad"],
				["?limit=101", "page bad"],
				["?skip=x", "page bad"],
			] as const) {
				const bad = await call("GET /incidents", { query });
				expect([query, bad.status]).toEqual([query, 422]);
				see("GET /incidents", item);
			}
		});

		test("counts add up", async () => {
			const { call } = copilot().founder;
			const { body } = await call("GET /incidents-stats");
			const { total, by_severity, by_state } = body as {
				total: number;
				by_severity: Record<string, number>;
				by_state: Record<string, number>;
			};
			const sum = (counts: Record<string, number>) =>
				Object.values(counts).reduce((all, each) => all + each, 0);
			expect([sum(by_severity), sum(by_state)]).toEqual([total, total]);
			const { headers } = await call("GET /incidents");
			expect(headers.get("x-total-count")).toBe(String(total));
		});

		test("what is in a project that is not active is read alone", async () => {
			const { engine, founder, callerWith } = copilot();
			const { projects, projectTokens } = engine.identity;
			const by = founder.holder.principal.needs("owner");
			const { id } = projects.create(by, { name: word() });
			const { accessToken } = await projectTokens.switchTo(
				founder.holder,
				id,
				900,
			);
			const call = callerWith(accessToken);
			const incident = incidentIn(copilot(), "detected", id);
			projects.deactivate(by.in(id).governs("owner"));
			const list = await call("GET /incidents");
			expect(list.body).toMatchObject([{ id: incident, project_id: id }]);
			for (const [operation, json] of [
				["POST /incidents", { title: word(), severity: "low" }],
				["PATCH /incidents/{id}/state", { state: "resolved" }],
				["PATCH /incidents/{id}/severity", { severity: "low" }],
				["POST /incidents/{id}/comments", { content: "a" }],
			] as const) {
				const answer = await call(operation, { ids: [incident], json });
				expect([operation, answer.status]).toEqual([operation, 409]);
			}
		});
	});

	describe("states", () => {
		const operation = "PATCH /incidents/{id}/state";

		test.each(
			states.flatMap((from) => states.map((to) => [from, to] as const)),
		)("%s -> %s", async (from, to) => {
			const { call } = copilot().founder;
			const id = incidentIn(copilot(), from as IncidentState);
			const answer = await call(operation, { ids: [id], json: { state: to } });
			see(operation, `edge ${from} -> ${to}`);
			const activities = await call("GET /incidents/{id}/activities", {
				ids: [id],
				query: "?limit=100",
			});
			const changes = (
				activities.body as { activity_type: string; metadata: object }[]
			).filter(({ activity_type }) => activity_type === "state_changed");
			if (from === to || canMove(from as IncidentState, to as IncidentState)) {
				expect(answer.body).toEqual({
					id,
					state: to,
					[stamps()[to] ?? ""]: at,
				});
				if (from === to) return;
				expect(changes.at(-1)).toMatchObject({ metadata: { from, to } });
				return;
			}
			expect(answer.status).toBe(409);
			const { detail } = answer.body as { detail: string };
			expect(detail).toContain(`is ${from} and cannot become ${to}`);
			const allowed = states.filter((state) =>
				canMove(from as IncidentState, state as IncidentState),
			);
			for (const state of allowed) expect(detail).toContain(state);
			expect(detail).not.toContain("closed");
		});

		test("the document's example", async () => {
			const { call } = copilot().founder;
			const id = incidentIn(copilot());
			const { body } = await call(operation, {
				ids: [id],
				json: moving.request,
			});
			expect(Object.keys(Object(body))).toEqual(
				Object.keys(Object(moving.response)),
			);
		});

		test("closed reads as resolved, and is left alone or learned from", async () => {
			const { call } = copilot().founder;
			const id = incidentIn(copilot(), "closed");
			const found = await call("GET /incidents", {
				query: "?limit=100&state=resolved",
			});
			expect(found.body).toContainEqual(
				expect.objectContaining({ id, state: "resolved" }),
			);
			const same = await call(operation, {
				ids: [id],
				json: { state: "resolved" },
			});
			expect(same.body).toMatchObject({ state: "resolved", resolved_at: at });
			const wrong = await call(operation, {
				ids: [id],
				json: { state: "mitigated" },
			});
			expect(wrong.status).toBe(409);
			const learned = await call(operation, {
				ids: [id],
				json: { state: "learned" },
			});
			expect(learned.body).toEqual({ id, state: "learned", learned_at: at });
		});

		test.each(states)("%s is a filter", async (state) => {
			const { call } = copilot().founder;
			const id = incidentIn(copilot(), state as IncidentState);
			const { body } = await call("GET /incidents", {
				query: `?limit=100&state=${state}`,
			});
			const found = body as { id: string; state: string }[];
			expect(found.every((each) => each.state === state)).toBe(true);
			expect(found.map((each) => each.id)).toContain(id);
			see("GET /incidents", `filter state=${state}`);
		});
	});

	test("comments are activities, paged in the order they were recorded", async () => {
		const { call, id: userId } = copilot().founder;
		const id = incidentIn(copilot());
		const made = await call("POST /incidents/{id}/comments", {
			ids: [id],
			json: { content: "  Looking into it.  " },
		});
		expect(made.body).toMatchObject({
			incident_id: id,
			activity_type: "note",
			description: "Looking into it.",
			user_id: userId,
		});
		const operation = "GET /incidents/{id}/activities";
		const all = await call(operation, { ids: [id] });
		expect(all.body).toMatchObject([{ activity_type: "opened" }, made.body]);
		const page = await call(operation, { ids: [id], query: "?skip=1&limit=1" });
		expect(page.body).toEqual([made.body]);
		see(operation, "page good");
		const bad = await call(operation, { ids: [id], query: "?limit=no" });
		expect(bad.status).toBe(422);
		see(operation, "page bad");
		const blank = await call("POST /incidents/{id}/comments", {
			ids: [id],
			json: { content: "  " },
		});
		expect(blank.status).toBe(422);
	});
}
