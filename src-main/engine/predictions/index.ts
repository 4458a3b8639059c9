export type { BulkError, BulkItem, BulkReport } from "./bulk-ingest.ts";
export type { ModelColumn } from "./columns.ts";
export {
	findGrid,
	keepCounters,
	type NewCounters,
	readCategories,
	readSegmentCounts,
	type StoredGrid,
} from "./counters.ts";
export { decodeEventBody } from "./event-body.ts";
export type { IngestOutcome } from "./event-writer.ts";
export { ImportsService, type StartImport } from "./imports-service.ts";
export { type LabelledRow, labelledRows } from "./labelled-rows.ts";
export type { LabelReport } from "./labels.ts";
export type { ObservedModel } from "./observed-models.ts";
export {
	checkPredictionEvent,
	type FieldFault,
	faultMessage,
	type Outcome,
	type PredictionEvent,
} from "./prediction-event.ts";
export { PredictionsService } from "./predictions-service.ts";
export {
	listSegments,
	readCodes,
	readNumbers,
	type Segment,
} from "./segments.ts";
export type { StoredEvent } from "./stored-event.ts";
