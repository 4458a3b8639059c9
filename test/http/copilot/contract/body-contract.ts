import { describe, expect, test } from "vitest";
import type { OpenCopilot } from "../open-copilot.ts";
import { answered, promised } from "./operations.ts";
import { validRequest } from "./valid-request.ts";

const takesBody = answered.filter(({ name }) =>
	promised[name]?.includes("status 415"),
);
const takesId = answered.filter(({ path }) => path.includes("{"));

/** What cannot be read or is not known, for every operation. */
export function bodyContract(copilot: () => OpenCopilot): void {
	describe("bodies and paths", () => {
		test.each(takesBody)("$name", async ({ name }) => {
			const { call } = copilot().founder;
			const sent = await validRequest(copilot(), name);
			const large = JSON.stringify({ text: "x".repeat(1_100_000) });
			const cases: [object, number][] = [
				[{ text: "{" }, 400],
				[{ text: "\u0000" }, 400],
				[{ text: "a=b", type: "application/x-www-form-urlencoded" }, 415],
				[{ text: large }, 413],
				[{ json: [] }, 422],
				[{ json: "text" }, 422],
				[{ json: { ...Object(sent.json), nonsense: 1 } }, 422],
			];
			for (const [part, status] of cases) {
				const { ids = [], query = "" } = sent;
				const answer = await call(name, { ids, query, ...part });
				expect([part, answer.status]).toEqual([part, status]);
			}
		});

		test.each(takesId)("$name: an id that is none", async ({ name }) => {
			const { call } = copilot().founder;
			const sent = await validRequest(copilot(), name);
			const ids = (sent.ids ?? []).map(() => "not-a-uuid");
			expect((await call(name, { ...sent, ids })).status).toBe(422);
		});
	});
}
