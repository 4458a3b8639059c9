import type {
	DriftEvidence,
	DriftResult,
	IncidentSummary,
	ModelSummary,
} from "../../../src-shared/contract/index.ts";
import {
	defaultMonitor,
	type ModelStatus,
	type MonitorSettings,
} from "../../../src-shared/domain/monitor.ts";
import { EngineError } from "../errors.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { MonitorSignal, SignalOutcome } from "../incidents/index.ts";
import type { Clock, Compute, Log } from "../ports.ts";
import type {
	ObservedModel,
	PredictionsService,
} from "../predictions/index.ts";
import type { CommandStore } from "../store/index.ts";
import type { AssessInput, AssessOutput } from "./assess-task.ts";
import { DriftResults, type ResultRange } from "./drift-results.ts";
import { lastingFrom } from "./episodes.ts";
import { dayMillis, endOfHour, historyMoments } from "./history-moments.ts";
import { incidentTitle } from "./incident-title.ts";
import { type MonitorChange, Monitors } from "./monitors.ts";
import { narrate } from "./narrative.ts";
import { resultId } from "./result-id.ts";
import { modelVerdict } from "./verdict.ts";
import { assessmentWindows, hourMillis, windowHours } from "./windows.ts";

const sparklinePoints = 30;
const linkedDays = 7;
const linkedResults = 20;
export const scoreMetric = "psi_score";

export interface DriftPorts {
	readonly store: CommandStore;
	readonly predictions: PredictionsService;
	readonly compute: Compute;
	readonly clock: Clock;
	readonly log: Log;
	readonly version: string;
	readonly reportSignal: (
		tenant: TenantRef,
		signal: MonitorSignal,
	) => { outcome: SignalOutcome; incident: IncidentSummary | null };
	/** Ids of open incidents by model. */
	readonly openIncidentIds: (
		tenantKey: number,
	) => ReadonlyMap<string, readonly string[]>;
	readonly publish: (tenantKey: number, modelIds: string[]) => void;
}

/** What an assessed stretch of history found. */
export interface HistoryReport {
	readonly results: DriftResult[];
	/** The first result of drift, in the order of time. */
	readonly firstDrift: DriftResult | null;
}

/** Monitors, assessments and their evidence. */
export class DriftService {
	readonly monitors: Monitors;
	readonly results: DriftResults;
	readonly #ports: DriftPorts;

	constructor(ports: DriftPorts) {
		this.#ports = ports;
		this.monitors = new Monitors(ports.store);
		this.results = new DriftResults(ports.store);
	}

