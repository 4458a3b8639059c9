import type { PredictionsStore, Writes } from "../store/index.ts";
import { categoryLimit, otherCategory } from "./seal-task.ts";

/** A column of a model that has sealed segments. */
export interface ModelColumn {
	readonly key: number;
	readonly name: string;
	readonly role: "score" | "feature";
	readonly kind: "numeric" | "categorical";
}

/** The registry of sealed columns and of the categories of each. */
export class Columns {
	readonly #store: PredictionsStore;

	constructor(store: PredictionsStore) {
		this.#store = store;
	}

	/** The columns of a model, the score first, then by name. */
	list(tenantKey: number, modelKey: number): ModelColumn[] {
		return this.#store.reads
			.prepare(
				"SELECT key, name, role, kind FROM columns WHERE tenant_id = ? AND model_key = ? ORDER BY role DESC, name, kind",
			)
			.all(tenantKey, modelKey) as ModelColumn[];
	}

	/** Finds or makes a column. */
	keyOf(
		writes: Writes,
		tenantKey: number,
		modelKey: number,
		column: Omit<ModelColumn, "key">,
	): number {
		const known = writes
			.prepare(
				"SELECT key FROM columns WHERE model_key = ? AND role = ? AND name = ? AND kind = ?",
			)
			.pluck()
			.get(modelKey, column.role, column.name, column.kind);
		if (typeof known === "number") return known;
		const made = writes
			.prepare(
				"INSERT INTO columns (tenant_id, model_key, name, role, kind) VALUES (?, ?, ?, ?, ?)",
			)
			.run(tenantKey, modelKey, column.name, column.role, column.kind);
		return Number(made.lastInsertRowid);
	}

	/** The categories of a column by code. */
	categories(tenantKey: number, columnKey: number): Map<string, number> {
		const rows = this.#store.reads
			.prepare(
				"SELECT value, code FROM categories WHERE tenant_id = ? AND column_key = ?",
			)
			.all(tenantKey, columnKey) as { value: string; code: number }[];
		return new Map(rows.map(({ value, code }) => [value, code]));
	}

	/** Codes of the column for `values`, in their order; new categories get the next code. */
	codesOf(
		writes: Writes,
		tenantKey: number,
		columnKey: number,
		values: readonly string[],
	): Int32Array {
		const known = this.categories(tenantKey, columnKey);
		const insert = writes.prepare(
			"INSERT INTO categories (tenant_id, column_key, code, value) VALUES (?, ?, ?, ?)",
		);
		const code = (value: string): number => {
			const found = known.get(value);
			if (found !== undefined) return found;
			if (known.size >= categoryLimit && value !== otherCategory) {
				return code(otherCategory);
			}
			const next = known.size;
			insert.run(tenantKey, columnKey, next, value);
			known.set(value, next);
			return next;
		};
		return Int32Array.from(values, code);
	}
}
