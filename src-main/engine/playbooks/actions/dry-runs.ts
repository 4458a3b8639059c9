import { EngineError } from "../../errors.ts";
import type { Principal, TenantRef } from "../../identity/access/index.ts";
import type {
	LoadedPlaybook,
	ParameterFault,
	Parameters,
	ResolvedPlaybook,
	ResolvedStep,
} from "../definition.ts";
import { findProgram } from "../runners/program-lookup.ts";
import type { ActionAnnouncements } from "./action-announcements.ts";
import { dryRunHash } from "./action-hash.ts";
import { takeActionNumber } from "./action-numbers.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionRow } from "./action-schema.ts";
import { journal, type NewAction } from "./journal.ts";
import type { PlaybookIncident, PlaybooksPorts } from "./playbooks-ports.ts";
import { estimateOf } from "./run-estimates.ts";
import type { RunLimits } from "./run-limits.ts";
import { redactionFor, SecretParameters } from "./secret-parameters.ts";

/** A dry run as it would run now. */
export interface Resolved {
	readonly playbook: LoadedPlaybook;
	readonly resolved: ResolvedPlaybook;
}

export interface DryRunPorts {
	readonly ports: PlaybooksPorts;
	readonly records: ActionRepository;
	readonly limits: RunLimits;
	readonly secrets: SecretParameters;
	readonly news: ActionAnnouncements;
}

/** Resolves playbooks with their parameters. Starts no process and opens no connection. */
export class DryRuns {
	readonly #ports: DryRunPorts;

	constructor(ports: DryRunPorts) {
		this.#ports = ports;
	}

	/**
	 * Stores what would run. Throws NOT_FOUND, RATE_LIMITED, and INVALID: its `field` is
	 * `playbookId` for a playbook that is not there or is a checklist, else `params`, with
	 * every one of the `faults`.
	 */
	make(
		by: Principal<"engineer">,
		incidentId: string,
		playbookId: string,
		params: unknown,
	): ActionRow {
		const { ports, limits, secrets, news } = this.#ports;
		const { tenant } = by;
		const incident = ports.incident(by.sight, incidentId);
		by.requireChange(incident.projectId);
		const { playbook, resolved } = this.#resolve(playbookId, params);
		limits.check(tenant.key, incident.id, "dry_run");
		return ports.store.work.run((transaction) => {
			const action = this.#newAction(by, incident, playbook, resolved);
			const row = journal.open(
				transaction,
				{
					...action,
					number: takeActionNumber(
						transaction,
						tenant.key,
						ports.store.changes.replica,
					),
				},
				resolved.steps,
				redactionFor(ports.catalogue, playbook, resolved.params),
				missingProgram,
			);
			secrets.hold(row.id, playbook, resolved.params);
			news.changed(transaction, row);
			return row;
		});
	}

	/** The same once more. Throws CONFLICT when that would run something else by now. */
	again(tenant: TenantRef, row: ActionRow): Resolved {
		const { ports, secrets } = this.#ports;
		const playbook = ports.catalogue.find(row.playbook_id);
		if (playbook === undefined) {
			throw new EngineError(
				"CONFLICT",
				`The playbook ${row.playbook_id} is not in the catalogue any more.`,
			);
		}
		const params = secrets.reveal(
			row.id,
			playbook,
			JSON.parse(row.params) as Parameters,
		);
		if (params === null) {
			throw new EngineError(
				"CONFLICT",
				"It was given secret parameters, which are kept only while Tocsin runs, and Tocsin was restarted since: make a new dry run.",
			);
		}
		const outcome = playbook.resolve(params);
		if (!outcome.ok) {
			throw new EngineError(
				"CONFLICT",
				`It cannot be run any more: ${outcome.faults[0]?.message ?? "its parameters are wrong by now."}`,
				{ faults: [...outcome.faults] },
			);
		}
		const { contentHash } = outcome.resolved;
		const salt = secrets.saltFor(playbook);
		if (dryRunHash(tenant, row.incident_id, contentHash, salt) !== row.hash) {
			throw new EngineError(
				"CONFLICT",
				"The playbook has changed since the dry run: make a new one.",
			);
		}
		return { playbook, resolved: outcome.resolved };
	}

	#resolve(playbookId: string, params: unknown): Resolved {
		const playbook = this.#ports.ports.catalogue.find(playbookId);
		if (playbook === undefined) {
			throw invalid("playbookId", "There is no playbook of this name.", []);
		}
		if (playbook.description.kind === "checklist") {
			throw invalid(
				"playbookId",
				"A checklist is for people; it has nothing to run.",
				[],
			);
		}
		const outcome = playbook.resolve(params);
		if (!outcome.ok) {
			throw invalid("params", "The parameters are wrong.", outcome.faults);
		}
		return { playbook, resolved: outcome.resolved };
	}

	#newAction(
		by: Principal,
		incident: PlaybookIncident,
		playbook: LoadedPlaybook,
		resolved: ResolvedPlaybook,
	): Omit<NewAction, "number"> {
		const { ports, records, secrets } = this.#ports;
		const { description } = playbook;
		const redaction = redactionFor(ports.catalogue, playbook, resolved.params);
		const command = redaction.text(resolved.command);
		const estimate = estimateOf(records, by.tenant.key, {
			id: description.id,
			estimate: resolved.estimate,
		});
		return {
			tenant_id: by.tenant.key,
			id: ports.random.uuid(),
			incident_id: incident.id,
			project_id: incident.projectId,
			playbook_id: description.id,
			playbook_name: description.name,
			kind: "dry_run",
			status: "dry_run_success",
			message: `Command: ${command}`,
			params: JSON.stringify(
				SecretParameters.concealed(playbook, resolved.params),
			),
			hash: dryRunHash(
				by.tenant,
				incident.id,
				resolved.contentHash,
				secrets.saltFor(playbook),
			),
			command,
			changes: JSON.stringify(
				resolved.changes.map((line) => redaction.text(line)),
			),
			risk: JSON.stringify(description.risk),
			requires_approval: resolved.requiresApproval ? 1 : 0,
			has_rollback: description.hasRollback ? 1 : 0,
			approval_key: null,
			approval_requested_at: null,
			estimated_seconds: estimate.durationSeconds,
			estimated_cost: estimate.costUsd,
			actual_seconds: null,
			author_kind: by.actor.kind,
			author_id: by.actor.id,
			author_name: by.actor.name,
			idempotency_key: null,
			request_hash: null,
			dry_run_id: null,
			rollback_of: null,
			created_at: ports.clock.now(),
			started_at: null,
			ended_at: null,
		};
	}
}

/** What a person should know before they run it: the program is not on this machine. */
function missingProgram(step: ResolvedStep): string | null {
	return step.kind === "command" ? findProgram(step.program).fault : null;
}

function invalid(
	field: "playbookId" | "params",
	message: string,
	faults: readonly ParameterFault[],
): EngineError {
	return new EngineError("INVALID", message, { field, faults: [...faults] });
}
