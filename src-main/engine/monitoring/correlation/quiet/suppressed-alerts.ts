import type { Clock } from "../../../ports.ts";
import type { Transaction } from "../../../store/index.ts";
import type { StoredAlert } from "../../alerts/alert-change.ts";
import type { AlertRepository } from "../../alerts/alert-repository.ts";
import { toStoredAlert } from "../../alerts/alert-view.ts";
import type { Alerts } from "../../alerts/alerts.ts";
import type { MatchedAlert } from "../rules/alert-facts.ts";
import type { Keeper, Quiet } from "./quiet.ts";
import type { QuietRepository } from "./quiet-repository.ts";

export interface SuppressedAlertsPorts {
	readonly quiet: Pick<Quiet, "keeperOf">;
	readonly rows: QuietRepository;
	readonly alertRepository: AlertRepository;
	readonly alerts: Pick<Alerts, "link">;
	readonly clock: Clock;
	readonly factsOf: (tenantKey: number, alert: StoredAlert) => MatchedAlert;
}

/** Alerts that a mute or a window keeps quiet, in the transaction that decides it. */
export class SuppressedAlerts {
	readonly #ports: SuppressedAlertsPorts;

	constructor(ports: SuppressedAlertsPorts) {
		this.#ports = ports;
	}

	keep(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		alertKey: number,
		keeper: Keeper,
	): void {
		const { rows, alerts } = this.#ports;
		rows.keepQuiet(transaction.writes, {
			alert_key: alertKey,
			tenant_id: tenantKey,
			project_id: projectId,
			source_id: keeper.id,
			until: keeper.until,
		});
		alerts.link(transaction, tenantKey, [alertKey], {
			suppressedBy: keeper.words,
		});
	}

	/** Those without an incident that a mute or a window would keep quiet now. */
	keepAgain(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		alertKeys: readonly number[],
	): void {
		const { quiet, alertRepository, clock, factsOf } = this.#ports;
		const now = clock.now();
		for (const key of alertKeys) {
			const row = alertRepository.byKey(tenantKey, key);
			if (row === undefined || row.incident_id !== null) continue;
			const facts = factsOf(tenantKey, toStoredAlert(row));
			const keeper = quiet.keeperOf(tenantKey, projectId, facts, now);
			if (keeper === null) continue;
			this.keep(transaction, tenantKey, projectId, key, keeper);
		}
	}
}
