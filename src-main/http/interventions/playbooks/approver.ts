import type { FastifyRequest } from "fastify";
import type { PlaybookAction } from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { Principal } from "../../../engine/identity/index.ts";
import { bearerToken } from "../../credentials.ts";
import { grantedMember } from "../../door.ts";
import type { ServedEngine } from "../../served-engine.ts";
import { callerByToken } from "../caller.ts";

/** What needs an approval: a dry run, or an execution that is to be rolled back. */
export interface ApprovedThing {
	readonly action: PlaybookAction;
	/** One that was given before and still stands. */
	readonly standing: PlaybookAction["approval"];
}

const header = "X-Approver-Authorization";

/**
 * The person named in `approved_by`, proven: a name alone approves nothing. They are the
 * caller; or they approved this very hash before, and undefined is answered because the
 * engine has it; or they sent their own token along. Whether they may approve is the
 * engine's to say. Throws FORBIDDEN.
 */
export async function provenApprover(
	engine: Pick<ServedEngine, "identity" | "clock">,
	request: FastifyRequest,
	approvedBy: string | null | undefined,
	{ action, standing }: ApprovedThing,
): Promise<Principal | undefined> {
	const by = grantedMember(request);
	const refuse = (message: string) =>
		new EngineError("FORBIDDEN", message, {
			needs_approval: true,
			action_id: action.number,
		});
	if (approvedBy == null) {
		throw refuse(
			"This needs an approval: approved_by must name an admin or an owner.",
		);
	}
	const approver = engine.identity.findApprover(by.tenant, approvedBy);
	if (approver === null) {
		throw refuse(
			"approved_by names nobody who is active here, by address or id.",
		);
	}
	const { id } = approver.actor;
	if (by.actor.kind === "person" && by.actor.id === id) return approver;
	if (standing !== null && standing.approverId === id) return undefined;
	const sent = request.headers[header.toLowerCase()];
	if (typeof sent !== "string") {
		throw refuse(
			`${approver.actor.name} has not approved this. They do with POST /api/playbooks/incidents/${action.incidentNumber}/actions/${action.number}/approve and their own token, or send it along as ${header}: Bearer <token>.`,
		);
	}
	const token = bearerToken(sent);
	const holder = token === null ? null : await callerByToken(engine, token);
	if (holder === null) {
		throw refuse(`${header} is no access token that holds.`);
	}
	if (
		holder.principal.actor.kind !== "person" ||
		holder.principal.actor.id !== id
	) {
		throw refuse(`${header} is not of the person whom approved_by names.`);
	}
	return approver;
}
