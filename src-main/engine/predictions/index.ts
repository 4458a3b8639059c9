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
