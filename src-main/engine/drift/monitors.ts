import {
	defaultMonitor,
	type MonitorSettings,
} from "../../../src-shared/domain/monitor.ts";
import { parseTimestamp } from "../../../src-shared/domain/timestamp.ts";
import { EngineError } from "../errors.ts";
import { type CommandStore, sqlBuilder } from "../store/index.ts";
import { readSettings, storedSettings } from "./stored-settings.ts";

interface MonitorsSchema {
	monitors: {
		tenant_id: number;
		model_id: string;
		settings: string;
		updated_at: number;
	};
}

/** The settings to change; absent and undefined mean the same. */
export type MonitorChange = {
	readonly [Name in keyof MonitorSettings]?: MonitorSettings[Name] | undefined;
};

const sql = sqlBuilder<MonitorsSchema>();

/** The settings of every model's monitor; a model without a row has the defaults. */
export class Monitors {
	readonly #store: CommandStore;

	constructor(store: CommandStore) {
		this.#store = store;
	}

	get(tenantKey: number, modelId: string): MonitorSettings {
		const row = this.#store.reads.get(
			sql
				.selectFrom("monitors")
				.select("settings")
				.where("tenant_id", "=", tenantKey)
				.where("model_id", "=", modelId),
		);
		return row === undefined
			? defaultMonitor
			: readSettings(JSON.parse(row.settings));
	}

	/** Settings by model id, of the models that differ from the defaults. */
	all(tenantKey: number): Map<string, MonitorSettings> {
		const rows = this.#store.reads.all(
			sql
				.selectFrom("monitors")
				.select(["model_id", "settings"])
				.where("tenant_id", "=", tenantKey),
		);
		return new Map(
			rows.map((row) => [row.model_id, readSettings(JSON.parse(row.settings))]),
		);
	}

	/** Changes the named settings and answers all of them. Throws INVALID naming the field. */
	set(
		tenantKey: number,
		modelId: string,
		change: MonitorChange,
		now: number,
	): MonitorSettings {
		if (this.#store.readOnly) throw new EngineError("READ_ONLY");
		const settings = {
			...this.get(tenantKey, modelId),
			...definedOnly(change),
		};
		checkSettings(settings);
		this.#store.work.run((transaction) => {
			const stored = storedSettings(settings);
			const text = JSON.stringify(stored);
			transaction.writes.run(
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
				tenantKey,
				entity: "monitor",
				entityId: modelId,
				kind: "set",
				field: "settings",
				value: stored,
			});
		});
		return settings;
	}
}

function definedOnly(change: MonitorChange): Partial<MonitorSettings> {
	return Object.fromEntries(
		Object.entries(change).filter(([, value]) => value !== undefined),
	);
}

/** Refuses settings that contradict each other, naming the field to change. */
export function checkSettings(settings: MonitorSettings): void {
	if (settings.criticalThreshold <= settings.warnThreshold) {
		throw invalid(
			"criticalThreshold",
			`The critical threshold must be greater than the warning threshold (${settings.warnThreshold}).`,
		);
	}
	if (settings.baselineKind === "fixed") {
		const start = instantOf(settings, "baselineStart", "start");
		const end = instantOf(settings, "baselineEnd", "end");
		if (end <= start) {
			throw invalid(
				"baselineEnd",
				"The end of the baseline must be later than its start.",
			);
		}
	}
	if (settings.baselineKind === "reference" && !settings.referenceSet) {
		throw invalid("referenceSet", "A reference baseline needs a set's name.");
	}
}

function instantOf(
	settings: MonitorSettings,
	field: "baselineStart" | "baselineEnd",
	border: string,
): number {
	const text = settings[field];
	const instant = text === null ? null : parseTimestamp(text);
	if (instant !== null) return instant;
	throw invalid(
		field,
		`The ${border} of a fixed baseline must be an RFC 3339 time.`,
	);
}

function invalid(field: keyof MonitorSettings, message: string): EngineError {
	return new EngineError("INVALID", message, { field });
}
