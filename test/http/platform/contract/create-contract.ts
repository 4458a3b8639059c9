import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OpenPlatform } from "../open-platform.ts";
import { fieldsNamed, newIncident, opened } from "./incidents.ts";
import {
	creation,
	item,
	objectOf,
	perform,
	see,
	severities,
	triggerSources,
} from "./operations.ts";

const required = Object.entries(creation)
	.filter(([, example]) => String(example).endsWith("(required)"))
	.map(([name]) => name);

const bad: Readonly<Record<string, readonly unknown[]>> = {
	title: [1, null, "", "   ", true, ["t"], "a\u0000b", "a\nb", "x".repeat(201)],
	severity: ["p1", "P5", 1, null, "critical", ["P1"], ""],
	model_id: ["fraud_v1", 7, null, "", "3fa85f64-5717-4562-b3fc", {}],
	description: [1, null, {}, "\u0000", "\u0007", "x".repeat(20_001)],
	trigger_source: ["cron", "", null, 1, "Manual"],
	labels: [
		"drift",
		[1],
		[""],
		[null],
		{},
		null,
		["a\u0001"],
		Array(101).fill("x"),
	],
};

/** `POST /incidents`. */
export function createContract(platform: () => OpenPlatform): void {
	const create = (json: unknown) =>
		perform(platform().owner.call, "create", { json });
	const total = async () =>
		objectOf(await perform(platform().owner.call, "list")).total;

	describe("POST /incidents", () => {
		test("201 with the whole incident, which Location leads to", async () => {
			const { call } = platform().owner;
			const sent = newIncident({
				title: "Drift detected: credit-risk-v3 PSI > 0.25 <b>é😀</b>",
				description: "Line one\n\tline two",
				trigger_source: "automated_drift",
				labels: ["drift", "credit risk"],
			});
			const answer = await perform(call, "create", { json: sent });
			expect(answer.status).toBe(201);
			const now = platform().ports.clock.now();
			const instant = new Date(now).toISOString();
			const expected = {
				...sent,
				id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				number: expect.any(Number),
				status: "open",
				assigned_to: null,
				created_at: instant,
				updated_at: instant,
			};
			expect(answer.body).toEqual(expected);
			const { id } = objectOf(answer);
			expect(answer.headers.get("location")).toBe(`/api/v1/incidents/${id}`);
			const read = await perform(call, "one", { id: String(id) });
			expect(read.body).toMatchObject(expected);
			for (const name of Object.keys(item))
				expect(read.body).toHaveProperty(name);
			for (const name of Object.keys(creation)) see("create", `input ${name}`);
		});

		test("what is optional may be left out", async () => {
			expect(await opened(platform().owner)).toMatchObject({
				description: "",
				labels: [],
				trigger_source: null,
			});
		});

		test.each(severities)("severity %s", async (severity) => {
			expect(await opened(platform().owner, { severity })).toMatchObject({
				severity,
			});
			see("create", `input severity=${severity}`);
		});

		test.each(triggerSources)("trigger_source %s", async (trigger_source) => {
			expect(await opened(platform().owner, { trigger_source })).toMatchObject({
				trigger_source,
			});
			see("create", `input trigger_source=${trigger_source}`);
		});

		test("a model is known by its UUID in any case, and by that only", async () => {
			const { engine, owner } = platform();
			const model_id = randomUUID();
			const first = await opened(owner, {
				model_id: model_id.toUpperCase(),
			});
			expect(first.model_id).toBe(model_id);
			expect(engine.models.keyOf(owner.principal.tenant, model_id)).toBe(
				engine.incidents.entry(owner.principal.sight, first.id).modelId,
			);
		});

		test.each(required)("422 without %s", async (name) => {
			const before = await total();
			const { [name]: _, ...rest } = newIncident();
			const answer = await create(rest);
			expect([answer.status, fieldsNamed(answer)]).toEqual([422, [name]]);
			expect(await total()).toBe(before);
		});

		test.each(
			Object.entries(bad).flatMap(([name, values]) =>
				values.map((value) => ({
					name,
					value,
					shown: String(JSON.stringify(value)).slice(0, 30),
				})),
			),
		)("422 for $name: $shown", async ({ name, value }) => {
			const before = await total();
			const answer = await create(newIncident({ [name]: value }));
			expect(answer.status).toBe(422);
			for (const field of fieldsNamed(answer)) {
				expect(field.split(".")[0]).toBe(name);
			}
			expect(fieldsNamed(answer).length).toBeGreaterThan(0);
			expect(await total()).toBe(before);
			see("create", `bad ${name}`);
		});

		test("422 names every unknown or immutable field", async () => {
			const answer = await create(
				newIncident({ id: randomUUID(), created_at: "2026", assigned_to: "a" }),
			);
			expect([answer.status, fieldsNamed(answer).sort()]).toEqual([
				422,
				["assigned_to", "created_at", "id"],
			]);
		});

		test("409 while one of the same model and severity is open, in its timeline", async () => {
			const { owner, engine } = platform();
			const first = await opened(owner, { severity: "P3" });
			const again = newIncident({
				model_id: first.model_id,
				severity: "P3",
				title: "Drift again",
			});
			for (const status of ["open", "investigating"]) {
				await perform(owner.call, "patch", {
					id: first.id,
					json: { status },
				});
				const answer = await create(again);
				expect(answer.status).toBe(409);
				expect(answer.body).toMatchObject({ id: first.id });
				expect(answer.headers.get("location")).toBe(
					`/api/v1/incidents/${first.id}`,
				);
			}
			const { timeline } = objectOf(
				await perform(owner.call, "one", { id: first.id }),
			);
			expect(timeline).toMatchObject([
				{ event_type: "created" },
				{ event_type: "signal", body: "Reported again: Drift again" },
				{ event_type: "status_change" },
				{ event_type: "signal", body: "Reported again: Drift again" },
			]);
			// Another severity, another model, or after it is resolved: no duplicate.
			await opened(owner, { ...again, severity: "P4" });
			await opened(owner, { ...again, model_id: randomUUID() });
			await perform(owner.call, "patch", {
				id: first.id,
				json: { status: "resolved" },
			});
			await opened(owner, again);
			// The fifth rank is P4 here.
			const info = await opened(owner, { severity: "P4" });
			engine.incidents.edit(owner.principal.needs("engineer"), info.id, {
				severity: 5,
			});
			const answer = await create(
				newIncident({ model_id: info.model_id, severity: "P4" }),
			);
			expect([answer.status, objectOf(answer).id]).toEqual([409, info.id]);
		});
	});
}
