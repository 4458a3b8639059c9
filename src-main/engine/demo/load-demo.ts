import type { Engine } from "../engine.ts";
import { EngineError } from "../errors.ts";
import {
	type Member,
	Sight,
	type TenantRef,
} from "../identity/access/index.ts";
import type { JobContext } from "../jobs/index.ts";
import { accountTakeover } from "./account-takeover.ts";
import { cardFraud } from "./card-fraud.ts";
import { chargebackRisk } from "./chargeback-risk.ts";
import { demoEventId } from "./demo-events.ts";
import { demoIncidentCount, demoIncidents } from "./demo-incidents.ts";
import type { DemoModel } from "./demo-model.ts";
import {
	historyEnd,
	historyStart,
	labelDelayMillis,
	startOfDay,
} from "./demo-story.ts";
import { storeHistory } from "./store-history.ts";

type Parts = Omit<Engine, "services">;

const models: readonly DemoModel[] = [
	cardFraud,
	accountTakeover,
	chargebackRisk,
];
const storedUntil = 0.6;

/**
 * Loads the demo as a job and answers its id: 30 days of three fraud models with labels,
 * assessed day by day, and past incidents.
 *
 * It is loaded once per tenant. The past incidents are written last: where all of them are
 * there, the job adds nothing. A load under way is joined, and one that was stopped is
 * continued on its own days, which the first stored event of the demo tells. A model of
 * somebody's own that has a demo model's name is left alone: the job fails and says so.
 * Throws READ_ONLY.
 */
export function loadDemo(engine: Parts, principal: Member<"engineer">): string {
	const { tenant } = principal;
	if (engine.predictions.store.readOnly) throw new EngineError("READ_ONLY");
	const underWay = engine.jobs
		.list(tenant.key)
		.find(({ kind, state }) => kind === "demo" && state === "running");
	if (underWay !== undefined) return underWay.jobId;
	const loaded = isLoaded(engine, tenant);
	return engine.jobs.start(tenant.key, {
		kind: "demo",
		title: loaded ? "Demo, loaded before" : "Demo",
		work: async (context) => {
			if (!loaded) await load(engine, tenant, context);
		},
	});
}

function isLoaded({ incidents }: Parts, tenant: TenantRef): boolean {
	const { total } = incidents.listFiltered(
		Sight.ofTenant(tenant.key),
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
	const storing = partsOf(context, 0, storedUntil);
	const resumeSealing = engine.schedule.pauseSealing();
	try {
		for (const model of models) {
			await storeHistory(
				engine.predictions,
				tenant,
				{ model, start, end, labelledUntil: now - labelDelayMillis },
				storing(),
			);
		}
		await assessAll(engine, tenant, context);
	} finally {
		resumeSealing();
	}
	for (const past of demoIncidents(start)) {
		engine.incidents.recordPast(tenant, past);
	}
}

/** Assesses the models side by side: each waits for its own compute thread. Ends when all have ended. */
async function assessAll(
	engine: Parts,
	tenant: TenantRef,
	context: JobContext,
): Promise<void> {
	const assessing = partsOf(context, storedUntil, 1 - storedUntil);
	const ends = await Promise.allSettled(
		models.map(({ modelId }) =>
			engine.assessHistory(tenant, modelId, {}, assessing()),
		),
	);
	for (const end of ends) {
		if (end.status === "rejected") throw end.reason;
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
		if (first === null || first.model.modelId !== modelId) {
			throw new EngineError(
				"CONFLICT",
				`There is a model ${modelId} of your own; the demo would mix with its events.`,
			);
		}
		start ??= startOfDay(first.row.event_time);
	}
	return start ?? historyStart(now);
}

/** Contexts that each show their progress as an equal part of a stretch of the whole one's. */
function partsOf(
	context: JobContext,
	from: number,
	stretch: number,
): () => JobContext {
	const shares: number[] = [];
	return () => {
		const part = shares.push(0) - 1;
		return {
			jobId: context.jobId,
			signal: context.signal,
			update: ({ progress, ...change }) => {
				shares[part] = progress ?? 0;
				const done = shares.reduce((sum, share) => sum + share, 0);
				context.update({
					...change,
					progress: from + (stretch * done) / models.length,
				});
			},
		};
	};
}
