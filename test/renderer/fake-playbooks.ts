import { implement } from "@orpc/server";
import type { Catalogue } from "../../src-renderer/state/engine-lists.ts";
import {
	contract,
	type Member,
	type OutputChunk,
	type Playbook,
	type PlaybookAction,
} from "../../src-shared/contract/index.ts";
import { must } from "../../src-shared/domain/must.ts";
import type { FakeIncidents } from "./fake-incidents.ts";

type Params = PlaybookAction["params"];
type Person = PlaybookAction["author"];

export const ada: Person = { id: "u1", name: "Ada Lovelace" };
export const grace: Person = { id: "u2", name: "Grace Hopper" };

const hour = 3_600_000;

/**
 * The playbook calls in memory: approvals, runs and rollbacks behave as in the engine, and a run
 * goes on only when a test says so. `me` is the person of the window.
 */
export class FakePlaybooks {
	catalogue: Catalogue = { playbooks: [], faults: [], folder: "~/playbooks" };
	/** Ids that incidents suggest. */
	suggested: readonly string[] = [];
	/** Faults of the parameters that the next dry run is refused with. */
	refuse: { path: string; message: string }[] = [];
	me = ada;
	isFourEyes = false;
	readonly actions = new Map<string, PlaybookAction>();
	readonly printed = new Map<string, OutputChunk[]>();
	/** How often each call was made. */
	readonly calls = new Map<string, number>();
	readonly #incidents: () => FakeIncidents;

	constructor(incidents: () => FakeIncidents) {
		this.#incidents = incidents;
	}

	get members(): Member[] {
		return [ada, grace].map(({ id, name }) => ({
			id: id ?? "",
			name,
			email: `${name.split(" ")[0]?.toLowerCase()}@example.org`,
			role: "owner",
			isActive: true,
			isLocalOwner: id === "u1",
			canSignIn: true,
			createdAt: 0,
		}));
	}

