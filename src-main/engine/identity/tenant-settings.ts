import type { TenantSettings } from "../../../src-shared/contract/index.ts";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import type { Clock, Log } from "../ports.ts";
import type { UnitOfWork } from "../store/index.ts";
import type { Member } from "./access/index.ts";
import { sql } from "./identity-schema.ts";
import type { Members } from "./members.ts";

const enoughForFourEyes = 2;

/** The rules that a tenant chose for itself; absent ones are as if never chosen. */
export class TenantSettingsTable {
	readonly #work: UnitOfWork;
	readonly #members: Members;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #changed: (tenantKey: number) => void;

	constructor(
		work: UnitOfWork,
		members: Members,
		ports: { clock: Clock; log: Log },
		changed: (tenantKey: number) => void,
	) {
		this.#work = work;
		this.#members = members;
		this.#clock = ports.clock;
		this.#log = ports.log;
		this.#changed = changed;
	}

	get(tenantKey: number): TenantSettings {
		const row = this.#work.reads.get(
			sql
				.selectFrom("tenant_settings")
				.leftJoin("users", (join) =>
					join
						.onRef("users.id", "=", "tenant_settings.changed_by")
						.onRef("users.tenant_id", "=", "tenant_settings.tenant_id"),
				)
				.select([
					"tenant_settings.four_eyes",
					"tenant_settings.changed_at",
					"users.full_name as changed_by",
				])
				.where("tenant_settings.tenant_id", "=", tenantKey),
		);
		const fourEyes = row?.four_eyes ?? "auto";
		const approvers = this.#members
			.list(tenantKey)
			.filter(({ isActive, role }) => isActive && roleAtLeast(role, "admin"));
		return {
			fourEyes,
			isFourEyes:
				fourEyes === "on" ||
				(fourEyes === "auto" && approvers.length >= enoughForFourEyes),
			approvers: approvers.length,
			changedBy: row?.changed_by ?? null,
			changedAt: row?.changed_at ?? null,
		};
	}

	set(
		principal: Member<"admin">,
		{ fourEyes }: Pick<TenantSettings, "fourEyes">,
	): TenantSettings {
		const { tenant, actor } = principal;
		const before = this.get(tenant.key).fourEyes;
		if (before === fourEyes) return this.get(tenant.key);
		this.#work.run((transaction) => {
			transaction.writes.run(
				sql.replaceInto("tenant_settings").values({
					tenant_id: tenant.key,
					four_eyes: fourEyes,
					changed_by: actor.id,
					changed_at: this.#clock.now(),
				}),
			);
			transaction.afterCommit(() => this.#changed(tenant.key));
		});
		this.#log.info(
			{ tenant: tenant.id, by: actor.id, from: before, to: fourEyes },
			"the rule of four eyes was changed",
		);
		return this.get(tenant.key);
	}
}
