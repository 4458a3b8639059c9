// Actions over API E: what runs is what was dry-run, once, and nothing that befalls a request
// decides what becomes of an action.
import { describe, expect, test } from "vitest";
import { actionCalls, actionId, addWord, refusal } from "./action-calls.ts";
import { call } from "./open-interventions.ts";

const run = actionCalls();

describe("the list", () => {
	test("says what each takes, costs and needs, what is suggested first", async () => {
		const { body } = await run().get("");
		const { available_actions } = body as {
			available_actions: { action_type: string }[];
		};
		expect(
			available_actions.find(({ action_type }) => action_type === "add_word"),
		).toEqual({
			action_type: "add_word",
			display_name: "Add a word",
			description: "Adds a word to a file",
			params: {
				word: "string (required)",
				risky: "boolean (optional, default: false)",
			},
			requires_approval: false,
			estimated_duration: "90 seconds",
			estimated_cost: "$0.004",
		});
		expect(available_actions).toHaveLength(
			Object.keys(run().files.files).length,
		);
	});
});

describe("a dry run", () => {
	test("says what would be done, and does nothing", async () => {
		const { status, body } = await run().post("/dry-run", addWord("hello"));
		expect([status, body]).toEqual([
			200,
			{
				action_type: "add_word",
				status: "dry_run_success",
				message: expect.stringMatching(/^Command: .* add hello$/),
				details: {
					word: "hello",
					risky: false,
					command: expect.stringMatching(/ add hello$/),
					action_id: expect.any(Number),
					hash: expect.stringMatching(/^[0-9a-f]{64}$/),
				},
				estimated_duration: 90,
				estimated_cost: 0.004,
				changes: ["Adds hello"],
				requires_approval: false,
			},
		]);
		expect(run().files.words()).toEqual([]);
	});

	test("says whether these parameters need an approval", async () => {
		const { body } = await run().post("/dry-run", addWord("hello", true));
		expect(body).toMatchObject({ requires_approval: true });
	});

	test("says what is missing to run it here", async () => {
		const { body } = await run().post("/dry-run", {
			action_type: "absent",
		});
		expect(body).toMatchObject({
			details: {
				missing: [expect.stringMatching(/no-such-program is not installed/)],
			},
		});
	});

	test.each([
		["an unknown action", { action_type: "nothing" }, 400, "bad_request"],
		["no action", { params: {} }, 422, "validation_error"],
		["no parameters", { action_type: "add_word" }, 422, "validation_error"],
		[
			"parameters that are a list",
			{ action_type: "add_word", params: [] },
			422,
			"validation_error",
		],
		[
			"a parameter of the wrong type",
			addWord(7 as never),
			422,
			"validation_error",
		],
		[
			"a parameter out of its pattern",
			addWord("a; rm -rf /"),
			422,
			"validation_error",
		],
		[
			"an option in place of a value",
			addWord("--help"),
			422,
			"validation_error",
		],
		[
			"a parameter that is not known",
			{ action_type: "add_word", params: { word: "a", more: 1 } },
			422,
			"validation_error",
		],
		[
			"a field that is not known",
			{ ...addWord("a"), dry: true },
			422,
			"validation_error",
		],
	])("of %s is refused", async (_, body, status, code) => {
		expect(refusal(await run().post("/dry-run", body)).slice(0, 2)).toEqual([
			status,
			code,
		]);
	});

	test("names every parameter at fault", async () => {
		const { body } = await run().post("/dry-run", {
			action_type: "add_word",
			params: { word: "A", risky: "yes" },
		});
		expect(body).toMatchObject({
			error: {
				code: "validation_error",
				details: {
					errors: [
						{ field: "params.word", message: expect.any(String) },
						{ field: "params.risky", message: expect.any(String) },
					],
				},
			},
		});
	});
});