	/** Makes a dry run as somebody would, and tells the window. */
	dryRun(
		incidentId: string,
		playbookId: string,
		params: Params,
		author = this.me,
	): PlaybookAction {
		const playbook = this.#playbook(playbookId);
		const requiresApproval = params.full_refresh === true;
		return this.#add({
			...this.#common(incidentId, playbook, author),
			kind: "dry_run",
			status: "dry_run_success",
			message: `Command: ${commandOf(playbookId, params)}`,
			params: { ...defaultsOf(playbook), ...params },
			command: commandOf(playbookId, params),
			changes: changesOf(params),
			requiresApproval,
		});
	}

	/** Somebody else's approval. */
	approve(actionId: string, by: Person): PlaybookAction {
		const approval = {
			approverId: by.id ?? "",
			approverName: by.name,
			approvedAt: Date.now(),
			expiresAt: Date.now() + hour,
		};
		const { kind, rollbackPlan } = this.#get(actionId);
		return this.change(
			actionId,
			kind === "execution" && rollbackPlan !== null
				? { rollbackPlan: { ...rollbackPlan, approval } }
				: { approval },
		);
	}

	execute(dryRunId: string, author = this.me): PlaybookAction {
		const dryRun = this.#get(dryRunId);
		return this.#add({
			...dryRun,
			...this.#running(author),
			kind: "execution",
			dryRunId,
			steps: dryRun.steps.map((step, index) => ({
				...step,
				status: index === 0 ? "running" : "pending",
				startedAt: index === 0 ? Date.now() : null,
			})),
		});
	}

	/** The running action prints; the window is told. */
	print(
		actionId: string,
		text: string,
		stream: OutputChunk["stream"] = "stdout",
	): void {
		const chunks = this.printed.get(actionId) ?? [];
		chunks.push({
			sequence: chunks.length + 1,
			stepId: this.#get(actionId).steps[0]?.id ?? "run",
			stream,
			text,
			at: Date.now(),
		});
		this.printed.set(actionId, chunks);
		this.#tell(this.#get(actionId));
	}

	/** The running action ends. */
	finish(
		actionId: string,
		status: PlaybookAction["status"],
		message: string,
		exitCode: number | null = status === "success" ? 0 : null,
	): PlaybookAction {
		const action = this.#get(actionId);
		const now = Date.now();
		const playbook = this.#playbook(action.playbookId);
		const isOpen = status === "success" && playbook.hasRollback;
		return this.change(actionId, {
			status,
			message,
			completedAt: now,
			actualDurationSeconds: (now - (action.startedAt ?? now)) / 1_000,
			isRollbackAvailable: isOpen && action.kind === "execution",
			rollbackPlan:
				playbook.hasRollback && action.kind === "execution"
					? rollbackPlanOf(isOpen)
					: null,
			steps: action.steps.map((step) => ({
				...step,
				status: status === "running" ? "running" : stepStatusOf(status),
				endedAt: status === "unknown" ? null : now,
				exitCode,
				fault: status === "failed" ? message : null,
			})),
		});
	}

	/** Changes an action behind the window's back, and tells it. */
	change(actionId: string, change: Partial<PlaybookAction>): PlaybookAction {
		const next = { ...this.#get(actionId), ...change };
		this.actions.set(actionId, next);
		this.#tell(next);
		return this.#seen(next);
	}

	routes() {
		const os = implement(contract).playbooks;
		const counted = (name: string) =>
			this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
		return {
			catalogue: os.catalogue.handler(() => this.catalogue),
			reload: os.reload.handler(() => ({
				playbooks: this.catalogue.playbooks.length,
				faults: this.catalogue.faults.length,
			})),
			forIncident: os.forIncident.handler(() => {
				const isSuggested = ({ id }: Playbook) => this.suggested.includes(id);
				const { playbooks } = this.catalogue;
				return {
					suggested: playbooks.filter(isSuggested),
					others: playbooks.filter((each) => !isSuggested(each)),
				};
			}),
			dryRun: os.dryRun.handler(({ input, errors }) => {
				const faults = this.refuse.splice(0);
				if (faults.length > 0) throw errors.INVALID({ data: { faults } });
				return this.dryRun(input.incidentId, input.playbookId, input.params);
			}),
			requestApproval: os.requestApproval.handler(({ input }) =>
				this.change(input.actionId, { approvalRequestedAt: Date.now() }),
			),
			approve: os.approve.handler(({ input, errors }) => {
				const fault = this.#approvalFault(this.#get(input.actionId));
				if (fault !== null) throw errors.FORBIDDEN({ message: fault });
				return this.approve(input.actionId, this.me);
			}),
			decline: os.decline.handler(({ input }) =>
				this.change(input.actionId, {
					approval: null,
					approvalRequestedAt: null,
					message: `Declined: ${input.reason}`,
				}),
			),
			execute: os.execute.handler(({ input, errors }) => {
				const { requiresApproval, approval } = this.#get(input.dryRunId);
				if (requiresApproval && approval === null) {
					throw errors.FORBIDDEN({ message: "Nobody has approved it." });
				}
				return this.execute(input.dryRunId);
			}),
			cancel: os.cancel.handler(({ input }) =>
				this.finish(input.actionId, "cancelled", "Cancelled by Ada Lovelace."),
			),
			rollback: os.rollback.handler(({ input }) =>
				this.#rollBack(input.actionId),
			),
			settle: os.settle.handler(({ input }) =>
				this.change(input.actionId, {
					status: input.outcome,
					message: `Settled: ${input.note}`,
					survivingProcess: null,
				}),
			),
			endProcess: os.endProcess.handler(({ input }) =>
				this.change(input.actionId, { survivingProcess: null }),
			),
			action: os.action.handler(({ input, errors }) => {
				counted("action");
				const found = this.actions.get(input.actionId);
				if (found === undefined) throw errors.NOT_FOUND();
				return this.#seen(found);
			}),
			actions: os.actions.handler(({ input }) => {
				counted("actions");
				const fits = [...this.actions.values()]
					.filter(
						(each) =>
							(input.incidentId === undefined ||
								each.incidentId === input.incidentId) &&
							(input.kinds?.includes(each.kind) ?? true) &&
							(!input.awaitingMe || this.#awaitsMe(each)),
					)
					.sort((a, b) => b.number - a.number);
				const { before, limit } = input;
				return {
					total: fits.length,
					items: fits
						.filter(({ number }) => before === null || number < before)
						.slice(0, limit)
						.map((each) => this.#seen(each)),
				};
			}),
			output: os.output.handler(({ input }) => {
				counted("output");
				return {
					chunks: (this.printed.get(input.actionId) ?? [])
						.filter(({ sequence }) => sequence > input.after)
						.slice(0, input.limit),
					isCapped: false,
				};
			}),
		};
	}

	#rollBack(actionId: string): PlaybookAction {
		const action = this.#get(actionId);
		const begun = this.#add({
			...action,
			...this.#running(this.me),
			kind: "rollback",
			rollbackOf: actionId,
			dryRunId: null,
			rollbackPlan: null,
			command: "PUT http://127.0.0.1:8003/guard/config",
			steps: (action.rollbackPlan?.steps ?? []).map((step) => ({
				...step,
				status: "running",
				startedAt: Date.now(),
				endedAt: null,
				exitCode: null,
				fault: null,
			})),
		});
		this.change(actionId, {
			rolledBackBy: begun.id,
			isRollbackAvailable: false,
			rollbackPlan: rollbackPlanOf(false),
		});
		return begun;
	}

	#running(author: Person) {
		return {
			status: "running" as const,
			message: "It is running.",
			author,
			startedAt: Date.now(),
			completedAt: null,
			isRollbackAvailable: false,
			approvalRequestedAt: null,
		};
	}

	#add(draft: Omit<PlaybookAction, "id" | "number" | "createdAt">) {
		const number = this.actions.size + 1;
		const action: PlaybookAction = {
			...draft,
			id: `a${number}`,
			number,
			createdAt: Date.now(),
		};
		this.actions.set(action.id, action);
		this.#tell(action);
		return this.#seen(action);
	}

	#common(incidentId: string, playbook: Playbook, author: Person) {
		const incident = must(
			this.#incidents().rows.get(incidentId),
			"it is there",
		);
		return {
			incidentId,
			incidentNumber: incident.number,
			incidentTitle: incident.title,
			playbookId: playbook.id,
			playbookName: playbook.name,
			hash: "5f2c9a7be1d04c6f8a3b5d7e9f1024688ace13579bdf02468ace13579bdf0246",
			risk: playbook.risk,
			approval: null,
			approvalRequestedAt: null,
			approvalFault: null,
			steps: playbook.steps.map((step) => ({
				...step,
				phase: "step" as const,
				command: `${step.kind} ${step.id}`,
				status: "pending" as const,
				startedAt: null,
				endedAt: null,
				exitCode: null,
				fault: null,
			})),
			estimatedDurationSeconds: playbook.estimate.durationSeconds,
			actualDurationSeconds: null,
			estimatedCostUsd: playbook.estimate.costUsd,
			dryRunId: null,
			rollbackOf: null,
			rolledBackBy: null,
			isRollbackAvailable: false,
			rollbackPlan: null,
			survivingProcess: null,
			author,
			startedAt: null,
			completedAt: null,
		};
	}

	/** As the window's person sees it. */
	#seen(action: PlaybookAction): PlaybookAction {
		return { ...action, approvalFault: this.#approvalFault(action) };
	}

	#approvalFault({ author }: PlaybookAction): string | null {
		return this.isFourEyes && author.id === this.me.id
			? "Somebody else than who runs it must approve it (four eyes)."
			: null;
	}

	#awaitsMe(action: PlaybookAction): boolean {
		return (
			action.approvalRequestedAt !== null &&
			action.approval === null &&
			this.#approvalFault(action) === null
		);
	}

	#tell({ id, incidentId }: PlaybookAction): void {
		this.#incidents().publish({
			kind: "actions",
			actionIds: [id],
			incidentIds: [incidentId],
		});
	}

	#get(actionId: string): PlaybookAction {
		return must(this.actions.get(actionId), `${actionId} is an action`);
	}

	#playbook(playbookId: string): Playbook {
		return must(
			this.catalogue.playbooks.find(({ id }) => id === playbookId),
			`${playbookId} is in the catalogue`,
		);
	}
}

