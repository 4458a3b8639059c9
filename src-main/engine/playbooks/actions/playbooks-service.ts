import type { PlaybookAction } from "../../../../src-shared/contract/index.ts";
import { asEngineError, EngineError } from "../../errors.ts";
import type { Member, Principal } from "../../identity/access/index.ts";
import { ActionAnnouncements } from "./action-announcements.ts";
import { ActionDecisions } from "./action-decisions.ts";
import { ActionRepository } from "./action-repository.ts";
import { ActionRuns } from "./action-runs.ts";
import type { ActionRow } from "./action-schema.ts";
import { ActionViews } from "./action-view.ts";
import { Approvals } from "./approvals.ts";
import { CatalogueView } from "./catalogue-view.ts";
import { DryRuns } from "./dry-runs.ts";
import { Interruptions } from "./interruptions.ts";
import { PlaybookReads } from "./playbook-reads.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";
import { RollbackPlans } from "./rollback-plans.ts";
import { RunLimits } from "./run-limits.ts";
import { type RunRequest, RunStart } from "./run-start.ts";
import { SecretParameters } from "./secret-parameters.ts";

/** An action that was begun, and how it ends. */
export interface BegunRun {
	readonly action: PlaybookAction;
	/** Never rejects while the engine is open: whatever the end is, it is the action's own. */
	readonly ended: Promise<PlaybookAction>;
}

/**
 * Everything that can be done with playbooks: dry run, approval, execution, rollback, and
 * what a crash leaves to people. Every action belongs to an incident; one that is not in
 * sight is NOT_FOUND. Writes throw FORBIDDEN for who only reads in its project, CONFLICT where
 * that is not active, READ_ONLY on a database of a
 * newer Tocsin, STORAGE_FULL or STORAGE_FAILED when the disk refuses.
 */
export class PlaybooksService extends PlaybookReads {
	readonly #ports: PlaybooksPorts;
	readonly #records: ActionRepository;
	readonly #limits: RunLimits;
	readonly #dryRuns: DryRuns;
	readonly #decisions: ActionDecisions;
	readonly #runs: ActionRuns;
	readonly #start: RunStart;

	/** Ends, as failed or unknown, what an engine before this one left running. */
	constructor(ports: PlaybooksPorts) {
		const secrets = new SecretParameters();
		const records = new ActionRepository(ports.store.reads);
		const limits = new RunLimits(records, ports.clock);
		const news = new ActionAnnouncements(ports);
		const rollbacks = new RollbackPlans(records, ports.catalogue, secrets);
		const approvals = new Approvals(ports, records, rollbacks);
		const dryRuns = new DryRuns({ ports, records, limits, secrets, news });
		const interruptions = new Interruptions(ports, records, news);
		const runs = new ActionRuns(ports, news, interruptions);
		const catalogue = new CatalogueView(ports, records);
		const unwrittenEnd = (id: string) => runs.unwrittenEnd(id);
		const shown = { ports, records, approvals, rollbacks, unwrittenEnd };
		const views = new ActionViews(shown);
		super({ records, approvals, views, catalogue });
		const parts = { ports, records, news, approvals, dryRuns };
		this.#ports = ports;
		this.#records = records;
		this.#limits = limits;
		this.#dryRuns = dryRuns;
		this.#decisions = new ActionDecisions(parts);
		this.#runs = runs;
		this.#start = new RunStart({ ...parts, limits, secrets, rollbacks, runs });
		if (!ports.store.readOnly) interruptions.recover();
	}

	/** Multiplies the limits of runs per incident; 0 turns them off. */
	setLimitScale(scale: number): void {
		this.#limits.setScale(scale);
	}

	/** Reads the folders again. */
	reload(_by: Member<"admin">): { playbooks: number; faults: number } {
		const { catalogue } = this.#ports;
		catalogue.reload();
		return {
			playbooks: catalogue.list().length,
			faults: catalogue.faults().length,
		};
	}

