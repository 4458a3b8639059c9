import type { PlaybookAction } from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { Principal } from "../../../engine/identity/index.ts";
import type { BegunRun } from "../../../engine/playbooks/index.ts";
import { invalid } from "../../openapi/index.ts";
import type { ServedEngine } from "../../served-engine.ts";
import { Refusal } from "../error-format.ts";
import type { ActionFinder } from "./action-finder.ts";
import type { ApprovedThing } from "./approver.ts";
import { hasSameParams } from "./same-params.ts";

/** What a request to run something says of itself. */
export interface RunAsk {
	readonly by: Principal<"engineer">;
	readonly idempotencyKey: string | undefined;
	readonly approvedBy: string | null | undefined;
	/** The proven approver; see `provenApprover`. */
	readonly approver: (thing: ApprovedThing) => Promise<Principal | undefined>;
}

export interface ExecutionAsk extends RunAsk {
	readonly incidentId: string;
	readonly actionType: string;
	readonly params: Readonly<Record<string, unknown>>;
}

type Engine = Pick<ServedEngine, "identity" | "playbooks">;

/**
 * Begins what a request asks for, or finds what the same request began before. Throws a
 * Refusal with 400 for an unknown action type, and what the engine refuses.
 */
export async function beginExecution(
	engine: Engine,
	find: ActionFinder,
	ask: ExecutionAsk,
): Promise<BegunRun> {
	const { playbooks } = engine;
	const { by, incidentId, actionType, params } = ask;
	const playbook = find.playbook(by, actionType);
	const begun = repeated(
		engine,
		incidentId,
		ask,
		(earlier) =>
			earlier.kind === "execution" &&
			earlier.playbookId === playbook.id &&
			hasSameParams(playbook, earlier.params, params, "same"),
	);
	if (begun !== null) return begun;
	const approverId =
		ask.approvedBy == null
			? null
			: (engine.identity.findApprover(by.tenant, ask.approvedBy)?.actor.id ??
				null);
	const waiting = find.waitingDryRun(
		by,
		incidentId,
		playbook,
		params,
		approverId,
	);
	const fresh = () => find.dryRun(by, incidentId, playbook.id, params);
	const run = async (dryRun: PlaybookAction) =>
		await playbooks.execute(by, {
			dryRunId: dryRun.id,
			approver: dryRun.requiresApproval
				? await ask.approver({ action: dryRun, standing: dryRun.approval })
				: undefined,
			idempotencyKey: ask.idempotencyKey,
		});
	if (waiting === null) return await run(fresh());
	try {
		return await run(waiting);
	} catch (error) {
		// The playbook's file was changed since that dry run; what names another action is no such thing.
		if (!(error instanceof EngineError) || error.code !== "CONFLICT") {
			throw error;
		}
		if (error.data.number !== undefined) throw error;
		return await run(fresh());
	}
}

/** The same for the rollback of an execution. Throws a Refusal with 400 where there is nothing to roll back. */
export async function beginRollback(
	engine: Engine,
	execution: PlaybookAction,
	ask: RunAsk,
): Promise<BegunRun> {
	const begun = repeated(
		engine,
		execution.incidentId,
		ask,
		(earlier) =>
			earlier.kind === "rollback" && earlier.rollbackOf === execution.id,
	);
	if (begun !== null) return begun;
	const plan = execution.rollbackPlan;
	if (plan === null || plan.fault !== null) {
		throw new Refusal(
			400,
			`Rollback not available: ${plan?.fault ?? "this action declared none."}`,
			{ action_id: execution.number },
		);
	}
	return await engine.playbooks.rollback(ask.by, {
		actionId: execution.id,
		approver: plan.requiresApproval
			? await ask.approver({ action: execution, standing: plan.approval })
			: undefined,
		idempotencyKey: ask.idempotencyKey,
	});
}

/** What a request with this idempotency key began; null for a new key. Throws INVALID where that was another request. */
function repeated(
	{ identity, playbooks }: Engine,
	incidentId: string,
	{ by, idempotencyKey, approvedBy }: RunAsk,
	isSame: (earlier: PlaybookAction) => boolean,
): BegunRun | null {
	if (idempotencyKey === undefined) return null;
	const begun = playbooks.begunWith(by, incidentId, idempotencyKey);
	if (begun === null) return null;
	const { approval } = begun.action;
	const approver =
		approval === null || approvedBy == null
			? null
			: identity.findApprover(by.tenant, approvedBy);
	const isSameApprover =
		approval === null || approval.approverId === approver?.actor.id;
	if (isSame(begun.action) && isSameApprover) return begun;
	throw invalid([
		{
			field: "Idempotency-Key",
			message: `was used for another request on this incident, which began action ${begun.action.number}`,
		},
	]);
}
