import type { EventFeed } from "../../feed/index.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { Transaction, UnitOfWork } from "../../store/index.ts";
import type { IntegrationRepository } from "../integrations/integration-repository.ts";
import type { AlertChange, Correlate } from "./alert-change.ts";
import type { AlertRepository } from "./alert-repository.ts";
import { toStoredAlert } from "./alert-view.ts";
import { type AlertOrigin, AlertWriter } from "./alert-writer.ts";
import {
	type AlertBatch,
	type IntakeOutcome,
	IntakeQueue,
} from "./intake-queue.ts";
import { isQuietAtSource } from "./quiet-at-source.ts";

export interface AlertIntakePorts {
	readonly work: UnitOfWork;
	readonly rows: AlertRepository;
	readonly integrations: IntegrationRepository;
	readonly feed: Pick<EventFeed, "append">;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	readonly correlate: Correlate;
	readonly changed: (tenantKey: number) => void;
}

const receivedEvery = 10_000;

/** The one way in for alerts, whether they were sent here or asked for: stored, correlated and told of in one transaction. */
export class AlertIntake {
	readonly #ports: AlertIntakePorts;
	readonly #writer: AlertWriter;
	readonly #queue: IntakeQueue;

	constructor(ports: AlertIntakePorts) {
		this.#ports = ports;
		this.#writer = new AlertWriter(ports.rows, ports.random);
		this.#queue = new IntakeQueue(
			(batches, isPlain) => this.#write(batches, isPlain),
			ports.log,
		);
	}

	/** Alerts accepted and not yet committed. */
	get queued(): number {
		return this.#queue.length;
	}

	/** Settles after the commit. Rejects with UNAVAILABLE, STORAGE_FULL, STORAGE_FAILED or READ_ONLY: then nothing counts as received, and the sender may try again. */
	add(batch: AlertBatch): Promise<IntakeOutcome> {
		return this.#queue.add(batch);
	}

	/** Ends an episode whose end its source never told, such as one that polling finds no more. */
	resolve(
		origin: Omit<AlertOrigin, "isBackfilled">,
		alertKey: number,
		endsAt: number,
		because: string,
	): void {
		const { work, clock } = this.#ports;
		work.run((transaction) => {
			const change = this.#writer.resolve(
				transaction.writes,
				origin.tenantKey,
				alertKey,
				endsAt,
				clock.now(),
				because,
			);
			if (change !== null) this.#follow(transaction, origin, [change], false);
		});
	}

	/**
	 * Marks an alert as kept quiet where it comes from, or as heard again: then it counts as
	 * one that began to fire now, unless it is over or has its incident. What something else
	 * keeps quiet stays as it is.
	 */
	setSuppressed(
		origin: Omit<AlertOrigin, "isBackfilled">,
		alertKey: number,
		by: string | null,
	): void {
		const { work, rows, clock } = this.#ports;
		const { tenantKey } = origin;
		work.run((transaction) => {
			const row = rows.byKey(tenantKey, alertKey);
			if (row === undefined || row.suppressed_by === by) return;
			const isOthers =
				row.suppressed_by !== null && !isQuietAtSource(row.suppressed_by);
			if (isOthers) return;
			const change = { suppressed_by: by, version: row.version + 1 };
			rows.update(transaction.writes, tenantKey, alertKey, change);
			rows.addEvent(transaction.writes, {
				tenant_id: tenantKey,
				alert_key: alertKey,
				kind: by === null ? "unsuppressed" : "suppressed",
				at: clock.now(),
				by_id: null,
				by_name: null,
				detail: JSON.stringify({ suppressedBy: by }),
			});
			const isHeard =
				by === null && row.status !== "resolved" && row.incident_id === null;
			const alert = toStoredAlert({ ...row, ...change });
			this.#follow(
				transaction,
				origin,
				isHeard ? [{ kind: "fired", alert }] : [],
				false,
			);
		});
	}

	/** Commits what waits. */
	close(): void {
		this.#queue.close();
	}

	#write(batches: readonly AlertBatch[], isPlain: boolean): IntakeOutcome[] {
		const { work, clock } = this.#ports;
		const now = clock.now();
		return work.run((transaction) =>
			batches.map(({ origin, payload }) => {
				const changes = payload.alerts.flatMap((parsed) =>
					this.#writer.write(transaction.writes, origin, payload, parsed, now),
				);
				this.#received(origin, now);
				this.#follow(transaction, origin, changes, isPlain);
				return {
					received: payload.alerts.length,
					created: changes.filter(
						({ kind }) => kind === "fired" || kind === "imported",
					).length,
					changed: changes.filter(
						({ kind }) => kind !== "fired" && kind !== "imported",
					).length,
				};
			}),
		);
	}

	#follow(
		transaction: Transaction,
		{ tenantKey, projectId }: Omit<AlertOrigin, "isBackfilled">,
		changes: readonly AlertChange[],
		isPlain: boolean,
	): void {
		const { correlate, changed } = this.#ports;
		const heard = changes.filter(
			({ kind, alert }) =>
				(kind !== "fired" && kind !== "refired") ||
				alert.suppressedBy === null ||
				!isQuietAtSource(alert.suppressedBy),
		);
		if (heard.length > 0 && !isPlain) {
			correlate(transaction, tenantKey, projectId, heard);
		}
		this.#tell(transaction, tenantKey, projectId, changes);
		transaction.afterCommit(() => changed(tenantKey));
	}

	/** The feed hears of what began to fire now, and not of what is kept quiet or is long over. */
	#tell(
		transaction: Transaction,
		tenantKey: number,
		projectId: string,
		changes: readonly AlertChange[],
	): void {
		for (const { kind, alert } of changes) {
			if (kind !== "fired" && kind !== "refired") continue;
			const row = this.#ports.rows.byKey(tenantKey, alert.key);
			if (
				row === undefined ||
				row.suppressed_by !== null ||
				row.is_backfilled === 1
			) {
				continue;
			}
			this.#ports.feed.append(transaction, tenantKey, {
				type: "alert.fired",
				incidentId: row.incident_id,
				data: {
					alertId: alert.id,
					name: alert.name,
					severity: alert.severity,
					service: alert.service,
					description: alert.summary,
					projectId,
				},
			});
		}
	}

	/** Kept to ten seconds: a storm is not to write this once per notification. */
	#received({ tenantKey, integrationKey }: AlertOrigin, now: number): void {
		const { integrations } = this.#ports;
		const row = integrations.byKey(tenantKey, integrationKey);
		if (row === undefined) return;
		if (now - (row.last_received_at ?? 0) < receivedEvery) return;
		integrations.update(row, { last_received_at: now });
	}
}
