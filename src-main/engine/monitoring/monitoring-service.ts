import type { EventFeed } from "../feed/index.ts";
import { CoalescedChanges } from "../live/index.ts";
import type { Outbound } from "../outbound/index.ts";
import type { Clock, Log, Random } from "../ports.ts";
import type { Vault } from "../secrets/index.ts";
import type { CommandStore } from "../store/index.ts";
import type { Accepted, Correlate } from "./alerts/alert-change.ts";
import { AlertIntake } from "./alerts/alert-intake.ts";
import { AlertRepository } from "./alerts/alert-repository.ts";
import { Alerts } from "./alerts/alerts.ts";
import { SourceChanges } from "./alerts/source-changes.ts";
import { IntegrationRepository } from "./integrations/integration-repository.ts";
import { Integrations } from "./integrations/integrations.ts";
import { PollRepository } from "./polling/poll-repository.ts";
import { Polling } from "./polling/polling.ts";
import { Silences, type SilencesPorts } from "./silences/silences.ts";
import { WebhookDoor } from "./webhook-door.ts";

export interface MonitoringPorts {
	readonly store: CommandStore;
	readonly feed: Pick<EventFeed, "append">;
	readonly outbound: Outbound;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	/** Tells live windows of a tenant that integrations or alerts changed. */
	readonly publish: (tenantKey: number) => void;
	/** Groups alerts into incidents, in the transaction that stores them. */
	readonly correlate: Correlate;
	/** The incidents that silences are asked for from. */
	readonly incident: SilencesPorts["incident"];
	readonly recordEvent: SilencesPorts["recordEvent"];
	/** Gives what a person accepts an incident. */
	readonly accepted: Accepted;
}

/** Other monitoring systems: who they are, what they tell, and what became of it. */
export class MonitoringService {
	readonly integrations: Integrations;
	readonly alerts: Alerts;
	/** For alerts that were asked for and not sent here. */
	readonly intake: AlertIntake;
	/** Asks other systems what fires. */
	readonly polling: Polling;
	/** Silences at the source, asked for from incidents. */
	readonly silences: Silences;
	/** Deployments and the like, as other systems told of them. */
	readonly changes: SourceChanges;
	/** Where other systems send their alerts. */
	readonly door: WebhookDoor;
	/** The stored integrations, for work that no request asked for. */
	readonly integrationRepository: IntegrationRepository;
	readonly #changes: CoalescedChanges;

	constructor(ports: MonitoringPorts) {
		const { store } = ports;
		this.#changes = new CoalescedChanges(ports.publish);
		const changed = (tenantKey: number) => this.#changes.add(tenantKey);
		const rows = new AlertRepository(store.reads);
		const integrations = new IntegrationRepository(store.work, ports.vault);
		const parts = { ...ports, work: store.work, changed };
		this.integrationRepository = integrations;
		this.integrations = new Integrations({
			...parts,
			rows: integrations,
			pollingOf: (row) => this.polling.health(row),
		});
		this.alerts = new Alerts({ ...parts, rows, integrations });
		this.intake = new AlertIntake({
			...parts,
			rows,
			integrations,
		});
		this.polling = new Polling({
			...parts,
			rows,
			integrations,
			intake: this.intake,
			polls: new PollRepository(store.work),
		});
		this.silences = new Silences({
			...parts,
			alerts: rows,
			integrations,
		});
		this.changes = new SourceChanges(store.work, ports);
		this.door = new WebhookDoor({
			...parts,
			changes: this.changes,
			integrations,
			intake: this.intake,
		});
	}

	/** Asks nobody any more and commits the alerts that wait. */
	async close(): Promise<void> {
		const stopped = this.polling.close();
		this.intake.close();
		this.#changes.close();
		await stopped;
	}
}
