import { describe, expect, test } from "vitest";
import type { Answer } from "../open-interventions.ts";
import { inputs, perform, see } from "./operations.ts";
import {
	newIncident,
	opened,
	type SharedInterventions,
	stateOf,
} from "./shared-interventions.ts";

const whole = {
	kind: "planner",
	key: "PLANNER_rollback",
	severity: "sev1",
	summary: "Planner regressed",
	details: { planner: { version: "v1.2.3", loss: 0.25 } },
	playbooks: ["rerun_eval", "rollback_planner"],
	issue_url: "https://github.com/org/repo/issues/456",
	metadata: { agent: "inbox.triage", auto_created: true },
};

const badFields: Readonly<Record<string, readonly unknown[]>> = {
	kind: ["drift", "", 1, null],
	key: ["", " ", 1, null, "x".repeat(201), "a\nb", "a\u0000b", "\ud800"],
	severity: ["sev5", "P1", "SEV1", 1, null],
	summary: ["", " ", 1, null, "x".repeat(201), "a\nb", "\ud800"],
	details: [
		[],
		"x",
		1,
		null,
		{ deep: nested(40) },
		{ big: "x".repeat(70_000) },
	],
	playbooks: ["rerun_dbt", [1], [""], Array(101).fill("x"), null],
	issue_url: ["not a url", "javascript:alert(1)", "ftp://x", 1, ""],
	metadata: [[], "x", 1, null, { text: "\u0000" }],
	assigned_to: ["", " ", 1, "x".repeat(201), {}],
	acknowledged_by: ["", " ", 1, null, "x".repeat(201)],
	notes: [1, null, "x".repeat(20_001), "a\u0000b", {}],
};

