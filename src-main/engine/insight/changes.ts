import type { ChangeDetail as ShownChange } from "../../../src-shared/contract/index.ts";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import { EngineError } from "../errors.ts";
import type { Reads, Writes } from "../store/index.ts";
import type { ChangeKind, ChangeRecord } from "./case-file.ts";
import { sql } from "./insight-schema.ts";

/** A deployment or a change of configuration, as it is reported. */
export interface NewChange {
	readonly kind: ChangeKind;
	/** What was changed; at least one of the two. */
	readonly service?: string | null;
	readonly modelId?: string | null;
	/** Such as a version, in the sender's words; at most 500 characters. */
	readonly summary: string;
	/** Epoch milliseconds; now, if absent. */
	readonly at?: number;
	/** Who did it by what the sender says. */
	readonly author?: string | null;
	readonly projectId?: string | null;
	/** What the sender calls it: the same one twice is one change. */
	readonly sourceKey?: string | null;
}

/** A change with all that was said of it, and the project that it is of; null is the tenant's first. */
export interface ChangeDetail extends ShownChange {
	readonly projectId: string | null;
}

const longestSummary = 500;
const mostRead = 500;

/** Writes a change; answers it, or the one with its source key that is there. Throws INVALID naming the field. */
export function addChange(
	writes: Writes,
	tenantKey: number,
	change: NewChange,
	fresh: { id: string; now: number },
): ChangeRecord & { isNew: boolean } {
	const { service = null, modelId = null, sourceKey = null } = change;
	const at = change.at ?? fresh.now;
	checkChange(change, at, fresh.now);
	if (sourceKey !== null) {
		const known = writes.get(
			sql
				.selectFrom("insight_changes")
				.select(["id", "kind", "service", "model_id", "summary", "at"])
				.where("tenant_id", "=", tenantKey)
				.where("source_key", "=", sourceKey),
		);
		if (known !== undefined) {
			const { model_id, ...rest } = known;
			return { ...rest, modelId: model_id, isNew: false };
		}
	}
	const { kind, summary } = change;
	writes.run(
		sql.insertInto("insight_changes").values({
			tenant_id: tenantKey,
			id: fresh.id,
			project_id: change.projectId ?? null,
			kind,
			service,
			model_id: modelId,
			summary,
			author: change.author ?? null,
			source_key: sourceKey,
			at,
			recorded_at: fresh.now,
		}),
	);
	return { id: fresh.id, kind, service, modelId, summary, at, isNew: true };
}

function checkChange(change: NewChange, at: number, now: number): void {
	const named = { ...change };
	for (const field of ["service", "modelId", "author", "sourceKey"] as const) {
		const value = named[field];
		const fault = value == null ? null : identifierFault(value);
		if (fault !== null) throw invalid(field, `${field} ${fault}`);
	}
	if (change.service == null && change.modelId == null) {
		throw invalid("service", "A change is one of a service or of a model.");
	}
	const { summary } = change;
	if (
		summary.trim() === "" ||
		summary.length > longestSummary ||
		!summary.isWellFormed() ||
		summary.includes("\u0000")
	) {
		throw invalid(
			"summary",
			`summary must be well-formed text of 1 to ${longestSummary} characters`,
		);
	}
	if (!Number.isSafeInteger(at) || at < 0 || at > now + 60_000) {
		throw invalid("at", "A change cannot be yet to come.");
	}
}

/** The newest changes within a stretch of time, newest first. */
export function changesBetween(
	reads: Reads,
	tenantKey: number,
	range: { from: number; to: number },
): (ChangeRecord & { projectId: string | null })[] {
	return reads
		.all(
			sql
				.selectFrom("insight_changes")
				.select([
					"id",
					"kind",
					"service",
					"model_id",
					"summary",
					"at",
					"project_id",
				])
				.where("tenant_id", "=", tenantKey)
				.where("at", ">=", range.from)
				.where("at", "<=", range.to)
				.orderBy("at", "desc")
				.orderBy("key", "desc")
				.limit(mostRead),
		)
		.map(({ model_id, project_id, ...change }) => ({
			...change,
			modelId: model_id,
			projectId: project_id,
		}));
}

/** What another system told, as evidence: of the service that it names, else of where it says it was. */
export function reportedDeployment(told: {
	readonly id: string;
	readonly summary: string;
	readonly source: string | null;
	readonly details: Readonly<Record<string, string>>;
	readonly at: number;
}): ChangeRecord {
	const { id, summary, source, details, at } = told;
	const service = details.service ?? source;
	return { id, kind: "deployment", service, modelId: null, summary, at };
}

/** A change with all that was said of it; null for no such one. */
export function changeById(
	reads: Reads,
	tenantKey: number,
	id: string,
): ChangeDetail | null {
	const row = reads.get(
		sql
			.selectFrom("insight_changes")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("id", "=", id),
	);
	return row === undefined
		? null
		: {
				id,
				projectId: row.project_id,
				kind: row.kind,
				service: row.service,
				modelId: row.model_id,
				summary: row.summary,
				author: row.author,
				source: null,
				details: {},
				link: null,
				at: row.at,
			};
}

function invalid(field: string, message: string): EngineError {
	return new EngineError("INVALID", message, { field });
}
