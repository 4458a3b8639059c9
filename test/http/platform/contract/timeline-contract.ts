import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OpenPlatform } from "../open-platform.ts";
import { fieldsNamed, opened, stateOf } from "./incidents.ts";
import { addition, eventTypes, objectOf, perform, see } from "./operations.ts";

const bad: Readonly<Record<string, readonly unknown[]>> = {
	event_type: ["Note", "opened", "state_changed", "", null, 1, undefined],
	body: [
		"",
		" \n\t",
		1,
		null,
		{},
		"a\u0000",
		"\u0008",
		"x".repeat(20_001),
		undefined,
	],
	author: ["", "  ", null, 1, "a\u0000b", "a\nb", "x".repeat(201)],
};

/** `POST /incidents/{incident_id}/timeline`, and reading it with `GET /incidents/{incident_id}`. */
export function timelineContract(platform: () => OpenPlatform): void {
	const append = (id: string, json: unknown) =>
		perform(platform().owner.call, "append", { id, json });
	const timelineOf = async (id: string) => {
		const { body } = await perform(platform().owner.call, "one", { id });
		return (body as { timeline: unknown[] }).timeline;
	};

	describe("POST /incidents/{incident_id}/timeline", () => {
		test.each(eventTypes)(
			"%s is a record, and moves nothing",
			async (event_type) => {
				const { owner, ports } = platform();
				const made = await opened(owner);
				const sent = { event_type, body: "Step one.\n\tDone <b>é😀</b>" };
				const answer = await append(made.id, sent);
				expect(answer.status).toBe(201);
				const at = new Date(ports.clock.now()).toISOString();
				expect(answer.body).toEqual({
					...sent,
					id: expect.stringMatching(/^[0-9a-f-]{36}$/),
					author: owner.principal.actor.id,
					recorded_by: owner.principal.actor.id,
					created_at: at,
					recorded_at: at,
				});
				const { timeline, ...rest } = objectOf(
					await perform(owner.call, "one", { id: made.id }),
				);
				expect((timeline as unknown[]).at(-1)).toEqual(answer.body);
				expect(rest).toEqual({ ...made, runbook_url: null });
				see("append", `input event_type=${event_type}`);
				for (const name of ["event_type", "body"])
					see("append", `input ${name}`);
			},
		);

		test("a named author is shown, and is not who did it", async () => {
			const { owner, engine } = platform();
			const { id } = await opened(owner);
			const author = "Bob <bob@example.com>";
			const answer = await append(id, {
				event_type: "escalation",
				body: "Paged.",
				author,
			});
			expect(answer.body).toMatchObject({
				author,
				recorded_by: owner.principal.actor.id,
			});
			expect(
				engine.incidents.timeline(owner.principal.sight, id).at(-1),
			).toMatchObject({
				author: owner.principal.actor,
				data: { claimed_author: author },
			});
			expect(engine.incidents.verify(owner.principal.sight, id)).toEqual({
				intact: true,
				events: 2,
				fault: null,
			});
			see("append", "input author");
		});

		test("the order is that of recording", async () => {
			const { id } = await opened(platform().owner);
			for (const body of ["one", "two", "three"]) {
				await append(id, { event_type: "note", body });
			}
			expect(await timelineOf(id)).toMatchObject([
				{ event_type: "created" },
				{ body: "one" },
				{ body: "two" },
				{ body: "three" },
			]);
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
			const { owner } = platform();
			const { id } = await opened(owner);
			const before = await stateOf(owner, id);
			const answer = await append(id, {
				event_type: "note",
				body: "b",
				[name]: value,
			});
			expect([answer.status, fieldsNamed(answer)]).toEqual([422, [name]]);
			expect(await stateOf(owner, id)).toEqual(before);
			see("append", `bad ${name}`);
		});

		test("422 names what is not known", async () => {
			expect(Object.keys(addition)).toEqual(["event_type", "body", "author"]);
			const { id } = await opened(platform().owner);
			const answer = await append(id, {
				event_type: "note",
				body: "b",
				created_at: "2020-01-01T00:00:00Z",
			});
			expect([answer.status, fieldsNamed(answer)]).toEqual([
				422,
				["created_at"],
			]);
		});

		test("404 for what is not there", async () => {
			const sent = { event_type: "note", body: "b" };
			expect((await append(randomUUID(), sent)).status).toBe(404);
		});
	});

	describe("GET /incidents/{incident_id}", () => {
		test("carries the runbook where there is one", async () => {
			const { owner, engine } = platform();
			const { id } = await opened(owner);
			const runbook_url = "https://runbooks.example/drift";
			engine.incidents.edit(owner.principal.needs("engineer"), id, {
				runbookUrl: runbook_url,
			});
			const answer = await perform(owner.call, "one", {
				id: id.toUpperCase(),
			});
			expect(answer.body).toMatchObject({ id, runbook_url });
		});

		test("shows what Tocsin itself recorded, in words of its own", async () => {
			const { owner, engine } = platform();
			const { incident } = engine.incidents.reportSignal(
				owner.principal.tenant,
				{
					modelId: "fraud_v1",
					metric: "psi_score",
					value: 0.31,
					severity: 1,
					driftId: null,
					at: platform().ports.clock.now(),
					isHistory: false,
					title: "Drift in fraud_v1",
					text: "PSI is 0.31.",
				},
			);
			const id = incident?.id ?? "";
			const answer = await perform(owner.call, "one", { id });
			expect(answer.body).toMatchObject({
				model_id: engine.models.idOf(owner.principal.tenant, "fraud_v1"),
				trigger_source: "automated_drift",
				timeline: [{ event_type: "created", author: "Drift monitor" }],
			});
		});

		test("404 for what is not there, 422 for what is no UUID", async () => {
			const { call } = platform().owner;
			const missing = await perform(call, "one", { id: randomUUID() });
			expect(missing.status).toBe(404);
			for (const id of ["1", "%00", "x".repeat(100), "..%2f"]) {
				const answer = await perform(call, "one", { id });
				expect([answer.status, fieldsNamed(answer)]).toEqual([
					422,
					["incident_id"],
				]);
			}
		});
	});
}
