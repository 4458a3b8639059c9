import {
	type AlertRule,
	type AlertRuleChange,
	defaultRuleId,
} from "../../../../../src-shared/contract/index.ts";
import { EngineError } from "../../../errors.ts";
import type { InProject } from "../../../identity/access/index.ts";
import type { Clock, Random } from "../../../ports.ts";
import type { UnitOfWork } from "../../../store/index.ts";
import { type RuleRow, sql } from "../correlation-schema.ts";
import { type CompiledRule, compileRule } from "./compiled-rule.ts";
import {
	builtInRule,
	changedSettings,
	type RuleSettings,
} from "./rule-settings.ts";

export interface AlertRulesPorts {
	readonly work: UnitOfWork;
	readonly clock: Clock;
	readonly random: Random;
	readonly changed: (tenantKey: number) => void;
}

const mostRules = 100;

type StoredRule = Pick<
	RuleRow,
	"id" | "position" | "settings" | "updated_at" | "updated_by"
>;

/** The rules of every project: the first that matches an alert decides about it, the default last. */
export class AlertRules {
	readonly #ports: AlertRulesPorts;
	/** Asked for every notification. */
	readonly #compiled = new Map<string, readonly CompiledRule[]>();

	constructor(ports: AlertRulesPorts) {
		this.#ports = ports;
	}

	/** In the order in which they are asked. */
	list({ tenant, projectId }: InProject): AlertRule[] {
		return this.all(tenant.key, projectId);
	}

	/** The same for what no request asked for. */
	all(tenantKey: number, projectId: string): AlertRule[] {
		return this.#ordered(tenantKey, projectId).map((row) =>
			toRule(projectId, row),
		);
	}

	/** Those in force, in order. */
	inForce(tenantKey: number, projectId: string): readonly CompiledRule[] {
		const place = placeOf(tenantKey, projectId);
		const known = this.#compiled.get(place);
		if (known !== undefined) return known;
		const rules = this.#ordered(tenantKey, projectId)
			.map(({ id, settings }) => ({ id, settings: settingsOf(settings) }))
			.filter(({ settings }) => settings.isEnabled)
			.map(({ id, settings }) => compileRule(id, settings));
		this.#compiled.set(place, rules);
		return rules;
	}

	/** Throws CONFLICT for one too many. */
	create(by: InProject<"admin">, settings: RuleSettings): AlertRule {
		const { random } = this.#ports;
		const rules = this.#stored(by.tenant.key, by.projectId);
		if (rules.length >= mostRules) {
			throw new EngineError(
				"CONFLICT",
				`A project has ${mostRules} rules at most.`,
			);
		}
		const position = (rules.at(-1)?.position ?? 0) + 1;
		return this.#write(by, random.uuid(), position, {
			...builtInRule,
			...changedSettings(builtInRule, settings),
		});
	}

	/** Throws NOT_FOUND. */
	update(
		by: InProject<"admin">,
		id: string,
		change: AlertRuleChange,
	): AlertRule {
		const row = this.#existing(by.tenant.key, by.projectId, id);
		return this.#write(
			by,
			id,
			row.position,
			changedSettings(settingsOf(row.settings), change),
		);
	}

	/** The default is what it was at first again. Throws NOT_FOUND. */
	remove(
		{ tenant: { key: tenantKey }, projectId }: InProject<"admin">,
		id: string,
	): void {
		this.#existing(tenantKey, projectId, id);
		this.#commit(tenantKey, projectId, () =>
			this.#ports.work.run(({ writes }) =>
				writes.run(
					sql
						.deleteFrom("alert_rules")
						.where("tenant_id", "=", tenantKey)
						.where("project_id", "=", projectId)
						.where("id", "=", id),
				),
			),
		);
	}

	/** Throws CONFLICT unless `ids` are all rules but the default, once each. */
	reorder(by: InProject<"admin">, ids: readonly string[]): AlertRule[] {
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const own = this.#stored(tenantKey, projectId)
			.map(({ id }) => id)
			.filter((id) => id !== defaultRuleId);
		const isWhole =
			ids.length === own.length &&
			new Set(ids).size === ids.length &&
			ids.every((id) => own.includes(id));
		if (!isWhole) {
			throw new EngineError("CONFLICT", "The rules were changed meanwhile.");
		}
		this.#commit(tenantKey, projectId, () =>
			this.#ports.work.run(({ writes }) => {
				for (const [index, id] of ids.entries()) {
					writes.run(
						sql
							.updateTable("alert_rules")
							.set({ position: index + 1 })
							.where("tenant_id", "=", tenantKey)
							.where("project_id", "=", projectId)
							.where("id", "=", id),
					);
				}
			}),
		);
		return this.list(by);
	}

	#write(
		by: InProject<"admin">,
		id: string,
		position: number,
		settings: RuleSettings,
	): AlertRule {
		const { work, clock } = this.#ports;
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const what = {
			position,
			settings: JSON.stringify(settings),
			updated_at: clock.now(),
			updated_by: by.actor.name,
		};
		this.#commit(tenantKey, projectId, () =>
			work.run(({ writes }) =>
				writes.run(
					sql
						.insertInto("alert_rules")
						.values({
							tenant_id: tenantKey,
							project_id: projectId,
							id,
							...what,
						})
						.onConflict((conflict) =>
							conflict
								.columns(["tenant_id", "project_id", "id"])
								.doUpdateSet(what),
						),
				),
			),
		);
		return toRule(projectId, { id, ...what });
	}

	/** A rule is compiled anew when it is asked for, also where the write failed. */
	#commit(tenantKey: number, projectId: string, write: () => void): void {
		try {
			write();
		} finally {
			this.#compiled.delete(placeOf(tenantKey, projectId));
		}
		this.#ports.changed(tenantKey);
	}

	#existing(tenantKey: number, projectId: string, id: string): StoredRule {
		const row = this.#ordered(tenantKey, projectId).find(
			(each) => each.id === id,
		);
		if (row === undefined) throw new EngineError("NOT_FOUND", "No such rule.");
		return row;
	}

	#ordered(tenantKey: number, projectId: string): StoredRule[] {
		const rows = this.#stored(tenantKey, projectId);
		const own = rows.filter(({ id }) => id !== defaultRuleId);
		const last = rows.find(({ id }) => id === defaultRuleId) ?? {
			id: defaultRuleId,
			position: 0,
			settings: JSON.stringify(builtInRule),
			updated_at: 0,
			updated_by: "",
		};
		return [...own, last];
	}

	#stored(tenantKey: number, projectId: string): StoredRule[] {
		return this.#ports.work.reads.all(
			sql
				.selectFrom("alert_rules")
				.select(["id", "position", "settings", "updated_at", "updated_by"])
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.orderBy("position")
				.orderBy("key"),
		);
	}
}

function placeOf(tenantKey: number, projectId: string): string {
	return `${tenantKey} ${projectId}`;
}

/** A stored rule; what it does not have is the built-in one's. */
function settingsOf(text: string): RuleSettings {
	return { ...builtInRule, ...(JSON.parse(text) as RuleSettings) };
}

function toRule(projectId: string, row: StoredRule): AlertRule {
	return {
		...settingsOf(row.settings),
		id: row.id,
		projectId,
		isDefault: row.id === defaultRuleId,
		updatedAt: row.updated_at === 0 ? null : row.updated_at,
		updatedBy: row.updated_at === 0 ? null : row.updated_by,
	};
}
