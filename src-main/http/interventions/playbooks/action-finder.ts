import type { FastifyRequest } from "fastify";
import type {
	Playbook,
	PlaybookAction,
} from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { Principal } from "../../../engine/identity/index.ts";
import { grantedMember } from "../../door.ts";
import type { ServedEngine } from "../../served-engine.ts";
import { Refusal } from "../error-format.ts";
import type { ActionPlace } from "./action-json.ts";
import { hasSameParams } from "./same-params.ts";

const dryRunsLookedAt = 50;

/** Finds what requests name by numbers and words, among the engine's ids. */
export class ActionFinder {
	readonly #engine: Pick<ServedEngine, "identity" | "incidents" | "playbooks">;

	constructor(
		engine: Pick<ServedEngine, "identity" | "incidents" | "playbooks">,
	) {
		this.#engine = engine;
	}

	/** The incident's id by its number. Throws NOT_FOUND. */
	incidentId({ sight }: Principal, number: number): string {
		return this.#engine.incidents.entryByNumber(sight, number).id;
	}

	/** Throws NOT_FOUND for the incident, or for an action that is not one of it. */
	action(
		principal: Principal,
		params: { id: number; action_id: number },
	): PlaybookAction {
		return this.#engine.playbooks.actionByNumber(
			principal,
			this.incidentId(principal, params.id),
			params.action_id,
		);
	}

	/** A playbook that can be run. Throws a Refusal with 400 for a checklist or an unknown one. */
	playbook(principal: Principal, actionType: string): Playbook {
		const { playbooks } = this.#engine.playbooks.catalogue(principal);
		const found = playbooks.find(({ id }) => id === actionType);
		if (found?.kind === "action") return found;
		const known = playbooks.filter(({ kind }) => kind === "action");
		throw new Refusal(
			400,
			found === undefined
				? `Invalid action type: there is no playbook ${actionType}.`
				: `Invalid action type: ${actionType} is a checklist, which people work through by hand.`,
			{ action_type: actionType, known: known.map(({ id }) => id) },
		);
	}

	/** Throws INVALID that names the parameters at fault, and RATE_LIMITED. */
	dryRun(
		principal: Principal<"engineer">,
		incidentId: string,
		playbookId: string,
		params: Readonly<Record<string, unknown>>,
	): PlaybookAction {
		try {
			return this.#engine.playbooks.dryRun(principal, {
				incidentId,
				playbookId,
				params,
			});
		} catch (error) {
			throw withFieldErrors(error);
		}
	}

	/**
	 * The newest dry run of the same playbook and parameters that waits to be executed, first
	 * of all one that `approverId` has approved; null when there is none.
	 */
	waitingDryRun(
		principal: Principal,
		incidentId: string,
		playbook: Playbook,
		params: Readonly<Record<string, unknown>>,
		approverId: string | null,
	): PlaybookAction | null {
		const { playbooks } = this.#engine;
		const newest = (kinds: PlaybookAction["kind"][]) =>
			playbooks.actions(principal, {
				incidentId,
				kinds,
				limit: dryRunsLookedAt,
			}).items;
		const executed = new Set(
			newest(["execution"]).map(({ dryRunId }) => dryRunId),
		);
		const waiting = newest(["dry_run"]).filter(
			(action) =>
				action.playbookId === playbook.id &&
				!executed.has(action.id) &&
				hasSameParams(playbook, action.params, params, "other"),
		);
		const approved = waiting.find(
			({ approval }) => approval !== null && approval.approverId === approverId,
		);
		return approved ?? waiting[0] ?? null;
	}

	/** What answers to this request say beside the action itself. */
	place(request: FastifyRequest): ActionPlace {
		const principal = grantedMember(request);
		const { identity, playbooks } = this.#engine;
		return {
			origin: `http://${request.headers.host ?? ""}`,
			nameOf: (id) => identity.person(principal, id)?.email ?? null,
			numberOf: (id) => playbooks.action(principal, id).number,
		};
	}
}

/** Faults of parameters as the fields of the body. */
function withFieldErrors(error: unknown): unknown {
	if (!(error instanceof EngineError) || error.code !== "INVALID") return error;
	const faults = Array.isArray(error.data.faults) ? error.data.faults : [];
	const errors = faults.map(({ path, message }) => ({
		field: `params${String(path).replaceAll("/", ".")}`,
		message: String(message),
	}));
	return new EngineError(
		"INVALID",
		errors.map(({ field, message }) => `${field}: ${message}`).join("; ") ||
			error.message,
		{ errors },
	);
}
