import type { OutputChunk } from "../../../../src-shared/contract/index.ts";
import type { Sight } from "../../identity/access/index.ts";
import type { Reads } from "../../store/index.ts";
import {
	type ActionKind,
	type ActionRow,
	type ApprovalRow,
	type StepRow,
	sql,
} from "./action-schema.ts";

export interface ActionFilter {
	readonly incidentId?: string | undefined;
	readonly kinds?: readonly ActionKind[] | undefined;
}

/** Reads of actions, their journals, approvals and output. Each one stays within a tenant but those for the engine's own start. */
export class ActionRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	byId(sight: Sight, id: string): ActionRow | undefined {
		return this.#reads.get(seen(sight).selectAll().where("id", "=", id));
	}

	byNumber(
		sight: Sight,
		incidentId: string,
		number: number,
	): ActionRow | undefined {
		return this.#reads.get(
			seen(sight)
				.selectAll()
				.where("incident_id", "=", incidentId)
				.where("number", "=", number),
		);
	}

	byIdempotencyKey(
		sight: Sight,
		incidentId: string,
		key: string,
	): ActionRow | undefined {
		return this.#reads.get(
			seen(sight)
				.selectAll()
				.where("incident_id", "=", incidentId)
				.where("idempotency_key", "=", key),
		);
	}

	/** Newest first. */
	page(
		sight: Sight,
		filter: ActionFilter,
		page: { before: number | null; limit: number },
	): ActionRow[] {
		let query = filtered(sight, filter).selectAll();
		if (page.before !== null) query = query.where("number", "<", page.before);
		return this.#reads.all(query.orderBy("number", "desc").limit(page.limit));
	}

	count(sight: Sight, filter: ActionFilter): number {
		const row = this.#reads.get(
			filtered(sight, filter).select(({ fn }) =>
				fn.countAll<number>().as("count"),
			),
		);
		return row?.count ?? 0;
	}

	/** Actions of which somebody asked for an approval, newest first. */
	requested(sight: Sight, limit: number): ActionRow[] {
		return this.#reads.all(
			seen(sight)
				.selectAll()
				.where("approval_requested_at", "is not", null)
				.orderBy("number", "desc")
				.limit(limit),
		);
	}

	/** The execution of a dry run. */
	executionOf(tenantKey: number, dryRunId: string): ActionRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("playbook_actions")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("dry_run_id", "=", dryRunId)
				.where("kind", "=", "execution"),
		);
	}

	/** The rollback of an execution that runs, is in doubt, or has succeeded. */
	standingRollback(
		tenantKey: number,
		executionId: string,
	): ActionRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("playbook_actions")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("rollback_of", "=", executionId)
				.where("kind", "=", "rollback")
				.where("status", "in", ["running", "success", "unknown"]),
		);
	}

	/** Actions of one playbook on one incident that run or are in doubt. */
	unfinished(
		tenantKey: number,
		incidentId: string,
		playbookId: string,
	): ActionRow[] {
		return this.#reads.all(
			sql
				.selectFrom("playbook_actions")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", incidentId)
				.where("playbook_id", "=", playbookId)
				.where("kind", "in", ["execution", "rollback"])
				.where("status", "in", ["running", "unknown"])
				.orderBy("number"),
		);
	}

	/** Of every tenant: for an engine that starts. */
	allRunning(): ActionRow[] {
		return this.#reads.all(
			sql
				.selectFrom("playbook_actions")
				.selectAll()
				.where("status", "=", "running")
				.orderBy("key"),
		);
	}

	/** When the newest actions of a kind were made, newest first. */
	timesSince(
		tenantKey: number,
		incidentId: string,
		kind: ActionKind,
		since: number,
		limit: number,
	): number[] {
		return this.#reads
			.all(
				sql
					.selectFrom("playbook_actions")
					.select("created_at")
					.where("tenant_id", "=", tenantKey)
					.where("incident_id", "=", incidentId)
					.where("kind", "=", kind)
					.where("created_at", ">", since)
					.orderBy("created_at", "desc")
					.limit(limit),
			)
			.map((row) => row.created_at);
	}

	/** Seconds that a playbook's newest successful executions took. */
	durations(tenantKey: number, playbookId: string, limit: number): number[] {
		return this.#reads
			.all(
				sql
					.selectFrom("playbook_actions")
					.select("actual_seconds")
					.where("tenant_id", "=", tenantKey)
					.where("playbook_id", "=", playbookId)
					.where("kind", "=", "execution")
					.where("status", "=", "success")
					.where("actual_seconds", "is not", null)
					.orderBy("key", "desc")
					.limit(limit),
			)
			.map((row) => row.actual_seconds ?? 0);
	}

	/** The journals of actions, each in the order of its steps. */
	steps(
		tenantKey: number,
		actionKeys: readonly number[],
	): Map<number, StepRow[]> {
		const journals = new Map<number, StepRow[]>(
			actionKeys.map((key) => [key, []]),
		);
		if (actionKeys.length === 0) return journals;
		const rows = this.#reads.all(
			sql
				.selectFrom("playbook_steps")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("action_key", "in", [...actionKeys])
				.orderBy("action_key")
				.orderBy("position"),
		);
		for (const row of rows) journals.get(row.action_key)?.push(row);
		return journals;
	}

	/** Every approval of an action, newest first. */
	approvals(tenantKey: number, actionId: string): ApprovalRow[] {
		return this.#reads.all(
			sql
				.selectFrom("playbook_approvals")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("action_id", "=", actionId)
				.orderBy("key", "desc"),
		);
	}

	approval(tenantKey: number, key: number): ApprovalRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("playbook_approvals")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", key),
		);
	}

	output(
		tenantKey: number,
		actionKey: number,
		after: number,
		limit: number,
	): OutputChunk[] {
		return this.#reads.all(
			sql
				.selectFrom("playbook_output")
				.select(["sequence", "step_id as stepId", "stream", "text", "at"])
				.where("tenant_id", "=", tenantKey)
				.where("action_key", "=", actionKey)
				.where("sequence", ">", after)
				.orderBy("sequence")
				.limit(limit),
		);
	}
}

/** What somebody is shown. What names no project is in the tenant's first. */
function seen(sight: Sight) {
	const query = sql
		.selectFrom("playbook_actions")
		.where("tenant_id", "=", sight.tenantKey);
	if (sight.isWhole) return query;
	return query.where((where) =>
		where.or([
			where("project_id", "in", sight.projectIds),
			...(sight.hasFirst ? [where("project_id", "is", null)] : []),
		]),
	);
}

function filtered(sight: Sight, { incidentId, kinds }: ActionFilter) {
	let query = seen(sight);
	if (incidentId !== undefined) {
		query = query.where("incident_id", "=", incidentId);
	}
	if (kinds !== undefined) query = query.where("kind", "in", [...kinds]);
	return query;
}