describe("an execution", () => {
	test("runs, and answers with how it ended", async () => {
		const { status, body } = await run().post("/execute", addWord("hello"));
		expect([status, body]).toEqual([
			200,
			{
				action_id: expect.any(Number),
				action_type: "add_word",
				status: "success",
				message: "Added hello",
				details: {
					command: expect.stringMatching(/ add hello$/),
					exit_code: 0,
					steps: [
						{
							id: "add",
							phase: "step",
							status: "success",
							exit_code: 0,
							fault: null,
						},
					],
				},
				estimated_duration: 90,
				actual_duration: expect.any(Number),
				estimated_cost: 0.004,
				logs_url: expect.stringMatching(
					/^http:\/\/127\.0\.0\.1:\d+\/api\/playbooks\/incidents\/\d+\/actions\/\d+\/output$/,
				),
				rollback_available: true,
				created_at: expect.stringMatching(/Z$/),
				completed_at: expect.stringMatching(/Z$/),
			},
		]);
		expect(run().files.words()).toEqual(["hello"]);
	});

	test("uses the dry run that waits for it, once", async () => {
		const dryRun = await run().post("/dry-run", addWord("hello"));
		await run().post("/execute", addWord("hello"));
		await run().post("/execute", addWord("hello"));
		const { body } = await run().get("/history");
		const { actions } = body as {
			actions: { id: number; dry_run: boolean }[];
		};
		expect(actions.map(({ dry_run }) => dry_run)).toEqual([
			true,
			false,
			true,
			false,
		]);
		const { details } = dryRun.body as { details: { action_id: number } };
		expect(actions[0]?.id).toBe(details.action_id);
		expect(run().files.words()).toEqual(["hello", "hello"]);
	});

	test("that fails is 500 with what is known of it", async () => {
		const { status, body } = await run().post("/execute", {
			action_type: "fail",
		});
		expect([status, body]).toEqual([
			500,
			{
				error: {
					code: "internal_error",
					message: expect.stringMatching(/failed/),
					details: {
						action_id: expect.any(Number),
						action_type: "fail",
						status: "failed",
						exit_code: 3,
						step: "run",
						fault: expect.any(String),
						logs_url: expect.any(String),
					},
				},
			},
		]);
		const { action_id } = (
			body as { error: { details: { action_id: number } } }
		).error.details;
		const { body: output } = await run().get(`/${action_id}/output`);
		expect(output).toMatchObject({
			action_id,
			output: expect.arrayContaining([
				expect.objectContaining({
					step: "run",
					stream: "stderr",
					text: expect.stringContaining("this went wrong"),
				}),
			]),
			is_capped: false,
		});
	});

	test("of a program that is not there is 500 and says so", async () => {
		const answer = await run().post("/execute", { action_type: "absent" });
		expect(refusal(answer)).toEqual([
			500,
			"internal_error",
			expect.stringMatching(/no-such-program is not installed/),
		]);
	});

	test("is answered at once when asked to, and runs on", async () => {
		const answer = await run().post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "respond-async" },
		);
		expect([answer.status, answer.body]).toMatchObject([
			202,
			{ status: "running", actual_duration: null, completed_at: null },
		]);
		expect(answer.headers.get("preference-applied")).toBe("respond-async");
		const place = answer.headers.get("location");
		expect(place).toBe(
			`/api/playbooks/incidents/${run().incident}/actions/${actionId(answer)}`,
		);
		run().files.go();
		const read = async () =>
			(
				await call("GET", `${run().opened.listeners.urls.api}${place}`, {
					headers: run().owner.authorized,
				})
			).body;
		await expect
			.poll(read, { timeout: 10_000 })
			.toMatchObject({ status: "success", kind: "execution" });
		expect(run().files.words()).toEqual(["waited"]);
	});

	test("is waited for no longer than asked", async () => {
		const answer = await run().post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "wait=0" },
		);
		expect(answer.status).toBe(202);
		run().files.go();
	});

	test("goes on when the caller goes away", async () => {
		const leaving = new AbortController();
		const url = `${run().opened.base}/playbooks/incidents/${run().incident}/actions/execute`;
		const asked = fetch(url, {
			method: "POST",
			headers: {
				...run().owner.authorized,
				"content-type": "application/json",
			},
			body: JSON.stringify({ action_type: "wait" }),
			signal: leaving.signal,
		});
		const running = async () =>
			(await run().get("/history")).body as {
				actions: { status: string }[];
			};
		await expect
			.poll(async () => (await running()).actions.at(-1)?.status)
			.toBe("running");
		leaving.abort();
		await expect(asked).rejects.toThrow();
		run().files.go();
		await expect
			.poll(async () => (await running()).actions.at(-1)?.status, {
				timeout: 10_000,
			})
			.toBe("success");
		expect(run().files.words()).toEqual(["waited"]);
	});

	test("that is waited for is answered when the listener closes", async () => {
		const asked = run().post("/execute", { action_type: "wait" });
		await expect
			.poll(async () => (await run().get("/history")).body)
			.toMatchObject({ actions: [{}, { status: "running" }] });
		await run().opened.listeners.close();
		expect((await asked).status).toBe(202);
	});

	test("can be cancelled", async () => {
		const begun = await run().post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "respond-async" },
		);
		const cancelled = await run().post(`/${actionId(begun)}/cancel`, undefined);
		expect([cancelled.status, cancelled.body]).toMatchObject([
			200,
			{ status: "cancelled" },
		]);
		const again = await run().post(`/${actionId(begun)}/cancel`, undefined);
		expect(refusal(again).slice(0, 2)).toEqual([409, "conflict"]);
		expect(run().files.words()).toEqual([]);
	});

	test("of one playbook at a time", async () => {
		await run().post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "respond-async" },
		);
		const second = await run().post("/execute", { action_type: "wait" });
		expect(refusal(second).slice(0, 2)).toEqual([409, "conflict"]);
		run().files.go();
	});
});

describe("a rollback", () => {
	test("runs what the playbook declares, and answers as documented", async () => {
		const done = await run().post("/execute", addWord("hello"));
		const answer = await run().post(`/${actionId(done)}/rollback`, {
			approved_by: "alice@example.com",
		});
		expect([answer.status, answer.body]).toEqual([
			200,
			{
				action_id: expect.any(Number),
				action_type: "add_word",
				status: "success",
				message: expect.stringMatching(/hello/),
				rollback_of: actionId(done),
			},
		]);
		expect(run().files.words()).toEqual([]);
		const again = await run().post(`/${actionId(done)}/rollback`, {});
		expect(refusal(again).slice(0, 2)).toEqual([400, "bad_request"]);
	});

	test("is not there where none is declared, nor for a dry run", async () => {
		run().files.go();
		const done = await run().post("/execute", { action_type: "wait" });
		const answer = await run().post(`/${actionId(done)}/rollback`, undefined);
		expect(refusal(answer)).toEqual([
			400,
			"bad_request",
			expect.stringMatching(/^Rollback not available/),
		]);
		const dryRun = await run().post("/dry-run", addWord("hello"));
		const { details } = dryRun.body as { details: { action_id: number } };
		const ofDryRun = await run().post(
			`/${details.action_id}/rollback`,
			undefined,
		);
		expect(refusal(ofDryRun).slice(0, 2)).toEqual([400, "bad_request"]);
		const ofNothing = await run().post("/999999/rollback", undefined);
		expect(refusal(ofNothing).slice(0, 2)).toEqual([404, "not_found"]);
	});
});
