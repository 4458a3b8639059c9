import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
	type IncidentState,
	incidentStates,
} from "../../../../src-shared/domain/lifecycle.ts";
import type { OpenPlatform } from "../open-platform.ts";
import { fieldsNamed, opened, openedIn, stateOf } from "./incidents.ts";
import {
	creation,
	item,
	mutable,
	objectOf,
	perform,
	see,
	severities,
	statuses,
} from "./operations.ts";

/** How each state reads, and the statuses that may follow it. Every other status is refused; its own changes nothing. */
const edges: Readonly<
	Record<IncidentState, { reads: string; to: readonly string[] }>
> = {
	detected: { reads: "open", to: ["investigating", "resolved"] },
	acknowledged: { reads: "open", to: ["investigating", "resolved"] },
	investigating: { reads: "investigating", to: ["resolved", "closed"] },
	mitigated: { reads: "investigating", to: ["resolved", "closed"] },
	resolved: { reads: "resolved", to: ["closed"] },
	closed: { reads: "closed", to: [] },
	learned: { reads: "closed", to: [] },
	inconclusive: { reads: "closed", to: [] },
};

const bad: Readonly<Record<string, readonly unknown[]>> = {
	status: ["Open", "acknowledged", "mitigated", "", null, 1, ["open"]],
	severity: ["p1", "P5", 1, null, "sev1", ""],
	assigned_to: ["", "  ", 5, {}, ["a"], "a\u0000", "a\nb", "x".repeat(201)],
	description: [1, null, "\u0000", "\u001b[31m", "x".repeat(20_001)],
	labels: ["a", null, [""], [1], Array(101).fill("x")],
};