/** What each field may hold, and what is answered. */
export function incidentFields(shared: () => SharedInterventions): void {
	const asOwner = () => ({ headers: shared().owner.authorized });

	describe("fields", () => {
		test("what an incident is made with is what is read", async () => {
			const made = await perform(shared().opened, "create", {
				json: whole,
				...asOwner(),
			});
			expect(made.status).toBe(201);
			const { id } = made.body as { id: number };
			expect(made.headers.get("location")).toBe(`/api/incidents/${id}`);
			const created_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
			const item = {
				id,
				...whole,
				metadata: undefined,
				status: "open",
				assigned_to: null,
				acknowledged_by: null,
				created_at,
				updated_at: created_at,
			};
			const expected = {
				...item,
				metadata: whole.metadata,
				acknowledged_at: null,
				mitigated_at: null,
				resolved_at: null,
				closed_at: null,
			};
			expect(made.body).toEqual(expected);
			const read = await perform(shared().opened, "one", { id, ...asOwner() });
			expect([read.status, read.body]).toEqual([200, expected]);
			const list = await perform(shared().opened, "list", asOwner());
			const { incidents } = list.body as { incidents: { id: number }[] };
			expect(incidents.find((each) => each.id === id)).toEqual(item);
			for (const name of inputs.create ?? []) see("create", `input ${name}`);
		});

		test("what is left out is empty", async () => {
			const made = await perform(shared().opened, "create", {
				json: newIncident({ issue_url: null }),
				...asOwner(),
			});
			expect(made.body).toMatchObject({
				details: {},
				playbooks: [],
				issue_url: null,
				metadata: {},
			});
		});

		test("a patch changes what it names and nothing else", async () => {
			const id = await opened(shared(), whole);
			const rows: [string, unknown][] = [
				["summary", "Something else"],
				["assigned_to", "alice@example.com"],
				["assigned_to", "a rota that nobody knows"],
				["assigned_to", null],
				["playbooks", ["clear_cache"]],
				["metadata", { agent: "other" }],
			];
			let before = (await perform(shared().opened, "one", { id, ...asOwner() }))
				.body as Record<string, unknown>;
			for (const [name, value] of rows) {
				const { status, body } = await perform(shared().opened, "patch", {
					id,
					json: { [name]: value },
					...asOwner(),
				});
				const expected = {
					...before,
					[name]: value,
					updated_at: expect.any(String),
				};
				expect([status, body]).toEqual([200, expected]);
				before = body as Record<string, unknown>;
				see("patch", `input ${name}`);
			}
		});

		test("an acknowledgement says who, as written, else who asks", async () => {
			const key = shared().opened.engine.identity.apiKeys.create(
				shared().owner.principal.needs("owner"),
				"watcher",
			).key;
			const rows: [unknown, Record<string, string>, string][] = [
				[
					{ acknowledged_by: "engineer@example.com", notes: "Investigating" },
					shared().owner.authorized,
					"engineer@example.com",
				],
				[{ notes: "x" }, shared().owner.authorized, "alice@example.com"],
				[undefined, shared().owner.authorized, "alice@example.com"],
				[{}, { "x-api-key": key }, "watcher"],
			];
			for (const [json, headers, acknowledged_by] of rows) {
				const id = await opened(shared());
				const answer = await perform(shared().opened, "acknowledge", {
					id,
					json,
					headers,
				});
				const at = expect.stringMatching(/Z$/);
				expect([answer.status, answer.body]).toEqual([
					200,
					{
						id,
						status: "acknowledged",
						acknowledged_by,
						acknowledged_at: at,
						updated_at: at,
					},
				]);
				const read = await perform(shared().opened, "one", {
					id,
					...asOwner(),
				});
				expect(read.body).toMatchObject({
					acknowledged_by,
					acknowledged_at: at,
				});
			}
			see("acknowledge", "input acknowledged_by");
			see("acknowledge", "input notes");
		});

		test("notes are in the timeline, with who really sent them", async () => {
			const { engine } = shared().opened;
			const { principal } = shared().owner;
			const id = await opened(shared());
			const steps = ["acknowledge", "mitigate", "resolve", "close"] as const;
			for (const verb of steps) {
				await perform(shared().opened, verb, {
					id,
					json: { notes: `note of ${verb}` },
					...asOwner(),
				});
				see(verb, "input notes");
			}
			const entry = engine.incidents.entryByNumber(principal.sight, id);
			const timeline = engine.incidents.timeline(principal.sight, entry.id);
			expect(
				timeline.slice(1).map(({ data, author }) => [data.note, author.id]),
			).toEqual(steps.map((verb) => [`note of ${verb}`, principal.actor.id]));
		});

		test("an incident is assigned to a person, to other words, to nobody", async () => {
			const id = await opened(shared());
			for (const assigned_to of ["alice@example.com", "on-call", null]) {
				for (let time = 0; time < 2; time++) {
					const { status, body } = await perform(shared().opened, "assign", {
						id,
						json: { assigned_to },
						...asOwner(),
					});
					expect([status, body]).toEqual([
						200,
						{
							id,
							status: "open",
							assigned_to,
							updated_at: expect.stringMatching(/Z$/),
						},
					]);
				}
			}
			see("assign", "input assigned_to");
		});

		test.each(
			(
				[
					"create",
					"patch",
					"acknowledge",
					"mitigate",
					"resolve",
					"close",
					"assign",
				] as const
			).flatMap((operation) =>
				(inputs[operation] ?? []).map((name) => [operation, name] as const),
			),
		)("%s refuses a wrong %s", async (operation, name) => {
			const id = await opened(shared());
			const before = stateOf(shared(), id);
			const values = [...(badFields[name] ?? [])];
			if (
				operation === "create" &&
				["kind", "key", "severity", "summary"].includes(name)
			) {
				values.push(undefined);
			}
			expect(values).not.toEqual([]);
			for (const value of values) {
				if (name === "assigned_to" && value === null) continue;
				const json =
					operation === "create"
						? newIncident({ [name]: value })
						: { [name]: value };
				const answer = await perform(shared().opened, operation, {
					...(operation === "create" ? {} : { id }),
					json,
					...asOwner(),
				});
				expect([value, answer.status]).toEqual([value, 422]);
				expect(fieldsNamed(answer)[0]?.split(".")[0]).toBe(name);
			}
			expect(stateOf(shared(), id)).toEqual(before);
			see(operation, `bad ${name}`);
		});

		test.each([
			"create",
			"patch",
			"acknowledge",
			"mitigate",
			"resolve",
			"close",
			"assign",
		] as const)("%s refuses fields that are not known", async (operation) => {
			const id = await opened(shared());
			const before = stateOf(shared(), id);
			for (const name of ["status", "id", "created_at", "__proto__x"]) {
				const json = {
					...(operation === "create" ? newIncident() : {}),
					[name]: 1,
				};
				const answer = await perform(shared().opened, operation, {
					...(operation === "create" ? {} : { id }),
					json,
					...asOwner(),
				});
				expect([answer.status, fieldsNamed(answer)]).toEqual([
					422,
					expect.arrayContaining([name]),
				]);
			}
			expect(stateOf(shared(), id)).toEqual(before);
		});

		test("a patch of nothing is refused", async () => {
			const id = await opened(shared());
			const answer = await perform(shared().opened, "patch", {
				id,
				json: {},
				...asOwner(),
			});
			expect(answer.status).toBe(422);
		});
	});
}

/** The fields that a refusal names. */
function fieldsNamed({ body }: Answer): string[] {
	const { error } = body as {
		error: { details: { errors?: { field: string }[] } };
	};
	return (error.details.errors ?? []).map(({ field }) => field);
}

function nested(depth: number): unknown {
	return depth === 0 ? 1 : { in: nested(depth - 1) };
}
