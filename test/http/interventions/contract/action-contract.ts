import { describe, expect, test } from "vitest";
import type { Answer } from "../open-interventions.ts";
import { perform, see } from "./operations.ts";
import { opened, type SharedInterventions } from "./shared-interventions.ts";

/** The playbooks' operations: what they answer, and every status that they have. */
export function actionContract(shared: () => SharedInterventions): void {
	const asOwner = () => ({ headers: shared().owner.authorized });
	const run = async (
		id: number,
		action_type: string,
		headers: Record<string, string> = {},
		params: Record<string, unknown> = {},
	) =>
		await perform(shared().opened, "execute", {
			id,
			json: { action_type, params, approved_by: "alice@example.com" },
			headers: { ...shared().owner.authorized, ...headers },
		});

	describe("actions", () => {
		test("the list suggests what the incident suggests, and leaves out what is done by hand", async () => {
			const id = await opened(shared(), {
				playbooks: ["rerun_eval", "wait", "add_word"],
			});
			const { status, body } = await perform(shared().opened, "actions", {
				id,
				...asOwner(),
			});
			const { incident_id, available_actions } = body as {
				incident_id: number;
				available_actions: { action_type: string }[];
			};
			const types = available_actions.map(({ action_type }) => action_type);
			expect([status, incident_id, types.slice(0, 2)]).toEqual([
				200,
				id,
				["wait", "add_word"],
			]);
			expect(types).not.toContain("rerun_eval");
			expect(new Set(types).size).toBe(types.length);
		});

		test("from dry run to history", async () => {
			const id = await opened(shared());
			const params = { word: "story", risky: true };
			const dryRun = await perform(shared().opened, "dryRun", {
				id,
				json: { action_type: "add_word", params },
				...asOwner(),
			});
			expect(dryRun.status).toBe(200);
			const execution = await run(id, "add_word", {}, params);
			expect(execution.status).toBe(200);
			const actionId = idOf(execution);
			const rollback = await perform(shared().opened, "rollback", {
				id,
				actionId,
				json: { approved_by: "alice@example.com" },
				...asOwner(),
			});
			expect([rollback.status, rollback.body]).toMatchObject([
				200,
				{ rollback_of: actionId },
			]);
			const history = await perform(shared().opened, "history", {
				id,
				...asOwner(),
			});
			const { actions } = history.body as {
				actions: Record<string, unknown>[];
			};
			expect(actions).toMatchObject([
				{ dry_run: true, status: "dry_run_success", params },
				{
					id: actionId,
					dry_run: false,
					status: "success",
					approved_by: "alice@example.com",
					params,
				},
				{ id: idOf(rollback), dry_run: false, status: "success" },
			]);
			expect(actions.map((action) => "result" in action)).toEqual([
				false,
				true,
				true,
			]);
			for (const operation of ["dryRun", "execute"] as const) {
				see(operation, "input action_type");
				see(operation, "input params");
			}
			see("execute", "input approved_by");
			see("rollback", "input approved_by");
		});

		test("the history is paged from its newest end", async () => {
			const id = await opened(shared());
			const numbers: unknown[] = [];
			for (let time = 0; time < 5; time++) {
				const { body } = await perform(shared().opened, "dryRun", {
					id,
					json: { action_type: "wait" },
					...asOwner(),
				});
				numbers.push(
					(body as { details: { action_id: number } }).details.action_id,
				);
			}
			const read = async (query: string) => {
				const { body, headers } = await perform(shared().opened, "history", {
					id,
					query,
					...asOwner(),
				});
				expect(headers.get("x-total-count")).toBe("5");
				return (body as { actions: { id: number }[] }).actions.map(
					(action) => action.id,
				);
			};
			expect(await read("")).toEqual(numbers);
			expect(await read("?limit=2")).toEqual(numbers.slice(-2));
			expect(await read(`?limit=2&before=${numbers[3]}`)).toEqual(
				numbers.slice(1, 3),
			);
		});

		test("an execution that does not succeed is 500, one that takes too long 504", async () => {
			const id = await opened(shared());
			expect((await run(id, "fail")).status).toBe(500);
			expect((await run(id, "late")).status).toBe(504);
		});

		test("so is a rollback", async () => {
			for (const [action_type, status] of [
				["undo_fail", 500],
				["undo_late", 504],
			] as const) {
				const id = await opened(shared());
				const actionId = idOf(await run(id, action_type));
				const answer = await perform(shared().opened, "rollback", {
					id,
					actionId,
					...asOwner(),
				});
				expect([action_type, answer.status]).toEqual([action_type, status]);
			}
		});

		test("what runs on is 202, and another run beside it 409", async () => {
			const id = await opened(shared());
			const headers = {
				...shared().owner.authorized,
				prefer: "respond-async",
			};
			const rollback = async (actionId: number) =>
				await perform(shared().opened, "rollback", { id, actionId, headers });
			const [one, two] = [
				idOf(await run(id, "undo_wait")),
				idOf(await run(id, "undo_wait")),
			];
			expect((await rollback(one)).status).toBe(202);
			expect((await rollback(two)).status).toBe(409);
			expect((await run(id, "wait", headers)).status).toBe(202);
			expect((await run(id, "wait", headers)).status).toBe(409);
			shared().files.go();
			await expect
				.poll(
					async () => {
						const { body } = await perform(shared().opened, "history", {
							id,
							...asOwner(),
						});
						const { actions } = body as { actions: { status: string }[] };
						return actions.filter(({ status }) => status === "running");
					},
					{ timeout: 10_000 },
				)
				.toEqual([]);
			shared().files.hold();
		});

		test("nothing to roll back is 400, nothing of that number 404", async () => {
			const id = await opened(shared());
			const actionId = idOf(await run(id, "add_word", {}, { word: "a" }));
			const other = await opened(shared());
			for (const [sent, status] of [
				[{ id, actionId: 999_999 }, 404],
				[{ id: other, actionId }, 404],
				[{ id, actionId: "x" }, 422],
				[{ id, actionId }, 200],
				[{ id, actionId }, 400],
			] as const) {
				const answer = await perform(shared().opened, "rollback", {
					...sent,
					...asOwner(),
				});
				expect([sent, answer.status]).toEqual([sent, status]);
			}
		});

		test.each(["dryRun", "execute"] as const)(
			"%s refuses a wrong action_type and wrong params",
			async (operation) => {
				const id = await opened(shared());
				const rows: [unknown, number, string][] = [
					[{ action_type: "no_such" }, 400, "action_type"],
					[{ action_type: 7 }, 422, "action_type"],
					[{ action_type: "" }, 422, "action_type"],
					[{}, 422, "action_type"],
					[{ action_type: "add_word" }, 422, "params"],
					[{ action_type: "add_word", params: { word: "A B" } }, 422, "params"],
					[
						{ action_type: "add_word", params: { word: "a", x: 1 } },
						422,
						"params",
					],
					[{ action_type: "add_word", params: [] }, 422, "params"],
					[{ action_type: "wait", params: null }, 422, "params"],
				];
				for (const [json, status, name] of rows) {
					const answer = await perform(shared().opened, operation, {
						id,
						json,
						...asOwner(),
					});
					expect([json, answer.status]).toEqual([json, status]);
					see(operation, `bad ${name}`);
				}
			},
		);

		test("a wrong approved_by is 422, a missing one 403", async () => {
			const id = await opened(shared());
			const params = { word: "a", risky: true };
			const rows: [unknown, number][] = [
				[7, 422],
				["", 422],
				["x".repeat(201), 422],
				["nobody@example.com", 403],
				[undefined, 403],
			];
			for (const [approved_by, status] of rows) {
				const answer = await perform(shared().opened, "execute", {
					id,
					json: { action_type: "add_word", params, approved_by },
					...asOwner(),
				});
				expect([approved_by, answer.status]).toEqual([approved_by, status]);
			}
			see("execute", "bad approved_by");
			const actionId = idOf(await run(id, "add_word", {}, params));
			for (const [approved_by, status] of rows) {
				const answer = await perform(shared().opened, "rollback", {
					id,
					actionId,
					json: { approved_by },
					...asOwner(),
				});
				expect([approved_by, answer.status]).toEqual([approved_by, status]);
			}
			see("rollback", "bad approved_by");
		});
	});
}

function idOf({ body }: Answer): number {
	return (body as { action_id: number }).action_id;
}
