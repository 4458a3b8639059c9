import type {
	CostAnalytics,
	IncidentAnalytics,
	IncidentUsage,
	ModelPrice,
} from "../../../src-shared/contract/index.ts";
import { EngineError } from "../errors.ts";
import {
	type InProject,
	type Member,
	type Principal,
	Sight,
} from "../identity/access/index.ts";
import type { IncidentEntry, IncidentStatistics } from "../incidents/index.ts";
import type { Clock, Random } from "../ports.ts";
import type { CommandStore, Transaction } from "../store/index.ts";
import type { LedgerRow } from "./analytics-schema.ts";
import { costAnalytics } from "./cost-view.ts";
import { incidentUsage } from "./incident-usage.ts";
import { incidentAnalytics } from "./incident-view.ts";
import { costOf, pricesOf, putPrice, removePrice } from "./prices.ts";
import {
	addEntry,
	ledgerCells,
	newestEntry,
	repeatedCost,
} from "./usage-ledger.ts";
import {
	addStep,
	endStep,
	type FinishedStep,
	failInterrupted,
	finishedRow,
	micros,
	nextRun,
} from "./workflow-steps.ts";
import { zonedRange } from "./zone-spans.ts";

/** What analytics asks of the rest of the engine. Every answer is of one tenant. */
export interface AnalyticsPorts {
	readonly store: CommandStore;
	readonly clock: Clock;
	readonly random: Random;
	readonly statistics: IncidentStatistics;
	/** Throws NOT_FOUND. */
	readonly incident: (sight: Sight, id: string) => IncidentEntry;
	/** Incidents that have a hypothesis. */
	readonly explainedIds: (tenantKey: number) => readonly string[];
	/** The project of what was opened without naming one. */
	readonly firstProjectId: (tenantKey: number) => string;
}

/** A stretch of time: `from` is in it, `to` is not. */
export interface AnalyticsRange {
	readonly from: number;
	readonly to: number;
	readonly timeZone: string;
}

/** A request to a model server that ended, well or not. Costs follow from the price of its model. */
export type Spending = Pick<
	LedgerRow,
	| "incident_id"
	| "request_type"
	| "provider"
	| "model"
	| "is_local"
	| "is_success"
	| "error"
	| "input_tokens"
	| "output_tokens"
	| "is_estimated"
	| "body_hash"
	| "at"
> & { readonly stepId: string | null; readonly durationMillis: number };

/** A step that goes on. */
export interface StepInProgress {
	readonly id: string;
	end(status: "completed" | "failed" | "skipped", error: string | null): void;
}

/**
 * What happened to incidents over time, the steps in which their hypotheses were made,
 * and the ledger of what model servers cost.
 */
export class AnalyticsService {
	readonly #ports: AnalyticsPorts;

	constructor(ports: AnalyticsPorts) {
		this.#ports = Object.freeze({ ...ports });
	}

	/** Ends the steps that an engine left when it was killed. */
	start(): void {
		const { store } = this.#ports;
		if (store.readOnly) return;
		store.work.run(({ writes }) =>
			failInterrupted(writes, "Tocsin ended while this went on."),
		);
	}

	/** Throws INVALID for a range or a zone that cannot be used. */
	incidents(by: InProject, range: AnalyticsRange): IncidentAnalytics {
		return incidentAnalytics(
			this.#ports.statistics,
			by.tenant.key,
			by.project,
			zonedRange(range.from, range.to, range.timeZone),
		);
	}

	/** Throws INVALID for a range or a zone that cannot be used. */
	cost(by: InProject, range: AnalyticsRange): CostAnalytics {
		const { projectId, project } = by;
		const tenantKey = by.tenant.key;
		const { store, statistics, explainedIds, incident } = this.#ports;
		const zoned = zonedRange(range.from, range.to, range.timeZone);
		const { spans } = zoned;
		const within = { project, spans };
		let opened = 0;
		for (const day of statistics.byDay(tenantKey, within)) opened += day.opened;
		const { reads } = store;
		return costAnalytics(
			zoned,
			ledgerCells(reads, tenantKey, { projectId, spans }),
			{
				coverage: {
					incidents: opened,
					explained: statistics.countOf(
						tenantKey,
						within,
						explainedIds(tenantKey),
					),
				},
				repeatedMicroDollars: repeatedCost(reads, tenantKey, {
					projectId,
					spans,
				}),
				incident: (id) => {
					const { number, title } = incident(Sight.ofTenant(tenantKey), id);
					return { number, title };
				},
			},
		);
	}