function stepStatusOf(status: PlaybookAction["status"]) {
	return status === "dry_run_success" ? "pending" : status;
}

function rollbackPlanOf(
	isOpen: boolean,
): NonNullable<PlaybookAction["rollbackPlan"]> {
	return {
		steps: isOpen
			? [
					{
						id: "restore",
						kind: "http",
						phase: "rollback",
						title: "Give the old version its traffic back",
						command: 'PUT http://127.0.0.1:8003/guard/config {"canary_pct":5}',
					},
				]
			: [],
		hash: isOpen ? "0f1e2d3c4b5a69788796a5b4c3d2e1f0" : "",
		requiresApproval: false,
		approval: null,
		fault: isOpen ? null : "It was rolled back.",
	};
}

function commandOf(playbookId: string, params: Params): string {
	return `${playbookId.replace("_", " ")} ${Object.entries(params)
		.map(([name, value]) => `--${name} ${String(value)}`)
		.join(" ")}`;
}

function changesOf(params: Params): string[] {
	return [
		`Will change ${Object.keys(params).length} things`,
		params.full_refresh === true
			? "Full refresh: incremental tables are dropped and built anew"
			: "No full refresh (incremental only)",
	];
}

function defaultsOf({ parameters }: Playbook): Params {
	const properties = parameters.properties as Record<
		string,
		{ default?: unknown }
	>;
	return Object.fromEntries(
		Object.entries(properties).flatMap(([name, each]) =>
			each.default === undefined ? [] : [[name, each.default]],
		),
	);
}
