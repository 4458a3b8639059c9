// Actions over API E: what runs is what was dry-run, once; a name alone approves nothing;
// nothing that befalls a request decides what becomes of an action; the same request with
// the same key is the same action.
import { beforeEach, describe, expect, test } from "vitest";
import {
	type Answer,
	addPerson,
	alice,
	bob,
	call,
	type OpenInterventions,
	openInterventions,
	type Person,
} from "./open-interventions.ts";
import { testPlaybooks } from "./test-playbooks.ts";

let opened: OpenInterventions;
let owner: Person;
let files: ReturnType<typeof testPlaybooks>;
let incident: number;

beforeEach(async () => {
	files = testPlaybooks();
	opened = await openInterventions({ playbooks: files.files });
	owner = await opened.signUp(alice);
	[incident = 0] = opened.openIncidents(owner.principal);
});

async function post(
	path: string,
	json: unknown,
	headers: Record<string, string> = {},
	by: Person = owner,
): Promise<Answer> {
	return await call(
		"POST",
		`${opened.base}/playbooks/incidents/${incident}/actions${path}`,
		{ json, headers: { ...by.authorized, ...headers } },
	);
}

async function get(path: string, by: Person = owner): Promise<Answer> {
	return await call(
		"GET",
		`${opened.base}/playbooks/incidents/${incident}/actions${path}`,
		{ headers: by.authorized },
	);
}

const word = (text: string, risky?: boolean) => ({
	action_type: "add_word",
	params: { word: text, ...(risky === undefined ? {} : { risky }) },
});

function refusal(answer: Answer): [number, string, string] {
	const { error } = answer.body as {
		error: { code: string; message: string };
	};
	return [answer.status, error.code, error.message];
}

function idOf({ body }: Answer): number {
	return (body as { action_id: number }).action_id;
}

describe("the list", () => {
	test("says what each takes, costs and needs, what is suggested first", async () => {
		const { body } = await get("");
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
		expect(available_actions).toHaveLength(Object.keys(files.files).length);
	});
});

describe("a dry run", () => {
	test("says what would be done, and does nothing", async () => {
		const { status, body } = await post("/dry-run", word("hello"));
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
		expect(files.words()).toEqual([]);
	});

	test("says whether these parameters need an approval", async () => {
		const { body } = await post("/dry-run", word("hello", true));
		expect(body).toMatchObject({ requires_approval: true });
	});

	test("says what is missing to run it here", async () => {
		const { body } = await post("/dry-run", { action_type: "absent" });
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
			word(7 as never),
			422,
			"validation_error",
		],
		[
			"a parameter out of its pattern",
			word("a; rm -rf /"),
			422,
			"validation_error",
		],
		["an option in place of a value", word("--help"), 422, "validation_error"],
		[
			"a parameter that is not known",
			{ action_type: "add_word", params: { word: "a", more: 1 } },
			422,
			"validation_error",
		],
		[
			"a field that is not known",
			{ ...word("a"), dry: true },
			422,
			"validation_error",
		],
	])("of %s is refused", async (_, body, status, code) => {
		expect(refusal(await post("/dry-run", body)).slice(0, 2)).toEqual([
			status,
			code,
		]);
	});

	test("names every parameter at fault", async () => {
		const { body } = await post("/dry-run", {
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
		const { status, body } = await post("/execute", word("hello"));
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
		expect(files.words()).toEqual(["hello"]);
	});

	test("uses the dry run that waits for it, once", async () => {
		const dryRun = await post("/dry-run", word("hello"));
		await post("/execute", word("hello"));
		await post("/execute", word("hello"));
		const { body } = await get("/history");
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
		expect(files.words()).toEqual(["hello", "hello"]);
	});

	test("that fails is 500 with what is known of it", async () => {
		const { status, body } = await post("/execute", { action_type: "fail" });
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
		const { body: output } = await get(`/${action_id}/output`);
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
		const answer = await post("/execute", { action_type: "absent" });
		expect(refusal(answer)).toEqual([
			500,
			"internal_error",
			expect.stringMatching(/no-such-program is not installed/),
		]);
	});

	test("is answered at once when asked to, and runs on", async () => {
		const answer = await post(
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
			`/api/playbooks/incidents/${incident}/actions/${idOf(answer)}`,
		);
		files.go();
		const read = async () =>
			(
				await call("GET", `${opened.listeners.urls.api}${place}`, {
					headers: owner.authorized,
				})
			).body;
		await expect
			.poll(read, { timeout: 10_000 })
			.toMatchObject({ status: "success", kind: "execution" });
		expect(files.words()).toEqual(["waited"]);
	});

	test("is waited for no longer than asked", async () => {
		const answer = await post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "wait=0" },
		);
		expect(answer.status).toBe(202);
		files.go();
	});

	test("goes on when the caller goes away", async () => {
		const leaving = new AbortController();
		const url = `${opened.base}/playbooks/incidents/${incident}/actions/execute`;
		const asked = fetch(url, {
			method: "POST",
			headers: { ...owner.authorized, "content-type": "application/json" },
			body: JSON.stringify({ action_type: "wait" }),
			signal: leaving.signal,
		});
		const running = async () =>
			(await get("/history")).body as { actions: { status: string }[] };
		await expect
			.poll(async () => (await running()).actions.at(-1)?.status)
			.toBe("running");
		leaving.abort();
		await expect(asked).rejects.toThrow();
		files.go();
		await expect
			.poll(async () => (await running()).actions.at(-1)?.status, {
				timeout: 10_000,
			})
			.toBe("success");
		expect(files.words()).toEqual(["waited"]);
	});

	test("that is waited for is answered when the listener closes", async () => {
		const asked = post("/execute", { action_type: "wait" });
		await expect
			.poll(async () => (await get("/history")).body)
			.toMatchObject({ actions: [{}, { status: "running" }] });
		await opened.listeners.close();
		expect((await asked).status).toBe(202);
	});

	test("can be cancelled", async () => {
		const begun = await post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "respond-async" },
		);
		const cancelled = await post(`/${idOf(begun)}/cancel`, undefined);
		expect([cancelled.status, cancelled.body]).toMatchObject([
			200,
			{ status: "cancelled" },
		]);
		const again = await post(`/${idOf(begun)}/cancel`, undefined);
		expect(refusal(again).slice(0, 2)).toEqual([409, "conflict"]);
		expect(files.words()).toEqual([]);
	});

	test("of one playbook at a time", async () => {
		await post(
			"/execute",
			{ action_type: "wait" },
			{ prefer: "respond-async" },
		);
		const second = await post("/execute", { action_type: "wait" });
		expect(refusal(second).slice(0, 2)).toEqual([409, "conflict"]);
		files.go();
	});
});