/** `PATCH /incidents/{incident_id}`. */
export function patchContract(platform: () => OpenPlatform): void {
	const patch = (id: string, json: unknown) =>
		perform(platform().owner.call, "patch", { id, json });

	describe("PATCH /incidents/{incident_id}", () => {
		test.each(
			incidentStates.flatMap((from) => statuses.map((to) => ({ from, to }))),
		)("from $from to $to", async ({ from, to }) => {
			const { owner, engine } = platform();
			const { id } = await openedIn(platform(), from);
			const before = await stateOf(owner, id);
			const { reads, to: allowed } = edges[from];
			const answer = await patch(id, { status: to });
			if (to === reads) {
				expect(answer.status).toBe(200);
				expect(await stateOf(owner, id)).toEqual(before);
			} else if (allowed.includes(to)) {
				expect([answer.status, objectOf(answer).status]).toEqual([200, to]);
				expect(engine.incidents.entry(owner.principal.sight, id)).toEqual(
					expect.objectContaining({ state: to }),
				);
				const { timeline } = objectOf(await perform(owner.call, "one", { id }));
				expect((timeline as unknown[]).at(-1)).toMatchObject({
					event_type: "status_change",
					body: `State changed from ${from} to ${to}.`,
					author: owner.principal.actor.id,
				});
			} else {
				expect(answer.status).toBe(409);
				expect(answer.body).toMatchObject({ id, from: reads, to: allowed });
				const { detail } = objectOf(answer);
				for (const word of [reads, to, ...allowed]) {
					expect(detail).toContain(word);
				}
				expect(await stateOf(owner, id)).toEqual(before);
			}
			see("patch", `edge ${from} -> ${to}`);
		});

		test.each(
			severities.flatMap((from) => severities.map((to) => ({ from, to }))),
		)("severity $from to $to", async ({ from, to }) => {
			const { owner } = platform();
			const { id } = await opened(owner, { severity: from });
			const answer = await patch(id, { severity: to });
			expect([answer.status, objectOf(answer).severity]).toEqual([200, to]);
			const { timeline } = objectOf(await perform(owner.call, "one", { id }));
			expect(timeline).toHaveLength(from === to ? 1 : 2);
			see("patch", "input severity");
		});

		test("a severity that is written back as it was read stays the finer one it is", async () => {
			const { owner, engine } = platform();
			const { id } = await opened(owner, { severity: "P4" });
			engine.incidents.edit(owner.principal.needs("engineer"), id, {
				severity: 5,
				severityWord: "info",
			});
			const answer = await patch(id, { severity: "P4" });
			expect(objectOf(answer).severity).toBe("P4");
			expect(engine.incidents.entry(owner.principal.sight, id)).toMatchObject({
				severity: 5,
				severityWord: "info",
				version: 2,
			});
		});

		test.each([
			["status", "investigating"],
			["severity", "P1"],
			["assigned_to", "mlops-on-call"],
			["description", "Now with\nmore."],
			["labels", ["one", "two"]],
		])(
			"%s alone: the whole incident, one event, and none the second time",
			async (name, value) => {
				expect(mutable).toContain(name);
				const { owner } = platform();
				const made = await opened(owner, { severity: "P3" });
				const answer = await patch(made.id, { [name]: value });
				expect(answer.status).toBe(200);
				expect(answer.body).toEqual({
					...made,
					[name]: value,
					updated_at: expect.any(String),
				});
				const before = await stateOf(owner, made.id);
				expect((await patch(made.id, { [name]: value })).status).toBe(200);
				expect(await stateOf(owner, made.id)).toEqual(before);
				see("patch", `input ${name}`);
			},
		);

		test("all at once are one event each, or nothing when one is refused", async () => {
			const { owner } = platform();
			const { id } = await opened(owner);
			const whole = {
				status: "resolved",
				severity: "P1",
				assigned_to: "alice@example.com",
				description: "d",
				labels: ["l"],
			};
			expect(Object.keys(whole)).toEqual(mutable);
			expect((await patch(id, whole)).body).toMatchObject(whole);
			const { timeline } = objectOf(await perform(owner.call, "one", { id }));
			expect(
				(timeline as { event_type: string }[]).map(
					({ event_type }) => event_type,
				),
			).toEqual([
				"created",
				"status_change",
				"severity_change",
				"assignment",
				"edit",
			]);
			const before = await stateOf(owner, id);
			const refused = await patch(id, {
				status: "investigating",
				severity: "P2",
				description: "not kept",
				labels: [],
				assigned_to: null,
			});
			expect(refused.status).toBe(409);
			expect(await stateOf(owner, id)).toEqual(before);
		});

		test("a person who is named owns it, whoever else is named is text", async () => {
			const { owner, engine } = platform();
			const { id } = await opened(owner);
			const owned = () => {
				const { ownerId, ownerName } = engine.incidents.entry(
					owner.principal.sight,
					id,
				);
				return [ownerId, ownerName];
			};
			const alice = [owner.principal.actor.id, "Alice Doe"];
			for (const assigned_to of [
				"ALICE@example.com",
				"alice doe",
				String(alice[0]),
			]) {
				const answer = await patch(id, { assigned_to });
				expect(answer.body).toMatchObject({ assigned_to });
				expect(owned()).toEqual(alice);
			}
			await patch(id, { assigned_to: "<img src=x>" });
			expect(owned()).toEqual([null, "<img src=x>"]);
			expect((await patch(id, { assigned_to: null })).body).toMatchObject({
				assigned_to: null,
			});
			expect(owned()).toEqual([null, null]);
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
			const answer = await patch(id, {
				...(name === "status" ? {} : { status: "resolved" }),
				[name]: value,
			});
			expect(answer.status).toBe(422);
			expect(fieldsNamed(answer).map((field) => field.split(".")[0])).toContain(
				name,
			);
			expect(await stateOf(owner, id)).toEqual(before);
			see("patch", `bad ${name}`);
		});

		const immutable = [...Object.keys(item), ...Object.keys(creation)].filter(
			(name) => !mutable.includes(name),
		);
		test.each([
			...new Set([...immutable, "state", "timeline", "tenant_id", "number"]),
		])("422 for %s, which nobody changes", async (name) => {
			const { owner } = platform();
			const { id } = await opened(owner);
			const before = await stateOf(owner, id);
			const answer = await patch(id, { severity: "P1", [name]: "x" });
			expect([answer.status, fieldsNamed(answer)]).toEqual([422, [name]]);
			expect(objectOf(answer).detail).toContain(name);
			expect(await stateOf(owner, id)).toEqual(before);
		});

		test.each([{}, [], "status", 5, null])(
			"422 for a body that is %j",
			async (json) => {
				const { id } = await opened(platform().owner);
				const answer = await patch(id, json);
				expect([answer.status, fieldsNamed(answer)]).toEqual([422, ["body"]]);
			},
		);

		test("404 for what is not there", async () => {
			expect((await patch(randomUUID(), { status: "closed" })).status).toBe(
				404,
			);
		});
	});
}
