import type { PerformancePoint } from "../../../src-shared/contract/index.ts";
import type { Compute } from "../ports.ts";
import type { PredictionsService } from "../predictions/index.ts";
import type { DriftService } from "./drift-service.ts";

const bucketMillis = {
	hour: 3_600_000,
	day: 86_400_000,
	week: 604_800_000,
} as const;
export type PerformanceBucket = keyof typeof bucketMillis;

const resultsLookedAt = 1_000;

/** Performance of a model over time, oldest first. Throws NOT_FOUND. */
export function modelPerformance(
	ports: {
		predictions: PredictionsService;
		drift: DriftService;
		compute: Compute;
	},
	tenantKey: number,
	modelId: string,
	bucket: PerformanceBucket,
): Promise<PerformancePoint[]> {
	const model = ports.predictions.model(tenantKey, modelId);
	const drifted = ports.drift.results
		.history(tenantKey, modelId, { limit: resultsLookedAt })
		.filter(({ severity }) => severity !== null)
		.map(({ current }) => current);
	return ports.compute.run("drift.performance", {
		path: ports.predictions.store.path,
		tenantKey,
		modelKey: model.key,
		bucketMillis: bucketMillis[bucket],
		drifted,
	});
}
