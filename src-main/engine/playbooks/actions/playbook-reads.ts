import type {
	OutputChunk,
	PlaybookAction,
} from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../errors.ts";
import { type Principal, Sight } from "../../identity/access/index.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionKind, ActionRow } from "./action-schema.ts";
import type { ActionViews } from "./action-view.ts";
import type { Approvals } from "./approvals.ts";
import type { CatalogueView } from "./catalogue-view.ts";

/** Requests for an approval that are looked through for one person. */
const mostRequested = 1_000;

export interface PlaybookReadPorts {
	readonly records: ActionRepository;
	readonly approvals: Approvals;
	readonly views: ActionViews;
	readonly catalogue: CatalogueView;
}

/** An execution or a rollback that ended, as other modules need it. */
export interface EndedAction {
	readonly id: string;
	readonly incidentId: string;
	readonly playbookId: string;
	readonly playbookName: string;
	readonly status: PlaybookAction["status"];
	readonly endedAt: number;
}

/** Executions and rollbacks that are looked through for those that ended. */
const mostEnded = 200;

/** Reads the catalogue, and actions with their output; can change none. One that is not in sight is NOT_FOUND. */
export class PlaybookReads {
	readonly #ports: PlaybookReadPorts;

	constructor(ports: PlaybookReadPorts) {
		this.#ports = ports;
	}

	/** Every playbook, and every file that cannot be used. */
	catalogue(principal: Principal) {
		return this.#ports.catalogue.all(principal);
	}

	/** What the incident suggests, and the rest. Throws NOT_FOUND. */
	forIncident(principal: Principal, incidentId: string) {
		return this.#ports.catalogue.forIncident(principal, incidentId);
	}

	/**
	 * Why `approver` may not approve an action that `principal` would run; null when they
	 * may. Throws NOT_FOUND.
	 */
	approvalFault(
		principal: Principal,
		actionId: string,
		approver: Principal,
	): string | null {
		const row = this.existing(principal, actionId);
		return this.#ports.approvals.fault(row, approver, principal);
	}

	/** Throws NOT_FOUND. */
	action(principal: Principal, actionId: string): PlaybookAction {
		return this.view(principal, this.existing(principal, actionId));
	}

	/** By the number that people and some APIs use. Throws NOT_FOUND. */
	actionByNumber(
		principal: Principal,
		incidentId: string,
		number: number,
	): PlaybookAction {
		const row = this.#ports.records.byNumber(
			principal.sight,
			incidentId,
			number,
		);
		if (row === undefined) throw notFound();
		return this.view(principal, row);
	}

	/** Newest first. */
	actions(
		principal: Principal,
		filter: {
			incidentId?: string | undefined;
			/** Those that wait for an approval which the principal may give. */
			awaitingMe?: boolean;
			kinds?: readonly ActionKind[] | undefined;
			/** `number` of the last row of the page before. */
			before?: number | null;
			limit?: number;
		} = {},
	): { items: PlaybookAction[]; total: number } {
		const { before = null, limit = 50, ...wanted } = filter;
		const { sight } = principal;
		if (wanted.awaitingMe !== true) {
			const rows = this.#ports.records.page(sight, wanted, { before, limit });
			return {
				items: this.#ports.views.of(principal, rows),
				total: this.#ports.records.count(sight, wanted),
			};
		}
		const waiting = this.#ports.records
			.requested(sight, mostRequested)
			.filter(
				(row) =>
					(wanted.incidentId ?? row.incident_id) === row.incident_id &&
					(wanted.kinds?.includes(row.kind) ?? true) &&
					this.#ports.approvals.standing(row) === null &&
					this.#ports.approvals.fault(row, principal, null) === null,
			);
		const page = waiting
			.filter(({ number }) => before === null || number < before)
			.slice(0, limit);
		return {
			items: this.#ports.views.of(principal, page),
			total: waiting.length,
		};
	}

	/** The newest executions and rollbacks that ended, of a tenant or of one incident, newest first. */
	ended(tenantKey: number, incidentId?: string): EndedAction[] {
		return this.#ports.records
			.page(
				Sight.ofTenant(tenantKey),
				{ incidentId, kinds: ["execution", "rollback"] },
				{ before: null, limit: mostEnded },
			)
			.flatMap((row) =>
				row.ended_at === null
					? []
					: [
							{
								id: row.id,
								incidentId: row.incident_id,
								playbookId: row.playbook_id,
								playbookName: row.playbook_name,
								status: row.status,
								endedAt: row.ended_at,
							},
						],
			);
	}

	/** Whether an action is of a project in sight. */
	isSeen(sight: Sight, actionId: string): boolean {
		return this.#ports.records.byId(sight, actionId) !== undefined;
	}

	/** What an action printed, after a position. Throws NOT_FOUND. */
	output(
		principal: Principal,
		actionId: string,
		after = 0,
		limit = 500,
	): { chunks: OutputChunk[]; isCapped: boolean } {
		const row = this.existing(principal, actionId);
		return {
			chunks: this.#ports.records.output(row.tenant_id, row.key, after, limit),
			isCapped: row.is_capped === 1,
		};
	}

	protected existing(principal: Principal, actionId: string): ActionRow {
		const row = this.#ports.records.byId(principal.sight, actionId);
		if (row === undefined) throw notFound();
		return row;
	}

	/** One that is seen and may be changed. Throws NOT_FOUND, FORBIDDEN and CONFLICT. */
	protected changeable(
		principal: Principal<"engineer">,
		actionId: string,
	): ActionRow {
		const row = this.existing(principal, actionId);
		principal.requireChange(row.project_id);
		return row;
	}

	protected view(principal: Principal, row: ActionRow): PlaybookAction {
		const [view] = this.#ports.views.of(principal, [row]);
		if (view === undefined) throw notFound();
		return view;
	}
}

function notFound(): EngineError {
	return new EngineError("NOT_FOUND", "No such action.");
}