	/** The models of a tenant with their monitors and newest verdicts. */
	summaries(tenantKey: number): ModelSummary[] {
		const settings = this.monitors.all(tenantKey);
		const open = this.#ports.openIncidentIds(tenantKey);
		return this.#ports.predictions.models
			.list(tenantKey)
			.map((model) =>
				this.#summary(
					model,
					settings.get(model.modelId) ?? defaultMonitor,
					open.get(model.modelId) ?? [],
				),
			);
	}

	/** One model's summary, or NOT_FOUND. */
	summary(tenantKey: number, modelId: string): ModelSummary {
		const model = this.#ports.predictions.model(tenantKey, modelId);
		return this.#summary(
			model,
			this.monitors.get(tenantKey, modelId),
			this.#ports.openIncidentIds(tenantKey).get(modelId) ?? [],
		);
	}

	/** Changes a monitor and answers its settings. Throws NOT_FOUND, INVALID. */
	setMonitor(
		tenantKey: number,
		modelId: string,
		change: MonitorChange,
	): MonitorSettings {
		const { predictions, clock, publish } = this.#ports;
		const model = predictions.model(tenantKey, modelId);
		const reference = change.referenceSet;
		if (
			typeof reference === "string" &&
			predictions.referenceSet(model, reference) === null
		) {
			throw new EngineError(
				"INVALID",
				`referenceSet ${reference} is not stored; import a file with that reference name first`,
				{ field: "referenceSet" },
			);
		}
		const settings = this.monitors.set(tenantKey, modelId, change, clock.now());
		publish(tenantKey, [modelId]);
		return settings;
	}

	/** The whole evidence of a result, or NOT_FOUND. */
	evidence(tenantKey: number, driftId: string): DriftEvidence {
		const evidence = this.results.evidence(tenantKey, driftId);
		if (evidence === null) {
			throw new EngineError("NOT_FOUND", "No such drift result.");
		}
		return evidence;
	}

	history(
		tenantKey: number,
		modelId: string,
		range: ResultRange,
	): DriftResult[] {
		this.#ports.predictions.model(tenantKey, modelId);
		return this.results.history(tenantKey, modelId, range);
	}

	/** The results of a model around a moment, newest first; none without a model. */
	linkedTo(
		tenantKey: number,
		modelId: string | null,
		around: number,
	): Pick<DriftResult, "driftId" | "asOf" | "psi" | "status">[] {
		if (modelId === null) return [];
		return this.results
			.history(tenantKey, modelId, {
				from: around - linkedDays * dayMillis,
				to: around + linkedDays * dayMillis,
				limit: linkedResults,
			})
			.map(({ driftId, asOf, psi, status }) => ({ driftId, asOf, psi, status }))
			.reverse();
	}

	/**
	 * Assesses a model now, or as of a moment. Without `asOf`, a model that has been silent
	 * for the whole current window is assessed as of its last event, and the result says so.
	 * The newest state may open, change or resolve the monitor's incident; an older one is
	 * history.
	 */
	async assess(
		tenant: TenantRef,
		modelId: string,
		asOf?: number,
		signal?: AbortSignal,
	): Promise<DriftEvidence> {
		const model = this.#ports.predictions.model(tenant.key, modelId);
		const settings = this.monitors.get(tenant.key, modelId);
		const now = this.#ports.clock.now();
		const moment = asOf ?? this.#presentMoment(model, settings, now);
		if (moment > now) {
			throw new EngineError("INVALID", "as_of lies in the future", {
				field: "as_of",
			});
		}
		const newest = this.results.newest(tenant.key, modelId, 1)[0];
		const isHistory = newest !== undefined && newest.asOf > moment;
		const evidence = await this.#assessAsOf(
			tenant,
			model,
			settings,
			moment,
			signal,
		);
		this.#store(tenant, evidence);
		const incidentId = this.#report(tenant, evidence, isHistory);
		this.#ports.publish(tenant.key, [modelId]);
		return { ...evidence, incidentId };
	}

	/**
	 * Assesses a stretch of history, step by step, each as of its own day. Drift that ended
	 * within the stretch becomes a past incident; only drift that lasts at its newest step
	 * may open one.
	 */
	async assessHistory(
		tenant: TenantRef,
		modelId: string,
		options: {
			from?: number | undefined;
			to?: number | undefined;
			every?: number;
			signal?: AbortSignal;
			onProgress?: (share: number, asOf: number) => void;
		},
	): Promise<HistoryReport> {
		const model = this.#ports.predictions.model(tenant.key, modelId);
		const settings = this.monitors.get(tenant.key, modelId);
		const moments = historyMoments(model, settings, {
			from: options.from,
			to: Math.min(
				options.to ?? Number.POSITIVE_INFINITY,
				this.#ports.clock.now(),
			),
			every: options.every ?? dayMillis,
		});
		const newestBefore = this.results.newest(tenant.key, modelId, 1)[0];
		const found: DriftEvidence[] = [];
		for (const [index, moment] of moments.entries()) {
			options.signal?.throwIfAborted();
			const evidence = await this.#assessAsOf(
				tenant,
				model,
				settings,
				moment,
				options.signal,
			);
			const isLast = index === moments.length - 1;
			if (isLast || evidence.status !== "insufficient_data") {
				this.#store(tenant, evidence);
				found.push(evidence);
			}
			options.onProgress?.((index + 1) / moments.length, moment);
		}
		this.#reportHistory(tenant, found, newestBefore?.asOf ?? null);
		this.#ports.publish(tenant.key, [modelId]);
		return {
			results: found,
			firstDrift: found.find(({ severity }) => severity !== null) ?? null,
		};
	}

	/** Assesses again what a stored result saw: same windows, settings and rows. Answers the columns as computed now. */
	async repeat(
		tenant: TenantRef,
		evidence: DriftEvidence,
	): Promise<AssessOutput> {
		const model = this.#ports.predictions.model(tenant.key, evidence.modelId);
		return this.#run(model, evidence.settings, {
			windows: { baseline: evidence.baseline, current: evidence.current },
			watermark: evidence.watermark,
		});
	}

	#reportHistory(
		tenant: TenantRef,
		found: readonly DriftEvidence[],
		newestBefore: number | null,
	): void {
		const lasting = lastingFrom(
			found.map(({ severity }) => ({ drifted: severity !== null })),
		);
		const last = found.at(-1);
		const endsNewest =
			last !== undefined &&
			(newestBefore === null || last.asOf >= newestBefore);
		for (const [index, evidence] of found.entries()) {
			const isNewest = endsNewest && evidence === last;
			if (isNewest) this.#report(tenant, evidence, false);
			else if (!endsNewest || index < lasting) {
				this.#report(tenant, evidence, true);
			}
		}
	}

	#presentMoment(
		model: ObservedModel,
		settings: MonitorSettings,
		now: number,
	): number {
		const { current } = assessmentWindows(settings, now, true);
		return model.lastSeenAt >= current.start
			? now
			: endOfHour(model.lastSeenAt);
	}

	async #assessAsOf(
		tenant: TenantRef,
		model: ObservedModel,
		settings: MonitorSettings,
		asOf: number,
		signal?: AbortSignal,
	): Promise<DriftEvidence> {
		const { predictions, clock } = this.#ports;
		const watermark = await predictions.sealer.sealAll(signal);
		const now = clock.now();
		const windows = assessmentWindows(
			settings,
			asOf,
			asOf >= now - hourMillis,
			predictions.referenceSet(model, settings.referenceSet),
		);
		const output = await this.#run(model, settings, {
			windows,
			watermark,
			signal,
		});
		predictions.keepCounters(model, output.counters, now);
		const score = output.columns.find(({ role }) => role === "score");
		const verdict = modelVerdict(
			score,
			{ baseline: output.baselineN, current: output.currentN },
			settings,
		);
		const hours = windowHours(windows.current);
		const evidence: DriftEvidence = {
			driftId: resultId(tenant, model, settings, asOf, watermark),
			modelId: model.modelId,
			computedAt: now,
			asOf,
			baseline: windows.baseline,
			current: windows.current,
			baselineN: output.baselineN,
			currentN: output.currentN,
			psi: verdict.psi,
			status: settings.isEnabled ? verdict.status : "disabled",
			severity: settings.isEnabled ? verdict.severity : null,
			featurePsi: Object.fromEntries(
				output.columns
					.filter(({ role }) => role === "feature")
					.map(({ column, psi }) => [column, psi.value]),
			),
			incidentId: null,
			engineVersion: this.#ports.version,
			seed: 0,
			watermark,
			settings,
			columns: [...output.columns],
			onset: verdict.status === "insufficient_data" ? null : output.onset,
			duplicateEventIds: predictions.duplicateCount(
				model,
				hours.from,
				hours.to,
			),
			narrative: [],
		};
		return { ...evidence, narrative: narrate(evidence) };
	}

	#run(
		model: ObservedModel,
		settings: MonitorSettings,
		run: Pick<AssessInput, "windows" | "watermark"> & {
			signal?: AbortSignal | undefined;
		},
	): Promise<AssessOutput> {
		const { predictions, compute } = this.#ports;
		return compute.run(
			"drift.assess",
			{
				path: predictions.store.path,
				tenantKey: model.tenantKey,
				columns: predictions.columns(model),
				windows: run.windows,
				settings,
				watermark: run.watermark,
				reference: predictions.referenceSet(model, settings.referenceSet),
			},
			run.signal === undefined ? {} : { signal: run.signal },
		);
	}

	#store(tenant: TenantRef, evidence: DriftEvidence): void {
		if (this.#ports.store.readOnly) throw new EngineError("READ_ONLY");
		this.results.add(tenant.key, evidence);
	}

	#report(
		tenant: TenantRef,
		evidence: DriftEvidence,
		isHistory: boolean,
	): string | null {
		if (
			evidence.status === "insufficient_data" ||
			evidence.status === "disabled"
		) {
			return null;
		}
		const { outcome, incident } = this.#ports.reportSignal(tenant, {
			modelId: evidence.modelId,
			metric: scoreMetric,
			value: evidence.psi,
			severity: evidence.severity,
			driftId: evidence.driftId,
			at: isHistory ? evidence.asOf : this.#ports.clock.now(),
			isHistory,
			title: incidentTitle(evidence),
			text: evidence.narrative.join(" "),
		});
		if (incident === null || evidence.severity === null) return null;
		this.results.linkIncident(tenant.key, evidence.driftId, incident.id);
		this.#ports.log.info(
			{ model: evidence.modelId, outcome, psi: evidence.psi },
			"drift reported",
		);
		return incident.id;
	}

	#summary(
		model: ObservedModel,
		settings: MonitorSettings,
		openIncidentIds: readonly string[],
	): ModelSummary {
		const recent = this.results.history(model.tenantKey, model.modelId, {
			limit: sparklinePoints,
		});
		const newest = recent.at(-1);
		const status: ModelStatus = !settings.isEnabled
			? "disabled"
			: newest === undefined || newest.status === "disabled"
				? "insufficient_data"
				: newest.status;
		return {
			modelId: model.modelId,
			eventCount: model.eventCount,
			firstSeenAt: model.firstSeenAt,
			lastSeenAt: model.lastSeenAt,
			status,
			psi: newest?.psi ?? null,
			lastAssessedAt: newest?.computedAt ?? null,
			sparkline: recent.map(({ psi }) => psi),
			openIncidentIds: [...openIncidentIds],
			monitor: settings,
		};
	}
}
