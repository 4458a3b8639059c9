import { grantedMember } from "../../door.ts";
import type { SchemaApp } from "../../openapi/index.ts";
import type { ServedEngine } from "../../served-engine.ts";
import type { ActionFinder } from "./action-finder.ts";
import { executionJson, rollbackJson } from "./action-json.ts";
import { type ApprovedThing, provenApprover } from "./approver.ts";
import { beginExecution, beginRollback } from "./begin-run.ts";
import {
	actionParams,
	executeBody,
	execution,
	incidentParams,
	rollback,
	rollbackBody,
	runHeaders,
} from "./playbook-schemas.ts";
import { answerRun } from "./run-end.ts";

const errors = [400, 403, 404, 409, 504, 507] as const;
const answerHeaders = { 202: { Location: "Where the action can be read." } };

/** API E, "Playbooks API": execution and rollback. */
export function runRoutes(
	app: SchemaApp,
	engine: Pick<ServedEngine, "identity" | "playbooks" | "clock">,
	find: ActionFinder,
): void {
	const closing = new AbortController();
	app.addHook("preClose", async () => closing.abort());

	app.post(
		"/playbooks/incidents/:id/actions/execute",
		{
			schema: {
				summary: "Run an action",
				description:
					"Runs the newest dry run of the same parameters, and makes one where none waits. Answers when the action has ended, or with 202 after 25 s, while it runs on. One that does not succeed is answered with 500, or 504 where it took too long.",
				params: incidentParams,
				headers: runHeaders,
				body: executeBody,
				response: { 200: execution, 202: execution },
				errors,
				answerHeaders,
			},
		},
		async (request, reply) => {
			const by = grantedMember(request, "engineer");
			const { action_type, params, approved_by } = request.body;
			const begun = await beginExecution(engine, find, {
				by,
				incidentId: find.incidentId(by, request.params.id),
				actionType: action_type,
				params,
				approvedBy: approved_by,
				approver: (thing: ApprovedThing) =>
					provenApprover(engine, request, approved_by, thing),
				idempotencyKey: request.headers["idempotency-key"],
			});
			const place = find.place(request);
			return await answerRun(reply, begun, {
				prefer: request.headers.prefer,
				closing: closing.signal,
				place,
				body: (action) => executionJson(action, place),
			});
		},
	);

	app.post(
		"/playbooks/incidents/:id/actions/:action_id/rollback",
		{
			schema: {
				summary: "Undo what an action did",
				description:
					"Runs its rollback and then verifies that the state before is back. Answers as an execution does.",
				params: actionParams,
				headers: runHeaders,
				body: rollbackBody,
				response: { 200: rollback, 202: rollback },
				errors,
				answerHeaders,
			},
		},
		async (request, reply) => {
			const by = grantedMember(request, "engineer");
			const { approved_by } = request.body;
			const begun = await beginRollback(
				engine,
				find.action(by, request.params),
				{
					by,
					approvedBy: approved_by,
					approver: (thing: ApprovedThing) =>
						provenApprover(engine, request, approved_by, thing),
					idempotencyKey: request.headers["idempotency-key"],
				},
			);
			const place = find.place(request);
			return await answerRun(reply, begun, {
				prefer: request.headers.prefer,
				closing: closing.signal,
				place,
				body: (action) => rollbackJson(action, place),
			});
		},
	);
}
