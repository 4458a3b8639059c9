import type {
	Silence,
	SilenceMatcher,
	SilencePreview,
} from "../../../../src-shared/contract/index.ts";
import { EngineError } from "../../errors.ts";
import type {
	InProject,
	Principal,
	Sight,
} from "../../identity/access/index.ts";
import type { Outbound } from "../../outbound/index.ts";
import type { Clock, Log, Random } from "../../ports.ts";
import type { Vault } from "../../secrets/index.ts";
import type { UnitOfWork } from "../../store/index.ts";
import type { AlertRepository } from "../alerts/alert-repository.ts";
import type { IntegrationRepository } from "../integrations/integration-repository.ts";
import type { AlertRow, IntegrationRow } from "../monitoring-schema.ts";
import { askSource, SourceError } from "../sources/ask-source.ts";
import { sourceUrls } from "../sources/source-urls.ts";
import { commonMatchers, matcherText } from "./matchers.ts";
import { asRefusal, isOutcomeUnknown } from "./silence-failure.ts";
import { previewOf } from "./silence-preview.ts";
import { markOf, refreshed } from "./silence-refresh.ts";
import { SilenceRepository } from "./silence-repository.ts";
import type { SilenceRow } from "./silence-schema.ts";
import { SourceSilences } from "./source-silences.ts";

/** What a silence says of its incident. */
export interface SilencedIncident {
	readonly number: number;
	readonly title: string;
}

export interface SilencesPorts {
	readonly work: UnitOfWork;
	readonly alerts: AlertRepository;
	readonly integrations: IntegrationRepository;
	readonly outbound: Outbound;
	readonly vault: Vault;
	readonly clock: Clock;
	readonly random: Random;
	readonly log: Log;
	/** Throws NOT_FOUND. */
	readonly incident: (sight: Sight, id: string) => SilencedIncident;
	/** Adds a line to the incident's timeline, in the transaction that is open. */
	readonly recordEvent: (
		by: Principal<"engineer">,
		incidentId: string,
		text: string,
	) => void;
	readonly changed: (tenantKey: number) => void;
}

/** Where a silence is asked for. */
export interface SilenceTarget {
	readonly incidentId: string;
	readonly integrationId?: string | undefined;
}

const mostAlerts = 500;

/**
 * Silences at the source, asked for from an incident. What is asked is written down before,
 * and what came of it after, so that one whose answer was lost is known to be unknown, and
 * is looked for at the source. Every method is of one project; what is another's is
 * NOT_FOUND. Throws UNAVAILABLE for a source that does not answer.
 */
export class Silences {
	readonly #ports: SilencesPorts;
	readonly #rows: SilenceRepository;
	readonly #busy = new Set<string>();

	constructor(ports: SilencesPorts) {
		this.#ports = ports;
		this.#rows = new SilenceRepository(ports.work);
	}

