import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type OpenCopilot, see } from "../open-copilot.ts";
import { hypotheses, verdicts } from "./hypothesis-details.ts";
import { hypothesisIn, incidentIn, word } from "./requests.ts";

const reading = "GET /incidents/{id}/hypotheses";
const judging = "POST /incidents/{id}/hypotheses/{hid}/feedback";

interface Shown {
	readonly id: string;
	readonly confidence_score: number;
	readonly confidence_lower: number;
	readonly confidence_upper: number;
	readonly rank: number;
}

/** What an incident is thought to come from, and what people think of that. */
export function hypothesisContract(copilot: () => OpenCopilot): void {
	describe("hypotheses", () => {
		test("have the document's fields, the likeliest first, paged", async () => {
			const { engine, founder } = copilot();
			const { call, holder } = founder;
			const [id, known] = await hypothesisIn(copilot());
			const { serviceName } = engine.incidents.entry(
				holder.principal.sight,
				id,
			);
			for (const summary of ["limit 5", "limit 6"]) {
				engine.insight.recordChange(holder.principal.tenant, {
					kind: "config_change",
					service: serviceName,
					summary,
				});
			}
			await engine.insight.generate(holder.principal.needs("engineer"), id);
			const all = await call(reading, { ids: [id] });
			const shown = all.body as Shown[];
			expect(shown.length).toBeGreaterThan(1);
			for (const [index, one] of shown.entries()) {
				expect(Object.keys(one)).toEqual(
					Object.keys((hypotheses.response as object[])[0] ?? {}),
				);
				expect(one).toMatchObject({
					incident_id: id,
					rank: index + 1,
					user_feedback: null,
				});
				const { confidence_lower, confidence_score, confidence_upper } = one;
				expect(confidence_lower).toBeLessThanOrEqual(confidence_score);
				expect(confidence_score).toBeLessThanOrEqual(confidence_upper);
			}
			expect(shown.find((one) => one.id === known)).toMatchObject({
				supporting_evidence: [expect.stringContaining("v2.4.5")],
			});
			expect(all.headers.get("x-total-count")).toBe(String(shown.length));
			const page = await call(reading, {
				ids: [id],
				query: "?skip=1&limit=1",
			});
			expect(page.body).toEqual([shown[1]]);
			see(reading, "page good");
			const bad = await call(reading, { ids: [id], query: "?limit=101" });
			expect(bad.status).toBe(422);
			see(reading, "page bad");
		});

		test("without evidence there is none", async () => {
			const { call, holder } = copilot().founder;
			const id = incidentIn(copilot());
			await copilot().engine.insight.generate(
				holder.principal.needs("engineer"),
				id,
			);
			expect((await call(reading, { ids: [id] })).body).toEqual([]);
		});

		test.each(verdicts)("%s is kept and shown", async (given) => {
			const { call } = copilot().founder;
			const [id, hid] = await hypothesisIn(copilot());
			const answer = await call(judging, {
				ids: [id, hid],
				json: { feedback: given, notes: "The diff shows it." },
			});
			expect(answer.body).toMatchObject({
				id: hid,
				user_feedback: given === "uncertain" ? "unsure" : given,
			});
			const list = await call(reading, { ids: [id] });
			expect(list.body).toContainEqual(answer.body);
			see(judging, `input feedback=${given}`);
		});

		test("accepting raises the confidence, rejecting lowers it, and the newest counts", async () => {
			const { call } = copilot().founder;
			const [id, hid] = await hypothesisIn(copilot());
			const judge = async (feedback: string) => {
				const { body } = await call(judging, {
					ids: [id, hid],
					json: { feedback },
				});
				return (body as Shown).confidence_score;
			};
			const [accepted, rejected] = [
				await judge("accepted"),
				await judge("rejected"),
			];
			expect(accepted).toBeGreaterThan(rejected);
		});

		test.each([
			["feedback", "maybe"],
			["feedback", undefined],
			["notes", 7],
			["notes", "x".repeat(2_001)],
			["notes", "a\u0000b"],
		])("%s that is none is refused", async (name, value) => {
			const { call } = copilot().founder;
			const ids = await hypothesisIn(copilot());
			const answer = await call(judging, {
				ids,
				json: { feedback: "accepted", [name]: value },
			});
			expect([answer.status, answer.body]).toEqual([
				422,
				{ detail: expect.stringContaining(name) },
			]);
			see(judging, `bad ${name}`);
		});

		test("a hypothesis of another incident is not there", async () => {
			const { call } = copilot().founder;
			const [, hid] = await hypothesisIn(copilot());
			for (const id of [hid, randomUUID()]) {
				const answer = await call(judging, {
					ids: [incidentIn(copilot()), id],
					json: { feedback: "accepted" },
				});
				expect([answer.status, answer.body]).toEqual([
					404,
					{ detail: "No such hypothesis." },
				]);
			}
		});

		test("in a project that is not active they are read alone", async () => {
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
			expect((await call(reading, { ids: [incident] })).status).toBe(200);
			const answer = await call(judging, {
				ids: [incident, randomUUID()],
				json: { feedback: "accepted" },
			});
			expect(answer.status).toBe(409);
		});
	});
}
