import type { TenantRef } from "../../identity/access/index.ts";
import type {
	JsonValue,
	LoadedPlaybook,
	Parameters,
	PlaybookCatalogue,
	ResolvedStep,
} from "../definition.ts";
import type { ProcessSnapshot } from "../runners/process-table.ts";
import { rollbackHash } from "./action-hash.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionRow, StepRow } from "./action-schema.ts";
import type { SecretParameters } from "./secret-parameters.ts";
import { survivingProcess } from "./surviving-process.ts";

/** What rolling an execution back would run, from the playbook's file as it is now. */
export interface RollbackPlan {
	readonly playbook: LoadedPlaybook | null;
	readonly params: Parameters;
	readonly captured: Readonly<Record<string, JsonValue>>;
	/** Empty with a fault. */
	readonly steps: readonly ResolvedStep[];
	/** What to say of it when it succeeds. */
	readonly success: () => string;
	readonly hash: string;
	readonly requiresApproval: boolean;
	/** Why it cannot be rolled back now; null when it can. */
	readonly fault: string | null;
}

/** Plans rollbacks. Runs nothing. */
export class RollbackPlans {
	readonly #records: ActionRepository;
	readonly #catalogue: PlaybookCatalogue;
	readonly #secrets: SecretParameters;

	constructor(
		records: ActionRepository,
		catalogue: PlaybookCatalogue,
		secrets: SecretParameters,
	) {
		this.#records = records;
		this.#catalogue = catalogue;
		this.#secrets = secrets;
	}

	/** Null for all but an execution that declared a rollback. */
	plan(
		tenant: TenantRef,
		row: ActionRow,
		steps: readonly StepRow[],
		processes?: ProcessSnapshot,
	): RollbackPlan | null {
		if (row.kind !== "execution" || row.has_rollback === 0) return null;
		const captured = capturedBy(steps);
		const stored = JSON.parse(row.params) as Parameters;
		const cannot = (fault: string): RollbackPlan => ({
			playbook: null,
			params: stored,
			captured,
			steps: [],
			success: () => "",
			hash: "",
			requiresApproval: row.requires_approval === 1,
			fault,
		});
		const fault = this.#stateFault(row, steps, processes);
		if (fault !== null) return cannot(fault);
		const playbook = this.#catalogue.find(row.playbook_id);
		if (playbook === undefined) {
			return cannot(
				`The playbook ${row.playbook_id} is not in the catalogue any more.`,
			);
		}
		const params = this.#secrets.reveal(row.id, playbook, stored);
		if (params === null) {
			return cannot(
				"It was given secret parameters, which are kept only while Tocsin runs, and Tocsin was restarted since.",
			);
		}
		let resolved: readonly ResolvedStep[] | null;
		try {
			resolved = playbook.resolveRollback({ params, captured });
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			return cannot(`The state before it is not known: ${message}`);
		}
		if (resolved === null || resolved.length === 0) {
			return cannot("The playbook's file declares no rollback any more.");
		}
		return {
			playbook,
			params,
			captured,
			steps: resolved,
			success: () => successOf(playbook, params, resolved),
			hash: rollbackHash(
				tenant,
				row.incident_id,
				row.id,
				resolved,
				this.#secrets.saltFor(playbook),
			),
			requiresApproval: row.requires_approval === 1,
			fault: null,
		};
	}

	#stateFault(
		row: ActionRow,
		steps: readonly StepRow[],
		processes?: ProcessSnapshot,
	): string | null {
		if (row.status === "running") return "It is still running.";
		if (!steps.some(hasChangedSomething)) {
			return "It changed nothing that could be rolled back.";
		}
		const surviving = survivingProcess(row, steps, processes);
		if (surviving !== null) {
			return `Its process ${surviving.pid} is still running: end it first.`;
		}
		const standing = this.#records.standingRollback(row.tenant_id, row.id);
		if (standing === undefined) return null;
		switch (standing.status) {
			case "success":
				return `It was rolled back by #${standing.number}.`;
			case "running":
				return `#${standing.number} is rolling it back.`;
			default:
				return `Whether #${standing.number} rolled it back is not known: settle that first.`;
		}
	}
}

function successOf(
	playbook: LoadedPlaybook,
	params: Parameters,
	steps: readonly ResolvedStep[],
): string {
	const outcome = playbook.resolve(params);
	const declared = outcome.ok ? outcome.resolved.outcome.rolledBack : null;
	if (declared !== null) return declared;
	return steps.some(({ phase }) => phase === "rollback_verification")
		? "Rolled back; the state before is restored and verified."
		: "Rolled back; the playbook declares nothing to verify it by.";
}

function hasChangedSomething(step: StepRow): boolean {
	return step.changes_something === 1 && step.intent_at !== null;
}

/** Everything that the steps of an action kept. */
export function capturedBy(
	steps: readonly StepRow[],
): Readonly<Record<string, JsonValue>> {
	const all: Record<string, JsonValue> = {};
	for (const { captured } of steps) Object.assign(all, JSON.parse(captured));
	return all;
}
