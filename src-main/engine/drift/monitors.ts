import { monitorSettings } from "../../../src-shared/contract/index.ts";
import {
	defaultMonitor,
	type MonitorSettings,
} from "../../../src-shared/domain/monitor.ts";
import { parseTimestamp } from "../../../src-shared/domain/timestamp.ts";
import { EngineError } from "../errors.ts";
import { type CommandStore, sqlBuilder } from "../store/index.ts";

interface MonitorsSchema {
	monitors: {
		tenant_id: number;
		model_id: string;
		settings: string;
		updated_at: number;
	};
}

const sql = sqlBuilder<MonitorsSchema>();

/** The settings of every model's monitor; a model without a row has the defaults. */
export class Monitors {
	readonly #store: CommandStore;

	constructor(store: CommandStore) {
		this.#store = store;
	}

	get(tenantKey: number, modelId: string): MonitorSettings {
		const row = this.#store.queries.get(
			sql
				.selectFrom("monitors")
				.select("settings")
				.where("tenant_id", "=", tenantKey)
				.where("model_id", "=", modelId),
		);
		return row === undefined ? defaultMonitor : readSettings(row.settings);
	}

	/** Settings by model id, of the models that differ from the defaults. */
	all(tenantKey: number): Map<string, MonitorSettings> {
		const rows = this.#store.queries.all(
			sql
				.selectFrom("monitors")
				.select(["model_id", "settings"])
				.where("tenant_id", "=", tenantKey),
		);
		return new Map(
			rows.map((row) => [row.model_id, readSettings(row.settings)]),
		);
	}

	/** Changes the named settings and answers all of them. Throws INVALID naming the field. */
	set(
		tenantKey: number,
		modelId: string,
		change: Partial<MonitorSettings>,
		now: number,
	): MonitorSettings {
		if (this.#store.readOnly) throw new EngineError("READ_ONLY");
		const settings = { ...this.get(tenantKey, modelId), ...change };
		checkSettings(settings);
		this.#store.work.run((transaction) => {
			const text = JSON.stringify(settings);
			transaction.queries.run(
				sql
					.insertInto("monitors")
					.values({
						tenant_id: tenantKey,
						model_id: modelId,
						settings: text,
						updated_at: now,
					})
					.onConflict((conflict) =>
						conflict
							.columns(["tenant_id", "model_id"])
							.doUpdateSet({ settings: text, updated_at: now }),
					),
			);
			this.#store.changes.append(transaction, {
				tenantId: tenantKey,
				entity: "monitor",
				entityId: modelId,
				kind: "set",
				field: "settings",
				value: settings,
			});
		});
		return settings;
	}
}

/** Refuses settings that contradict each other, naming the field to change. */
export function checkSettings(settings: MonitorSettings): void {
	if (settings.critical_threshold <= settings.warn_threshold) {
		throw invalid(
			"critical_threshold",
			`must be greater than warn_threshold (${settings.warn_threshold})`,
		);
	}
	if (settings.baseline_kind === "fixed") {
		const start = instantOf(settings.baseline_start, "baseline_start");
		const end = instantOf(settings.baseline_end, "baseline_end");
		if (end <= start) {
			throw invalid("baseline_end", "must be later than baseline_start");
		}
	}
	if (settings.baseline_kind === "reference" && !settings.reference_set) {
		throw invalid("reference_set", "names the set of a reference baseline");
	}
}

function instantOf(text: string | null, field: string): number {
	const instant = text === null ? null : parseTimestamp(text);
	if (instant === null) {
		throw invalid(field, "must be an RFC 3339 time for a fixed baseline");
	}
	return instant;
}

function invalid(field: string, message: string): EngineError {
	return new EngineError("INVALID", `${field} ${message}`, { field });
}

/** Settings of an older version lack newer fields: those get their defaults. */
function readSettings(text: string): MonitorSettings {
	return monitorSettings.parse({ ...defaultMonitor, ...JSON.parse(text) });
}