	/** Throws INVALID where no Alertmanager is known, or nothing can be proposed. */
	async preview(
		by: InProject<"engineer">,
		target: SilenceTarget & {
			readonly matchers?: readonly SilenceMatcher[] | undefined;
		},
	): Promise<SilencePreview> {
		const { alerts, row } = this.#target(by, target);
		const firing = alerts.filter(
			({ status, integration_key }) =>
				status !== "resolved" && integration_key === row.key,
		);
		const matchers =
			target.matchers ??
			commonMatchers(
				(firing.length > 0
					? firing
					: alerts.filter(({ integration_key }) => integration_key === row.key)
				).map(({ labels }) => JSON.parse(labels) as Record<string, string>),
			);
		if (matchers.length === 0) {
			throw new EngineError(
				"INVALID",
				"The incident's alerts have nothing in common to silence; name the labels.",
				{ field: "matchers" },
			);
		}
		return await previewOf(
			{ ...this.#ports, source: this.#source(row) },
			row,
			target.incidentId,
			matchers,
			firing,
		);
	}

	/** Throws INVALID for what the source refuses. */
	async create(
		by: InProject<"engineer">,
		input: SilenceTarget & {
			readonly matchers: readonly SilenceMatcher[];
			readonly endsAt: number;
			readonly comment: string;
		},
	): Promise<Silence> {
		const { clock, random } = this.#ports;
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const { incident, row } = this.#target(by, input);
		const now = clock.now();
		if (input.endsAt <= now) {
			throw new EngineError("INVALID", "endsAt: must be in the future", {
				field: "endsAt",
			});
		}
		const id = random.uuid();
		const comment = `${input.comment} - incident #${incident.number}: ${incident.title.slice(0, 200)} ${markOf(id)}`;
		const intended = this.#rows.add({
			tenant_id: tenantKey,
			project_id: projectId,
			integration_key: row.key,
			incident_id: input.incidentId,
			id,
			source_id: null,
			status: "intended",
			matchers: JSON.stringify(input.matchers),
			comment,
			created_by_id: by.actor.id,
			created_by_name: by.actor.name,
			starts_at: now,
			ends_at: input.endsAt,
			intent_at: now,
			outcome_at: null,
			expired_by_name: null,
			expired_at: null,
			last_error: null,
		});
		const what = `${input.matchers.map(matcherText).join(" ")} at ${row.name}`;
		return await this.#whileBusy(id, async () => {
			try {
				const sourceId = await this.#source(row).create({
					...input,
					startsAt: now,
					createdBy: by.actor.name,
					comment,
				});
				return this.#settle(
					by,
					intended,
					{ source_id: sourceId, status: "active" },
					`Silenced ${what} until ${new Date(input.endsAt).toISOString()}: ${input.comment}`,
				);
			} catch (error) {
				if (!(error instanceof SourceError)) throw error;
				const isUnknown = isOutcomeUnknown(error);
				this.#settle(
					by,
					intended,
					{
						status: isUnknown ? "unknown" : "failed",
						last_error: error.message,
					},
					`${isUnknown ? "It is not known whether a silence came about" : "No silence came about"}: ${what}: ${error.message}`,
				);
				throw asRefusal(
					error,
					isUnknown
						? "It is not known whether the silence is in force; look at the list again when the source answers."
						: "Nothing was silenced.",
				);
			}
		});
	}

	/** As the sources say now. */
	async list(
		by: InProject,
		incidentId: string | undefined,
	): Promise<{
		items: Silence[];
		unreached: {
			integrationId: string;
			integrationName: string;
			error: string;
		}[];
	}> {
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		if (incidentId !== undefined) {
			this.#ports.incident(by.sight, incidentId);
		}
		const rows = this.#rows.list(tenantKey, projectId, incidentId);
		const open = rows.filter(
			({ status, id }) =>
				status !== "failed" && status !== "expired" && !this.#busy.has(id),
		);
		const unreached = await Promise.all(
			[...Map.groupBy(open, ({ integration_key }) => integration_key)].map(
				([key, ofOne]) => this.#refresh(tenantKey, key, ofOne),
			),
		);
		return {
			items: this.#rows
				.list(tenantKey, projectId, incidentId)
				.map((row) => this.#view(row)),
			unreached: unreached.filter((one) => one !== null),
		};
	}

	/** Throws CONFLICT for one that is not in force. */
	async expire(by: InProject<"engineer">, id: string): Promise<Silence> {
		const { integrations, clock } = this.#ports;
		const row = this.#rows.get(by.tenant.key, by.projectId, id);
		const { source_id: sourceId } = row;
		const isInForce = row.status === "active" || row.status === "expiring";
		if (!isInForce || sourceId === null || this.#busy.has(id)) {
			throw new EngineError(
				"CONFLICT",
				`The silence is ${row.status}; only one that is active can be ended.`,
				{ status: row.status },
			);
		}
		const integration = integrations.byKey(row.tenant_id, row.integration_key);
		const source = this.#source(integration);
		const what = `the silence of ${this.#view(row).matchers.map(matcherText).join(" ")} at ${integration?.name ?? ""}`;
		return await this.#whileBusy(id, async () => {
			const intended = this.#rows.update(row, { status: "expiring" });
			try {
				await source.expire(sourceId);
				return this.#settle(
					by,
					intended,
					{
						status: "expired",
						expired_by_name: by.actor.name,
						expired_at: clock.now(),
						last_error: null,
					},
					`Ended ${what}`,
				);
			} catch (error) {
				if (!(error instanceof SourceError)) throw error;
				const isUnknown = isOutcomeUnknown(error);
				this.#settle(
					by,
					intended,
					{
						status: isUnknown ? "expiring" : "active",
						last_error: error.message,
					},
					`Could not end ${what}: ${error.message}`,
				);
				throw asRefusal(
					error,
					isUnknown
						? "It is not known whether the silence is over; look at the list again when the source answers."
						: "The silence is still in force.",
				);
			}
		});
	}

	/** The outcome and the line of the timeline are written together. */
	#settle(
		by: Principal<"engineer">,
		row: SilenceRow,
		change: Partial<SilenceRow>,
		text: string,
	): Silence {
		const { work, clock, recordEvent, changed } = this.#ports;
		const settled = work.run(() => {
			recordEvent(by, row.incident_id, text.slice(0, 2_000));
			return this.#rows.update(row, { outcome_at: clock.now(), ...change });
		});
		changed(row.tenant_id);
		return this.#view(settled);
	}

	async #refresh(
		tenantKey: number,
		integrationKey: number,
		rows: readonly SilenceRow[],
	) {
		const { integrations, clock } = this.#ports;
		const integration = integrations.byKey(tenantKey, integrationKey);
		try {
			const listed = await this.#source(integration).list();
			for (const row of rows) {
				if (this.#busy.has(row.id)) continue;
				const change = refreshed(row, listed, clock.now());
				if (change !== null) this.#rows.update(row, change);
			}
			return null;
		} catch (error) {
			if (!(error instanceof SourceError || error instanceof EngineError)) {
				throw error;
			}
			return {
				integrationId: integration?.id ?? "",
				integrationName: integration?.name ?? "",
				error: error.message,
			};
		}
	}

	/** The incident, its alerts, and the integration whose Alertmanager is asked. */
	#target(
		by: InProject,
		{ incidentId, integrationId }: SilenceTarget,
	): {
		incident: SilencedIncident;
		alerts: readonly AlertRow[];
		row: IntegrationRow;
	} {
		const { alerts, integrations } = this.#ports;
		const { projectId } = by;
		const tenantKey = by.tenant.key;
		const incident = this.#ports.incident(by.sight, incidentId);
		const ofIncident = alerts.ofIncident(tenantKey, incidentId, mostAlerts);
		if (integrationId !== undefined) {
			const row = integrations.get(tenantKey, projectId, integrationId);
			return { incident, alerts: ofIncident, row };
		}
		const [most] = [
			...Map.groupBy(ofIncident, ({ integration_key }) => integration_key),
		]
			.map(([key, rows]) => ({
				row: integrations.byKey(tenantKey, key),
				count: rows.length,
			}))
			.filter(
				({ row }) =>
					row !== undefined && sourceUrls(row).alertmanagerUrl !== null,
			)
			.sort((one, other) => other.count - one.count);
		if (most?.row === undefined) {
			throw new EngineError(
				"INVALID",
				"None of the incident's alerts comes from an Alertmanager whose address is known; name one on the page of integrations.",
				{ field: "integrationId" },
			);
		}
		return { incident, alerts: ofIncident, row: most.row };
	}

	#source(row: IntegrationRow | undefined): SourceSilences {
		const base = row === undefined ? null : sourceUrls(row).alertmanagerUrl;
		if (row === undefined || row.removed_at !== null || base === null) {
			throw new EngineError(
				"INVALID",
				`${row?.name ?? "The integration"} has no address of an Alertmanager: silences need its url, or config.alertmanagerUrl.`,
				{ field: "integrationId" },
			);
		}
		return new SourceSilences(askSource(row, this.#ports), base);
	}

	async #whileBusy<Result>(
		id: string,
		work: () => Promise<Result>,
	): Promise<Result> {
		this.#busy.add(id);
		try {
			return await work();
		} finally {
			this.#busy.delete(id);
		}
	}

	#view(row: SilenceRow): Silence {
		const { id, name } = this.#ports.integrations.nameOf(
			row.tenant_id,
			row.integration_key,
		);
		const isOver =
			row.status === "active" && row.ends_at <= this.#ports.clock.now();
		return {
			id: row.id,
			projectId: row.project_id,
			incidentId: row.incident_id,
			integrationId: id,
			integrationName: name,
			sourceId: row.source_id,
			status: isOver ? "expired" : row.status,
			matchers: JSON.parse(row.matchers) as SilenceMatcher[],
			comment: row.comment,
			createdBy: row.created_by_name,
			createdAt: row.intent_at,
			startsAt: row.starts_at,
			endsAt: row.ends_at,
			expiredBy: row.expired_by_name,
			expiredAt: row.expired_at,
			lastError: row.last_error,
		};
	}
}