	/**
	 * Resolves everything and runs nothing. Throws NOT_FOUND, RATE_LIMITED, and INVALID: its
	 * `field` is `playbookId` for a playbook that is not there or is a checklist, else
	 * `params`, with every fault in `faults`.
	 */
	dryRun(
		principal: Principal<"engineer">,
		input: {
			incidentId: string;
			playbookId: string;
			params: Readonly<Record<string, unknown>>;
		},
	): PlaybookAction {
		return this.#write(principal, () =>
			this.#dryRuns.make(
				principal,
				input.incidentId,
				input.playbookId,
				input.params,
			),
		);
	}

	/** Puts a dry run, or the rollback of an execution, before those who may approve it. Throws NOT_FOUND, CONFLICT. */
	requestApproval(
		principal: Principal<"engineer">,
		actionId: string,
	): PlaybookAction {
		return this.#write(principal, () =>
			this.#decisions.requestApproval(
				principal,
				this.changeable(principal, actionId),
			),
		);
	}

	/** Approves what was dry-run, or the rollback of an execution as its plan is now: once, for an hour. Throws NOT_FOUND, CONFLICT, FORBIDDEN. */
	approve(principal: Principal<"engineer">, actionId: string): PlaybookAction {
		return this.#write(principal, () =>
			this.#decisions.approve(principal, this.changeable(principal, actionId)),
		);
	}

	/** Takes an unused approval back, or turns a request down; for those who approve, and for who asked. Throws NOT_FOUND, CONFLICT, FORBIDDEN. */
	decline(
		principal: Principal<"engineer">,
		actionId: string,
		reason: string,
	): PlaybookAction {
		return this.#write(principal, () =>
			this.#decisions.decline(
				principal,
				this.changeable(principal, actionId),
				reason,
			),
		);
	}

	/**
	 * Runs what was dry-run, once; answers when its first intent is durable and it has begun.
	 * Throws NOT_FOUND, CONFLICT, FORBIDDEN, RATE_LIMITED, UNAVAILABLE, and INVALID for an
	 * idempotency key that belongs to another request.
	 */
	async execute(
		principal: Principal<"engineer">,
		input: { dryRunId: string } & RunRequest,
	): Promise<BegunRun> {
		return this.#begun(
			principal,
			this.#write(principal, () =>
				this.#start.execute(
					principal,
					this.changeable(principal, input.dryRunId),
					input,
				),
			),
		);
	}

	/** Runs the rollback steps, then their verification. Throws as `execute` does. */
	async rollback(
		principal: Principal<"engineer">,
		input: { actionId: string } & RunRequest,
	): Promise<BegunRun> {
		return this.#begun(
			principal,
			this.#write(principal, () =>
				this.#start.rollback(
					principal,
					this.changeable(principal, input.actionId),
					input,
				),
			),
		);
	}

	/** Asks a running action to stop, and answers it when it has: within about five seconds. Throws NOT_FOUND, CONFLICT. */
	async cancel(
		principal: Principal<"engineer">,
		actionId: string,
	): Promise<PlaybookAction> {
		const row = this.changeable(principal, actionId);
		if (!this.#runs.cancel(row.id, principal)) {
			throw new EngineError("CONFLICT", "It is not running.", {
				status: row.status,
			});
		}
		await this.#runs.ended(row.id);
		return this.action(principal, row.id);
	}

	/** A person says what became of an action that was left in doubt. Throws NOT_FOUND, CONFLICT, FORBIDDEN. */
	settle(
		principal: Principal<"engineer">,
		input: { actionId: string; outcome: "success" | "failed"; note: string },
	): PlaybookAction {
		return this.#write(principal, () =>
			this.#decisions.settle(
				principal,
				this.changeable(principal, input.actionId),
				input.outcome,
				input.note,
			),
		);
	}

	/** Ends the processes that an action in doubt has still running; within about five seconds. Throws NOT_FOUND, CONFLICT. */
	async endProcess(
		principal: Principal<"engineer">,
		actionId: string,
	): Promise<PlaybookAction> {
		const row = this.changeable(principal, actionId);
		await this.#decisions.endProcess(principal, row);
		return this.action(principal, row.id);
	}

	/** The action that an idempotency key began on an incident, for who asks with it again; null for a new key. */
	begunWith(
		principal: Principal,
		incidentId: string,
		idempotencyKey: string,
	): BegunRun | null {
		const row = this.#records.byIdempotencyKey(
			principal.sight,
			incidentId,
			idempotencyKey,
		);
		return row === undefined
			? null
			: this.#begun(principal, this.view(principal, row));
	}

	/** Ends what runs, as cancelled, and begins nothing more. May be called twice. */
	async close(): Promise<void> {
		await this.#runs.close();
	}

	#begun(principal: Principal, action: PlaybookAction): BegunRun {
		const ended = this.#runs
			.ended(action.id)
			.then(() => this.action(principal, action.id));
		// Nobody has to wait for the end.
		ended.catch(() => {});
		return { action, ended };
	}

	#write(principal: Principal, work: () => ActionRow): PlaybookAction {
		if (this.#ports.store.readOnly) throw new EngineError("READ_ONLY");
		try {
			return this.view(principal, work());
		} catch (error) {
			throw asEngineError(error);
		}
	}
}
