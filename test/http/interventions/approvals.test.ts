// A name alone approves nothing: the person is the caller, approved this very thing before,
// or sent their own token along, and is somebody who may.
import { describe, expect, test } from "vitest";
import { actionCalls, addWord, refusal } from "./action-calls.ts";
import { addPerson, bob, call } from "./open-interventions.ts";

const run = actionCalls();

describe("an approval", () => {
	const risky = {
		...addWord("danger", true),
		approved_by: "alice@example.com",
	};

	test("is needed where the parameters say so", async () => {
		for (const approved_by of [undefined, null]) {
			const answer = await run().post("/execute", {
				...risky,
				approved_by,
			});
			expect(refusal(answer)).toEqual([
				403,
				"forbidden",
				expect.stringMatching(/approved_by/),
			]);
		}
		expect(run().files.words()).toEqual([]);
	});

	test("is the caller's own to give while one person governs alone", async () => {
		const { status } = await run().post("/execute", risky);
		expect(status).toBe(200);
		const { body } = await run().get("/history");
		expect(body).toMatchObject({
			actions: [
				{ dry_run: true },
				{ dry_run: false, approved_by: "alice@example.com" },
			],
		});
	});

	test("by id is as good as by address", async () => {
		const approved_by = run().owner.principal.actor.id;
		const { status } = await run().post("/execute", {
			...risky,
			approved_by,
		});
		expect(status).toBe(200);
	});

	test("that is not needed is not asked for, whoever is named", async () => {
		const answer = await run().post("/execute", {
			...addWord("safe"),
			approved_by: "me@example.com",
		});
		expect(answer.status).toBe(200);
	});

	test("with four eyes is not the runner's own", async () => {
		await addPerson(run().opened, run().owner.principal, "ada", "admin");
		const answer = await run().post("/execute", risky);
		expect(refusal(answer)).toEqual([
			403,
			"forbidden",
			expect.stringMatching(/four eyes/),
		]);
	});

	test("is not had by naming somebody who has given none", async () => {
		await addPerson(run().opened, run().owner.principal, "ada", "admin");
		for (const approved_by of ["ada@example.com", "nobody@example.com"]) {
			const answer = await run().post("/execute", {
				...risky,
				approved_by,
			});
			expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
		}
		expect(run().files.words()).toEqual([]);
	});

	test("was given before, of this very thing", async () => {
		const ada = await addPerson(
			run().opened,
			run().owner.principal,
			"ada",
			"admin",
		);
		const ask = { ...risky, approved_by: "ada@example.com" };
		const dryRun = await run().post("/dry-run", addWord("danger", true));
		const { details } = dryRun.body as { details: { action_id: number } };
		// A later dry run of the same does not hide the one that was approved.
		await run().post("/dry-run", addWord("danger", true));
		const mine = await run().post(`/${details.action_id}/approve`, undefined);
		expect(refusal(mine).slice(0, 2)).toEqual([403, "forbidden"]);
		const hers = await run().post(
			`/${details.action_id}/approve`,
			undefined,
			{},
			ada,
		);
		expect([hers.status, hers.body]).toMatchObject([
			200,
			{ kind: "dry_run", approved_by: "ada@example.com" },
		]);
		const other = await run().post("/execute", {
			...addWord("other", true),
			approved_by: "ada@example.com",
		});
		expect(other.status).toBe(403);
		expect((await run().post("/execute", ask)).status).toBe(200);
		expect((await run().post("/execute", ask)).status).toBe(403);
		expect(run().files.words()).toEqual(["danger"]);
	});

	test("is sent along with the approver's own token", async () => {
		const ada = await addPerson(
			run().opened,
			run().owner.principal,
			"ada",
			"admin",
		);
		const eve = await addPerson(
			run().opened,
			run().owner.principal,
			"eve",
			"engineer",
		);
		const ask = { ...risky, approved_by: "ada@example.com" };
		for (const credential of [
			"Bearer nonsense",
			ada.token,
			run().owner.authorized.authorization,
			eve.authorized.authorization,
		]) {
			const answer = await run().post("/execute", ask, {
				"x-approver-authorization": credential ?? "",
			});
			expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
		}
		const hers = { "x-approver-authorization": `Bearer ${ada.token}` };
		expect((await run().post("/execute", ask, hers)).status).toBe(200);
		expect(run().files.words()).toEqual(["danger"]);
	});

	test("is for those who may", async () => {
		const eve = await addPerson(
			run().opened,
			run().owner.principal,
			"eve",
			"engineer",
		);
		const answer = await run().post(
			"/execute",
			{ ...risky, approved_by: "eve@example.com" },
			{ "x-approver-authorization": `Bearer ${eve.token}` },
		);
		expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
	});

	test("of another tenant's owner is none", async () => {
		const other = await run().opened.signUp(bob);
		const answer = await run().post(
			"/execute",
			{ ...risky, approved_by: "bob@example.com" },
			{ "x-approver-authorization": `Bearer ${other.token}` },
		);
		expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
	});

	test("is never given by a program", async () => {
		const { identity } = run().opened.engine;
		const { key } = identity.apiKeys.create(
			run().owner.principal.needs("owner"),
			"robot",
		);
		const dryRun = await run().post("/dry-run", addWord("danger", true));
		const { details } = dryRun.body as { details: { action_id: number } };
		const answer = await call(
			"POST",
			`${run().opened.base}/playbooks/incidents/${run().incident}/actions/${details.action_id}/approve`,
			{ headers: { "x-api-key": key } },
		);
		expect(refusal(answer).slice(0, 2)).toEqual([403, "forbidden"]);
	});
});