describe("an approval", () => {
	const risky = { ...word("danger", true), approved_by: "alice@example.com" };

	test("is needed where the parameters say so", async () => {
		for (const approved_by of [undefined, null]) {
			const answer = await post("/execute", { ...risky, approved_by });
			expect(refusal(answer)).toEqual([
				403,
				"forbidden",
				expect.stringMatching(/approved_by/),
			]);
		}
		expect(files.words()).toEqual([]);
	});

	test("is the caller's own to give while one person governs alone", async () => {
		const { status } = await post("/execute", risky);
		expect(status).toBe(200);
		const { body } = await get("/history");
		expect(body).toMatchObject({
			actions: [
				{ dry_run: true },
				{ dry_run: false, approved_by: "alice@example.com" },
			],
		});
	});

	test("by id is as good as by address", async () => {
		const approved_by = owner.principal.actor.id;
		const { status } = await post("/execute", { ...risky, approved_by });
		expect(status).toBe(200);
	});

	test("that is not needed is not asked for, whoever is named", async () => {
		const answer = await post("/execute", {
			...word("safe"),
			approved_by: "me@example.com",
		});
		expect(answer.status).toBe(200);
	});

	test("with four eyes is not the runner's own", async () => {
		await addPerson(opened, owner.principal, "ada", "admin");
		const answer = await post("/execute", risky);
		expect(refusal(answer)).toEqual([
			403,
			"forbidden",
			expect.stringMatching(/four eyes/),
		]);
	});

	test("is not had by naming somebody who has given none", async () => {
		await addPerson(opened, owner.principal, "ada", "admin");
		for (const approved_by of ["ada@example.com", "nobody@example.com"]) {
			const answer = await post("/execute", { ...risky, approved_by });
			expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
		}
		expect(files.words()).toEqual([]);
	});

	test("was given before, of this very thing", async () => {
		const ada = await addPerson(opened, owner.principal, "ada", "admin");
		const ask = { ...risky, approved_by: "ada@example.com" };
		const dryRun = await post("/dry-run", word("danger", true));
		const { details } = dryRun.body as { details: { action_id: number } };
		// A later dry run of the same does not hide the one that was approved.
		await post("/dry-run", word("danger", true));
		const mine = await post(`/${details.action_id}/approve`, undefined);
		expect(refusal(mine).slice(0, 2)).toEqual([403, "forbidden"]);
		const hers = await post(
			`/${details.action_id}/approve`,
			undefined,
			{},
			ada,
		);
		expect([hers.status, hers.body]).toMatchObject([
			200,
			{ kind: "dry_run", approved_by: "ada@example.com" },
		]);
		const other = await post("/execute", {
			...word("other", true),
			approved_by: "ada@example.com",
		});
		expect(other.status).toBe(403);
		expect((await post("/execute", ask)).status).toBe(200);
		expect((await post("/execute", ask)).status).toBe(403);
		expect(files.words()).toEqual(["danger"]);
	});

	test("is sent along with the approver's own token", async () => {
		const ada = await addPerson(opened, owner.principal, "ada", "admin");
		const eve = await addPerson(opened, owner.principal, "eve", "engineer");
		const ask = { ...risky, approved_by: "ada@example.com" };
		for (const credential of [
			"Bearer nonsense",
			ada.token,
			owner.authorized.authorization,
			eve.authorized.authorization,
		]) {
			const answer = await post("/execute", ask, {
				"x-approver-authorization": credential ?? "",
			});
			expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
		}
		const hers = { "x-approver-authorization": `Bearer ${ada.token}` };
		expect((await post("/execute", ask, hers)).status).toBe(200);
		expect(files.words()).toEqual(["danger"]);
	});

	test("is for those who may", async () => {
		const eve = await addPerson(opened, owner.principal, "eve", "engineer");
		const answer = await post(
			"/execute",
			{ ...risky, approved_by: "eve@example.com" },
			{ "x-approver-authorization": `Bearer ${eve.token}` },
		);
		expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
	});

	test("of another tenant's owner is none", async () => {
		const other = await opened.signUp(bob);
		const answer = await post(
			"/execute",
			{ ...risky, approved_by: "bob@example.com" },
			{ "x-approver-authorization": `Bearer ${other.token}` },
		);
		expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
	});

	test("is never given by a program", async () => {
		const { identity } = opened.engine;
		const { key } = identity.apiKeys.create(owner.principal, "robot");
		const dryRun = await post("/dry-run", word("danger", true));
		const { details } = dryRun.body as { details: { action_id: number } };
		const answer = await call(
			"POST",
			`${opened.base}/playbooks/incidents/${incident}/actions/${details.action_id}/approve`,
			{ headers: { "x-api-key": key } },
		);
		expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
	});
});