	/** Throws NOT_FOUND. */
	ofIncident({ sight }: Principal, incidentId: string): IncidentUsage {
		const { store, incident } = this.#ports;
		return incidentUsage(
			store.reads,
			sight.tenantKey,
			incident(sight, incidentId),
		);
	}

	prices(tenantKey: number): ModelPrice[] {
		return pricesOf(this.#ports.store.reads, tenantKey);
	}

	/** Sets what a model costs from now on; answers whether it had no price. Throws READ_ONLY. */
	setPrice(
		{ tenant, actor }: Member<"admin">,
		{ model, inputMicroDollars, outputMicroDollars }: ModelPrice,
	): boolean {
		this.#needWritable();
		const { store, clock } = this.#ports;
		return store.work.run(({ writes }) => {
			const known = pricesOf(writes, tenant.key);
			putPrice(writes, {
				tenant_id: tenant.key,
				model,
				input_price: inputMicroDollars,
				output_price: outputMicroDollars,
				changed_by: actor.name,
				changed_at: clock.now(),
			});
			return !known.some((price) => price.model === model);
		});
	}

	/** Forgets what a model costs; answers whether it had a price. Throws READ_ONLY. */
	removePrice({ tenant }: Member<"admin">, model: string): boolean {
		this.#needWritable();
		return this.#ports.store.work.run(({ writes }) =>
			removePrice(writes, tenant.key, model),
		);
	}

	/** Keeps a request to a model server for good, with what it cost. */
	spend(
		tenantKey: number,
		{ stepId, durationMillis, ...spending }: Spending,
	): void {
		const { store, random, incident, firstProjectId } = this.#ports;
		store.work.run(({ writes }) => {
			const price = pricesOf(writes, tenantKey).find(
				({ model }) => model === spending.model,
			);
			const isFree = spending.is_local === 1 || price === undefined;
			const { projectId } = incident(
				Sight.ofTenant(tenantKey),
				spending.incident_id,
			);
			addEntry(writes, {
				...spending,
				tenant_id: tenantKey,
				id: random.uuid(),
				project_id: projectId ?? firstProjectId(tenantKey),
				step_id: stepId,
				is_priced: spending.is_local === 1 || price !== undefined ? 1 : 0,
				input_cost: isFree
					? 0
					: costOf(spending.input_tokens, price.inputMicroDollars),
				output_cost: isFree
					? 0
					: costOf(spending.output_tokens, price.outputMicroDollars),
				duration_micros: micros(durationMillis),
			});
		});
	}

	/** The request to a model server that ended last; null before the first. */
	lastRequest(
		tenantKey: number,
	): Pick<LedgerRow, "incident_id" | "model" | "at" | "error"> | null {
		return newestEntry(this.#ports.store.reads, tenantKey) ?? null;
	}

	/** Keeps the steps of one run, in the transaction that keeps what came of it. */
	recordRun(
		{ writes }: Transaction,
		tenantKey: number,
		incidentId: string,
		steps: readonly FinishedStep[],
	): void {
		const run = nextRun(writes, tenantKey, incidentId);
		for (const [index, step] of steps.entries()) {
			const of = {
				tenant_id: tenantKey,
				id: this.#ports.random.uuid(),
				incident_id: incidentId,
				run,
				number: index + 1,
			};
			addStep(writes, finishedRow(of, step));
		}
	}

	/** Begins a run of one step that takes its time; it is seen while it goes on. */
	beginStep(
		tenantKey: number,
		incidentId: string,
		type: FinishedStep["type"],
	): StepInProgress {
		const { store, random, clock } = this.#ports;
		const id = random.uuid();
		const began = clock.monotonic();
		store.work.run(({ writes }) =>
			addStep(writes, {
				tenant_id: tenantKey,
				id,
				incident_id: incidentId,
				run: nextRun(writes, tenantKey, incidentId),
				number: 1,
				type,
				status: "in_progress",
				started_at: clock.now(),
				completed_at: null,
				duration_micros: null,
				error: null,
			}),
		);
		return {
			id,
			end: (status, error) =>
				store.work.run(({ writes }) =>
					endStep(writes, tenantKey, id, {
						status,
						completed_at: clock.now(),
						duration_micros: micros(clock.monotonic() - began),
						error,
					}),
				),
		};
	}

	#needWritable(): void {
		if (this.#ports.store.readOnly) throw new EngineError("READ_ONLY");
	}
}
