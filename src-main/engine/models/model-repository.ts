import type { Generated, Selectable } from "kysely";
import { type Reads, sqlBuilder, type Writes } from "../store/index.ts";
import type {
	ModelFilter,
	ModelOrigin,
	ModelVersion,
	RegisteredModel,
} from "./registered-model.ts";
import type { ModelStage } from "./stages.ts";

interface ModelTable {
	key: Generated<number>;
	tenant_id: number;
	id: string;
	model_key: string;
	origin: ModelOrigin;
	description: string;
	model_type: string | null;
	framework: string | null;
	team: string | null;
	tags: string;
	current_version: string;
	stage: ModelStage;
	registered_by: string | null;
	created_at: number;
	updated_at: number;
}

const sql = sqlBuilder<{
	registered_models: ModelTable;
	registered_model_versions: {
		key: Generated<number>;
		tenant_id: number;
		model_id: string;
		version: string;
		stage: ModelStage;
		created_at: number;
		staged_at: number;
	};
}>();

export type NewModelRow = Omit<Selectable<ModelTable>, "key">;

/** A model's id and key; what most callers need of it. */
export interface ModelNames {
	readonly id: string;
	readonly key: string;
}

export function allNames(reads: Reads, tenantKey: number): ModelNames[] {
	return reads.all(
		sql
			.selectFrom("registered_models")
			.select(["id", "model_key as key"])
			.where("tenant_id", "=", tenantKey),
	);
}

/** By id or by key. */
export function findModel(
	reads: Reads,
	tenantKey: number,
	by: { id: string } | { key: string },
): RegisteredModel | null {
	const [column, value] =
		"id" in by ? (["id", by.id] as const) : (["model_key", by.key] as const);
	const row = reads.get(
		sql
			.selectFrom("registered_models")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where(column, "=", value),
	);
	return row === undefined ? null : toModel(row);
}

/** A page of models by key, and how many there are in all. */
export function listModels(
	reads: Reads,
	tenantKey: number,
	filter: ModelFilter,
): { items: RegisteredModel[]; total: number } {
	let matching = sql
		.selectFrom("registered_models")
		.where("tenant_id", "=", tenantKey);
	if (filter.stage !== undefined) {
		matching = matching.where("stage", "=", filter.stage);
	}
	if (filter.framework !== undefined) {
		matching = matching.where("framework", "=", filter.framework);
	}
	if (filter.team !== undefined) {
		matching = matching.where("team", "=", filter.team);
	}
	const counted = reads.get(
		matching.select((part) => part.fn.countAll<number>().as("total")),
	);
	const rows = reads.all(
		matching
			.selectAll()
			.orderBy("model_key")
			.limit(filter.limit)
			.offset(filter.offset),
	);
	return { items: rows.map(toModel), total: counted?.total ?? 0 };
}

export function addModel(writes: Writes, row: NewModelRow): void {
	writes.run(sql.insertInto("registered_models").values(row));
}

export function changeModel(
	writes: Writes,
	tenantKey: number,
	id: string,
	change: Partial<NewModelRow>,
): void {
	writes.run(
		sql
			.updateTable("registered_models")
			.set(change)
			.where("tenant_id", "=", tenantKey)
			.where("id", "=", id),
	);
}

/** The versions of a model, in the order they were made. */
export function versionsOf(
	reads: Reads,
	tenantKey: number,
	modelId: string,
): ModelVersion[] {
	return reads
		.all(
			sql
				.selectFrom("registered_model_versions")
				.select(["version", "stage", "created_at", "staged_at"])
				.where("tenant_id", "=", tenantKey)
				.where("model_id", "=", modelId)
				.orderBy("created_at")
				.orderBy("key"),
		)
		.map((row) => ({
			version: row.version,
			stage: row.stage,
			createdAt: row.created_at,
			stagedAt: row.staged_at,
		}));
}

/** Writes a version's stage; one that is not there yet is made. */
export function putVersion(
	writes: Writes,
	tenantKey: number,
	modelId: string,
	{ version, stage, now }: { version: string; stage: ModelStage; now: number },
): void {
	writes.run(
		sql
			.insertInto("registered_model_versions")
			.values({
				tenant_id: tenantKey,
				model_id: modelId,
				version,
				stage,
				created_at: now,
				staged_at: now,
			})
			.onConflict((conflict) =>
				conflict
					.columns(["tenant_id", "model_id", "version"])
					.doUpdateSet({ stage, staged_at: now }),
			),
	);
}

function toModel(row: Selectable<ModelTable>): RegisteredModel {
	return {
		id: row.id,
		key: row.model_key,
		origin: row.origin,
		description: row.description,
		modelType: row.model_type,
		framework: row.framework,
		team: row.team,
		tags: JSON.parse(row.tags) as Record<string, string>,
		currentVersion: row.current_version,
		stage: row.stage,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}
