import type { EventFeed } from "../../feed/index.ts";
import type { Outbound } from "../../outbound/index.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { Vault } from "../../secrets/index.ts";
import type { UnitOfWork } from "../../store/index.ts";
import type { AlertIntake } from "../alerts/alert-intake.ts";
import type { AlertRepository } from "../alerts/alert-repository.ts";
import type { ParseContext } from "../alerts/parsing/parsed-payload.ts";
import type { IntegrationRepository } from "../integrations/integration-repository.ts";
import { configOf, tableOf } from "../integrations/integration-view.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import {
	type AskSource,
	askSource,
	SourceError,
} from "../sources/ask-source.ts";
import type { ListedAlert, SourceState } from "../sources/source-state.ts";
import { alertmanagerState } from "./alertmanager-state.ts";
import { CatchUp } from "./catch-up.ts";
import { externalLabelsOf } from "./external-labels.ts";
import { gapBefore } from "./gap.ts";
import type { PollRepository } from "./poll-repository.ts";
import {
	isSameSource,
	type PollSettings,
	pollSettings,
} from "./poll-settings.ts";
import { prometheusState } from "./prometheus-state.ts";
import { reconcile } from "./reconcile.ts";

export interface PollerPorts {
	readonly work: UnitOfWork;
	readonly rows: AlertRepository;
	readonly polls: PollRepository;
	readonly integrations: IntegrationRepository;
	readonly intake: AlertIntake;
	readonly feed: Pick<EventFeed, "append">;
	readonly outbound: Outbound;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	readonly changed: (tenantKey: number) => void;
}

const alertsPerBatch = 200;
const labelsMillis = 5 * 60_000;
/** A success is written down this often: what is lost of it is read again as history. */
const saveMillis = 10_000;

