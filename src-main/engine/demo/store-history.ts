import { setImmediate as nextTurn } from "node:timers/promises";
import { EngineError } from "../errors.ts";
import type { TenantRef } from "../identity/access/index.ts";
import type { JobContext } from "../jobs/index.ts";
import type { BulkError, PredictionsService } from "../predictions/index.ts";
import { type DemoEvent, demoEvents } from "./demo-events.ts";
import type { DemoModel } from "./demo-model.ts";

/** The history of one model, times in epoch milliseconds, ends exclusive. */
export interface DemoHistory {
	readonly model: DemoModel;
	readonly start: number;
	readonly end: number;
	/** Labels of later events have not arrived yet. */
	readonly labelledUntil: number;
}

const batchSize = 1_000;
const eventsShare = 0.7;

/** Stores the events of a history, then their labels, in durable batches. What is there already stays. Throws CONFLICT when other events have the demo's ids. */
export async function storeHistory(
	predictions: PredictionsService,
	tenant: TenantRef,
	history: DemoHistory,
	context: JobContext,
): Promise<void> {
	const events = await storeEvents(predictions, tenant, history, context);
	await storeLabels(
		predictions,
		tenant,
		events.filter(({ time }) => time < history.labelledUntil),
		context,
	);
}

async function storeEvents(
	predictions: PredictionsService,
	tenant: TenantRef,
	{ model, start, end }: DemoHistory,
	context: JobContext,
): Promise<DemoEvent[]> {
	const bulk = predictions.bulk(tenant.key);
	const events: DemoEvent[] = [];
	let kept = 0;
	const keep = async (until: number) => {
		bulk.add(
			events
				.slice(kept)
				.map(({ body }, index) => ({ line: kept + index + 1, value: body })),
		);
		kept = events.length;
		context.update({
			progress: (eventsShare * (until - start)) / (end - start),
			step: `Stored ${kept} events of ${model.modelId}`,
		});
		await breathe(context);
	};
	for (const event of demoEvents(model, start, end)) {
		events.push(event);
		if (events.length - kept === batchSize) await keep(event.time);
	}
	await keep(end);
	refuseFaults(bulk.report.errors);
	return events;
}

async function storeLabels(
	predictions: PredictionsService,
	tenant: TenantRef,
	events: readonly DemoEvent[],
	context: JobContext,
): Promise<void> {
	const labels = predictions.labels(tenant.key);
	for (let first = 0; first < events.length; first += batchSize) {
		const batch = events.slice(first, first + batchSize);
		labels.add(
			batch.map(({ body, label }, index) => ({
				line: first + index + 1,
				value: { model_id: body.model_id, event_id: body.event_id, label },
			})),
		);
		const joined = first + batch.length;
		context.update({
			progress: eventsShare + ((1 - eventsShare) * joined) / events.length,
			step: `Joined ${joined} labels of ${batch[0]?.body.model_id}`,
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

function refuseFaults(errors: readonly BulkError[]): void {
	const first = errors[0];
	if (first === undefined) return;
	throw new EngineError(
		"CONFLICT",
		`The demo does not fit what is stored: event ${first.line}, ${first.message}`,
	);
}
