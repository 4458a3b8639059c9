import { decodeEventBody } from "./event-body.ts";
import type {
	FeatureValue,
	Outcome,
	PredictionEvent,
} from "./prediction-event.ts";

/** An event as it is kept. Times are epoch milliseconds. */
export interface StoredEvent {
	readonly eventId: string;
	readonly modelId: string;
	readonly entityId: string | null;
	readonly score: number;
	readonly prediction: Outcome | null;
	readonly label: Outcome | null;
	readonly modelVersion: string | null;
	readonly features: Readonly<Record<string, FeatureValue>> | null;
	readonly eventTime: number;
	readonly ingestedAt: number;
}

export interface EventRow {
	readonly row: number;
	readonly model_key: number;
	readonly event_time: number;
	readonly ingested_at: number;
	readonly score: number;
	readonly body: unknown;
}

/** Rebuilds the event of a row of the model `modelId`. */
export function storedEvent(row: EventRow, modelId: string): StoredEvent {
	const body = decodeEventBody(row.body);
	return {
		eventId: body.i,
		modelId,
		entityId: body.e ?? null,
		score: row.score,
		prediction: body.p ?? null,
		label: body.l ?? null,
		modelVersion: body.v ?? null,
		features: body.f ?? null,
		eventTime: row.event_time,
		ingestedAt: row.ingested_at,
	};
}

/** Names the fields, as the API spells them, in which a resent event differs from the stored one. */
export function differingFields(
	row: EventRow,
	modelId: string,
	resent: PredictionEvent,
): string[] {
	const body = decodeEventBody(row.body);
	const fields: string[] = [];
	if (resent.modelId !== modelId) fields.push("model_id");
	if (resent.score !== row.score) fields.push("score");
	const sentAt = body.n === true ? null : (body.t ?? row.event_time);
	if (resent.eventTime !== sentAt) fields.push("event_time");
	if (resent.entityId !== (body.e ?? null)) fields.push("entity_id");
	if (resent.prediction !== (body.p ?? null)) fields.push("prediction");
	if (resent.label !== (body.l ?? null)) fields.push("label");
	if (resent.modelVersion !== (body.v ?? null)) fields.push("model_version");
	if (!sameFeatures(resent.features, body.f ?? null)) fields.push("features");
	return fields;
}

function sameFeatures(
	left: Readonly<Record<string, FeatureValue>> | null,
	right: Readonly<Record<string, FeatureValue>> | null,
): boolean {
	if (left === null || right === null) return left === right;
	const names = Object.keys(left);
	return (
		names.length === Object.keys(right).length &&
		names.every(
			(name) => Object.hasOwn(right, name) && left[name] === right[name],
		)
	);
}
