/**
 * Predictions by the million: taken in, sealed into columns, and joined with labels that come
 * later.
 *
 * Offers: `PredictionsService`: single and bulk ingest, labels, the models that were seen and
 * readers of their columns. `ImportsService`: the same from files. `files/` reads CSV, JSON
 * lines and Parquet.
 * Needs: A database of its own, `predictions.db`, a clock, and compute threads.
 * Does not touch: What predictions mean: drift judges them, and the registry names their
 * models.
 *
 * ```ts
 * const outcome = await predictions.ingest(tenantKey, event);
 * outcome.kind; // "stored", "repeated" or "conflict"
 * ```
 */

export type { BulkError, BulkItem } from "./bulk-ingest.ts";
export type { ModelColumn } from "./columns.ts";
export {
	findGrid,
	type NewCounters,
	readCategories,
	readSegmentCounts,
	type StoredGrid,
} from "./counters.ts";
export { ImportsService } from "./imports-service.ts";
export { type LabelledRow, labelledRows } from "./labelled-rows.ts";
export type { LabelReport } from "./labels.ts";
export type { ObservedModel } from "./observed-models.ts";
export {
	checkPredictionEvent,
	faultMessage,
	type Outcome,
} from "./prediction-event.ts";
export { PredictionsService } from "./predictions-service.ts";
export {
	listSegments,
	readCodes,
	readNumbers,
	type Segment,
} from "./segments.ts";
export type { StoredEvent } from "./stored-event.ts";