describe("a rollback", () => {
	test("runs what the playbook declares, and answers as documented", async () => {
		const run = await post("/execute", word("hello"));
		const answer = await post(`/${idOf(run)}/rollback`, {
			approved_by: "alice@example.com",
		});
		expect([answer.status, answer.body]).toEqual([
			200,
			{
				action_id: expect.any(Number),
				action_type: "add_word",
				status: "success",
				message: expect.stringMatching(/hello/),
				rollback_of: idOf(run),
			},
		]);
		expect(files.words()).toEqual([]);
		const again = await post(`/${idOf(run)}/rollback`, {});
		expect(refusal(again).slice(0, 2)).toEqual([400, "bad_request"]);
	});

	test("is not there where none is declared, nor for a dry run", async () => {
		files.go();
		const run = await post("/execute", { action_type: "wait" });
		const answer = await post(`/${idOf(run)}/rollback`, undefined);
		expect(refusal(answer)).toEqual([
			400,
			"bad_request",
			expect.stringMatching(/^Rollback not available/),
		]);
		const dryRun = await post("/dry-run", word("hello"));
		const { details } = dryRun.body as { details: { action_id: number } };
		const ofDryRun = await post(`/${details.action_id}/rollback`, undefined);
		expect(refusal(ofDryRun).slice(0, 2)).toEqual([400, "bad_request"]);
		const ofNothing = await post("/999999/rollback", undefined);
		expect(refusal(ofNothing).slice(0, 2)).toEqual([404, "not_found"]);
	});
});

describe("the same key", () => {
	const key = { "idempotency-key": "a-key-of-mine" };

	test("is the same execution, also at the same time", async () => {
		const answers = await Promise.all(
			Array.from({ length: 5 }, () => post("/execute", word("once"), key)),
		);
		answers.push(
			await post(
				"/execute",
				{ action_type: "add_word", params: { word: "once", risky: false } },
				key,
			),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(
			new Set([200]),
		);
		expect(new Set(answers.map(idOf)).size).toBe(1);
		expect(files.words()).toEqual(["once"]);
	});

	test("is the same after a failure", async () => {
		const first = await post("/execute", { action_type: "fail" }, key);
		const second = await post("/execute", { action_type: "fail" }, key);
		expect([first.status, second.status]).toEqual([500, 500]);
		expect(second.body).toEqual(first.body);
	});

	test("with another body is refused", async () => {
		await post("/execute", word("once"), key);
		for (const body of [
			word("twice"),
			word("once", true),
			{ action_type: "fail" },
		]) {
			const answer = await post("/execute", body, key);
			expect(refusal(answer)).toEqual([
				422,
				"validation_error",
				expect.stringMatching(/^Idempotency-Key: was used/),
			]);
		}
		expect(files.words()).toEqual(["once"]);
	});

	test("is one rollback, and none of an execution", async () => {
		const run = await post("/execute", word("once"), key);
		const wrong = await post(`/${idOf(run)}/rollback`, undefined, key);
		expect(wrong.status).toBe(422);
		const other = { "idempotency-key": "another" };
		const first = await post(`/${idOf(run)}/rollback`, undefined, other);
		const second = await post(`/${idOf(run)}/rollback`, undefined, other);
		expect([first.status, second.status]).toEqual([200, 200]);
		expect(second.body).toEqual(first.body);
	});

	test.each(["", "two words", "x".repeat(256), "ключ"])(
		"of the form %j is refused",
		async (text) => {
			const answer = await post("/execute", word("a"), {
				"idempotency-key": Buffer.from(text, "utf8").toString("latin1"),
			});
			expect(answer.status).toBe(422);
		},
	);
});
