import { setImmediate as nextTurn } from "node:timers/promises";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import type { Engine } from "../engine.ts";
import { EngineError } from "../errors.ts";
import type { Principal, TenantRef } from "../identity/principal.ts";
import type { JobContext } from "../jobs/index.ts";
import { accountTakeover } from "./account-takeover.ts";
import { cardFraud } from "./card-fraud.ts";
import { chargebackRisk } from "./chargeback-risk.ts";
import { type DemoEvent, demoEventId, demoEvents } from "./demo-events.ts";
import { demoIncidentCount, demoIncidents } from "./demo-incidents.ts";
import type { DemoModel } from "./demo-model.ts";
import {
	historyEnd,
	historyStart,
	labelDelayMillis,
	startOfDay,
} from "./demo-story.ts";

type Parts = Omit<Engine, "services">;

/** The one that drifts comes first: its incident opens while the others load. */
const models: readonly DemoModel[] = [
	cardFraud,
	accountTakeover,
	chargebackRisk,
];
const batchSize = 1_000;
const eventsUntil = 0.45;
const labelsUntil = 0.6;

/**
 * Loads the demo as a job and answers its id: 30 days of three fraud models with labels,
 * assessed day by day, and past incidents.
 *
 * It is loaded once per tenant. The past incidents are written last: where all of them are
 * there, the job adds nothing. A load that was stopped is continued on its own days, which
 * the first stored event of the demo tells. A model that is somebody's own and has a
 * demo model's name is left alone: the job fails and says so. Throws FORBIDDEN for a viewer,
 * READ_ONLY.
 */
export function loadDemo(engine: Parts, principal: Principal): string {
	const { tenant } = principal;
	if (!roleAtLeast(principal.role, "engineer")) {
		throw new EngineError("FORBIDDEN", "A viewer cannot load the demo.");
	}
	if (engine.predictions.store.readOnly) throw new EngineError("READ_ONLY");
	const running = engine.jobs
		.list(tenant.key)
		.find(({ kind, state }) => kind === "demo" && state === "running");
	if (running !== undefined) return running.jobId;
	const loaded = isLoaded(engine, tenant);
	return engine.jobs.start(tenant.key, {
		kind: "demo",
		title: loaded ? "The demo, which was loaded before" : "The demo",
		work: async (context) => {
			if (!loaded) await load(engine, tenant, context);
		},
	});
}

function isLoaded({ incidents }: Parts, tenant: TenantRef): boolean {
	const { total } = incidents.listFiltered(
		tenant.key,
		{ sources: ["demo"] },
		{ limit: 1, offset: 0 },
	);
	return total >= demoIncidentCount;
}

async function load(
	engine: Parts,
	tenant: TenantRef,
	context: JobContext,
): Promise<void> {
	const now = engine.clock.now();
	const start = startOf(engine, tenant, now);
	const end = historyEnd(start, now);
	const resumeSealing = engine.schedule.pauseSealing();
	try {
		for (const [index, model] of models.entries()) {
			const ofModel = partOf(context, index / models.length, 1 / models.length);
			const events = await storeEvents(
				engine,
				tenant,
				{ model, start, end },
				ofModel,
			);
			await storeLabels(
				engine,
				tenant,
				events.filter(({ time }) => time < now - labelDelayMillis),
				ofModel,
			);
			await engine.assessHistory(
				tenant,
				model.modelId,
				{},
				partOf(ofModel, labelsUntil, 1 - labelsUntil),
			);
		}
	} finally {
		resumeSealing();
	}
	context.signal.throwIfAborted();
	for (const past of demoIncidents(start)) {
		engine.incidents.recordPast(tenant, past);
	}
}

/** Where the history begins: where an earlier load that was stopped began it, or 30 days ago. */
function startOf(
	{ predictions }: Parts,
	tenant: TenantRef,
	now: number,
): number {
	let start: number | null = null;
	for (const { modelId } of models) {
		if (predictions.models.find(tenant.key, modelId) === undefined) continue;
		const first = predictions.writer.find(
			tenant.key,
			demoEventId(modelId, 0),
			modelId,
		);
		if (first === null) {
			throw new EngineError(
				"CONFLICT",
				`There is a model ${modelId} of your own; the demo would mix with its events.`,
			);
		}
		start ??= startOfDay(first.row.event_time);
	}
	return start ?? historyStart(now);
}

async function storeEvents(
	{ predictions }: Parts,
	tenant: TenantRef,
	history: { model: DemoModel; start: number; end: number },
	context: JobContext,
): Promise<DemoEvent[]> {
	const { model, start, end } = history;
	const bulk = predictions.bulk(tenant.key);
	const events: DemoEvent[] = [];
	let batch: { line: number; value: unknown }[] = [];
	const keep = async (until: number) => {
		bulk.add(batch);
		batch = [];
		context.update({
			progress: (eventsUntil * (until - start)) / (end - start),
			step: `Stored ${events.length} events of ${model.modelId}`,
		});
		await breathe(context);
	};
	for (const event of demoEvents(model, start, end)) {
		events.push(event);
		batch.push({ line: events.length, value: event.body });
		if (batch.length === batchSize) await keep(event.time);
	}
	await keep(end);
	refuseFaults(bulk.report.errors);
	return events;
}

async function storeLabels(
	{ predictions }: Parts,
	tenant: TenantRef,
	events: readonly DemoEvent[],
	context: JobContext,
): Promise<void> {
	const labels = predictions.labels(tenant.key);
	for (let first = 0; first < events.length; first += batchSize) {
		labels.add(
			events.slice(first, first + batchSize).map(({ body, label }, index) => ({
				line: first + index + 1,
				value: { model_id: body.model_id, event_id: body.event_id, label },
			})),
		);
		context.update({
			progress:
				eventsUntil + ((labelsUntil - eventsUntil) * first) / events.length,
			step: `Joined ${first} labels`,
		});
		await breathe(context);
	}
	refuseFaults(labels.report.errors);
}

/** Lets the engine answer others between two batches. */
async function breathe(context: JobContext): Promise<void> {
	await nextTurn();
	context.signal.throwIfAborted();
}

function refuseFaults(
	errors: readonly { line: number; message: string }[],
): void {
	const first = errors[0];
	if (first === undefined) return;
	throw new EngineError(
		"CONFLICT",
		`The demo does not fit what is stored: event ${first.line}, ${first.message}`,
	);
}

/** A context whose progress is a part of another's. */
function partOf(context: JobContext, from: number, share: number): JobContext {
	return {
		...context,
		update: ({ progress, ...change }) =>
			context.update({
				...change,
				...(progress == null ? {} : { progress: from + share * progress }),
			}),
	};
}
