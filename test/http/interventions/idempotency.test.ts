// The same request with the same key is the same action, whatever became of it; another
// request with it is refused.
import { describe, expect, test } from "vitest";
import { actionCalls, actionId, addWord, refusal } from "./action-calls.ts";

const run = actionCalls();

describe("the same key", () => {
	const key = { "idempotency-key": "a-key-of-mine" };

	test("is the same execution, also at the same time", async () => {
		const answers = await Promise.all(
			Array.from({ length: 5 }, () =>
				run().post("/execute", addWord("once"), key),
			),
		);
		answers.push(
			await run().post(
				"/execute",
				{ action_type: "add_word", params: { word: "once", risky: false } },
				key,
			),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(
			new Set([200]),
		);
		expect(new Set(answers.map(actionId)).size).toBe(1);
		expect(run().files.words()).toEqual(["once"]);
	});

	test("is the same after a failure", async () => {
		const first = await run().post("/execute", { action_type: "fail" }, key);
		const second = await run().post("/execute", { action_type: "fail" }, key);
		expect([first.status, second.status]).toEqual([500, 500]);
		expect(second.body).toEqual(first.body);
	});

	test("with another body is refused", async () => {
		await run().post("/execute", addWord("once"), key);
		for (const body of [
			addWord("twice"),
			addWord("once", true),
			{ action_type: "fail" },
		]) {
			const answer = await run().post("/execute", body, key);
			expect(refusal(answer)).toEqual([
				422,
				"validation_error",
				expect.stringMatching(/^Idempotency-Key: was used/),
			]);
		}
		expect(run().files.words()).toEqual(["once"]);
	});

	test("is one rollback, and none of an execution", async () => {
		const done = await run().post("/execute", addWord("once"), key);
		const wrong = await run().post(
			`/${actionId(done)}/rollback`,
			undefined,
			key,
		);
		expect(wrong.status).toBe(422);
		const other = { "idempotency-key": "another" };
		const first = await run().post(
			`/${actionId(done)}/rollback`,
			undefined,
			other,
		);
		const second = await run().post(
			`/${actionId(done)}/rollback`,
			undefined,
			other,
		);
		expect([first.status, second.status]).toEqual([200, 200]);
		expect(second.body).toEqual(first.body);
	});

	test.each(["", "two words", "x".repeat(256), "ключ"])(
		"of the form %j is refused",
		async (text) => {
			const answer = await run().post("/execute", addWord("a"), {
				"idempotency-key": Buffer.from(text, "utf8").toString("latin1"),
			});
			expect(answer.status).toBe(422);
		},
	);
});