/** Asks one integration what fires, and has what is new stored, what is gone ended and what was missed rebuilt. */
export class Poller {
	readonly #ports: PollerPorts;
	readonly #key: number;
	readonly #tenantKey: number;
	readonly #catchUp: CatchUp;
	#missingSince: ReadonlyMap<number, number> = new Map();
	#hasAnswered = false;
	#labels: {
		readonly at: number;
		readonly value: Record<string, string>;
	} | null = null;
	#savedAt = Number.NEGATIVE_INFINITY;

	constructor(ports: PollerPorts, row: IntegrationRow) {
		this.#ports = ports;
		this.#key = row.key;
		this.#tenantKey = row.tenant_id;
		this.#catchUp = new CatchUp(ports);
	}

	/**
	 * Asks once. Resolves to the failures in a row so far, 0 after an answer; rejects for
	 * nothing that the other side does.
	 */
	async poll(signal: AbortSignal): Promise<number> {
		const { clock, log } = this.#ports;
		const row = this.#row();
		const settings = row === undefined ? null : pollSettings(row);
		if (row === undefined || settings === null) return 0;
		const askedAt = clock.now();
		try {
			const ask = askSource(row, this.#ports);
			const externalLabels = await this.#externalLabels(ask, settings, signal);
			const context = this.#context(row, askedAt);
			const state = await this.#state(
				ask,
				settings,
				externalLabels,
				context,
				signal,
			);
			// It may have been removed, or given another address, while it was asked.
			const current = this.#row();
			const isStill = current !== undefined && isSameSource(row, current);
			if (signal.aborted || !isStill) return this.#failures(row);
			this.#noteGap(row, settings, askedAt);
			const isCatchingUp = this.#catchUp.isDue(row);
			await this.#take(row, settings, state, isCatchingUp, askedAt);
			this.#succeeded(row, askedAt);
			if (isCatchingUp && settings.prometheusUrl !== null) {
				this.#catchUp.start({
					row,
					base: settings.prometheusUrl,
					ask,
					externalLabels,
					context,
					firingSince: sinceIn(state),
				});
			}
			return 0;
		} catch (error) {
			if (signal.aborted) return this.#failures(row);
			const message =
				error instanceof SourceError
					? error.message
					: error instanceof Error
						? "What it answered could not be stored."
						: "It could not be asked.";
			if (!(error instanceof SourceError)) {
				log.error({ error }, "an integration could not be polled");
			}
			return this.#failed(row, askedAt, message);
		}
	}

	/** Resolves when no history is being read. */
	idle(): Promise<void> {
		return this.#catchUp.idle();
	}

	/** Stops reading history; what was read stays read. */
	close(): Promise<void> {
		return this.#catchUp.close();
	}

	#row(): IntegrationRow | undefined {
		return this.#ports.integrations.byKey(this.#tenantKey, this.#key);
	}

	#state(
		ask: AskSource,
		settings: PollSettings,
		externalLabels: Readonly<Record<string, string>>,
		context: ParseContext,
		signal: AbortSignal,
	): Promise<SourceState> {
		const { alertmanagerUrl, prometheusUrl } = settings;
		if (alertmanagerUrl !== null) {
			return alertmanagerState(ask, alertmanagerUrl, settings, context, signal);
		}
		return prometheusState(
			ask,
			prometheusUrl ?? "",
			externalLabels,
			context,
			signal,
		);
	}

	/** What Prometheus adds to the labels; kept for five minutes. */
	async #externalLabels(
		ask: AskSource,
		settings: PollSettings,
		signal: AbortSignal,
	): Promise<Readonly<Record<string, string>>> {
		const { prometheusUrl } = settings;
		if (settings.externalLabels !== null) return settings.externalLabels;
		if (prometheusUrl === null) return {};
		const now = this.#ports.clock.monotonic();
		if (this.#labels !== null && now - this.#labels.at < labelsMillis) {
			return this.#labels.value;
		}
		try {
			const value = await externalLabelsOf(ask, prometheusUrl, signal);
			this.#labels = { at: now, value };
			return value;
		} catch (error) {
			// Some serve no configuration; an Alertmanager can be asked without its Prometheus.
			const isWithout = error instanceof SourceError && error.status !== null;
			if (!isWithout && settings.alertmanagerUrl === null) throw error;
			return this.#labels?.value ?? {};
		}
	}

	async #take(
		row: IntegrationRow,
		settings: PollSettings,
		listed: SourceState,
		isCatchingUp: boolean,
		askedAt: number,
	): Promise<void> {
		const { rows, intake } = this.#ports;
		const state = isCatchingUp
			? { ...listed, partialBecause: "Its history is being read." }
			: listed;
		const open = rows.openOf(row.tenant_id, row.key);
		const { told, gone, quieted, missingSince } = reconcile(
			open,
			state,
			this.#missingSince,
			{ now: askedAt, graceMillis: settings.graceMillis },
		);
		this.#missingSince = missingSince;
		const known = new Set(open.map(({ fingerprint }) => fingerprint));
		// The end of one that is known comes from its history, more exactly.
		const toStore = isCatchingUp
			? told.filter(({ parsed }) => !known.has(parsed.alert.fingerprint))
			: told;
		for (let at = 0; at < toStore.length; at += alertsPerBatch) {
			await this.#store(row, toStore.slice(at, at + alertsPerBatch));
		}
		const origin = originOf(row);
		for (const { row: alert, endsAt } of gone) {
			intake.resolve(
				origin,
				alert.key,
				endsAt,
				"the source does not list it any more",
			);
		}
		for (const { row: alert, by } of quieted) {
			intake.setSuppressed(origin, alert.key, by);
		}
	}

	async #store(
		row: IntegrationRow,
		alerts: readonly ListedAlert[],
	): Promise<void> {
		await this.#ports.intake.add({
			origin: { ...originOf(row), isBackfilled: false },
			payload: {
				kind: "alerts",
				episodes: "by-start",
				alerts: alerts.map(({ parsed }) => parsed),
				faults: [],
				truncatedAlerts: 0,
			},
		});
	}

	#noteGap(row: IntegrationRow, settings: PollSettings, now: number): void {
		if (settings.prometheusUrl === null) return;
		const { last_success_at } = this.#ports.polls.poll(row);
		const gap = gapBefore(now, last_success_at, {
			...settings,
			isFirst: !this.#hasAnswered,
		});
		this.#hasAnswered = true;
		if (gap !== null) this.#catchUp.note(row, gap, now);
	}

	#failures(row: IntegrationRow): number {
		return this.#ports.polls.poll(row).failures;
	}

	#succeeded(row: IntegrationRow, at: number): void {
		const { polls, changed } = this.#ports;
		const before = polls.poll(row);
		const isNews = before.failures > 0 || before.last_success_at === null;
		if (!isNews && Math.abs(at - this.#savedAt) < saveMillis) return;
		this.#savedAt = at;
		polls.savePoll({
			...before,
			last_attempt_at: at,
			last_success_at: at,
			failures: 0,
			last_error: null,
		});
		if (isNews) changed(row.tenant_id);
	}

	#failed(row: IntegrationRow, at: number, message: string): number {
		const { polls, changed, log } = this.#ports;
		const before = polls.poll(row);
		const failures = before.failures + 1;
		try {
			polls.savePoll({
				...before,
				last_attempt_at: at,
				failures,
				last_error: message,
			});
			changed(row.tenant_id);
		} catch (error) {
			log.error({ error }, "how polling went could not be stored");
		}
		return failures;
	}

	#context(row: IntegrationRow, now: number): ParseContext {
		return {
			source: row.type,
			severities: tableOf(row),
			config: configOf(row),
			now,
		};
	}
}

function originOf(row: IntegrationRow) {
	return {
		tenantKey: row.tenant_id,
		projectId: row.project_id,
		integrationKey: row.key,
	};
}

function sinceIn({
	alerts,
}: SourceState): (fingerprint: string) => number | null {
	const since = new Map(
		alerts
			.filter(({ isFiring }) => isFiring)
			.map(({ parsed: { alert } }) => [alert.fingerprint, alert.startsAt]),
	);
	return (fingerprint) => since.get(fingerprint) ?? null;
}
