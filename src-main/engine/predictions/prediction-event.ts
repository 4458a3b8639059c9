import { identifierFault } from "../../../src-shared/domain/identifier.ts";
import { parseTimestamp } from "../../../src-shared/domain/timestamp.ts";

/** A prediction or a label as the model gave it. */
export type Outcome = string | number | boolean;
export type FeatureValue = string | number | boolean | null;

/** A checked event, not yet stored. Absent fields are null. */
export interface PredictionEvent {
	readonly modelId: string;
	readonly score: number;
	/** Epoch milliseconds as sent; null when the sender left it to us. */
	readonly eventTime: number | null;
	readonly eventId: string | null;
	readonly entityId: string | null;
	readonly prediction: Outcome | null;
	readonly label: Outcome | null;
	readonly modelVersion: string | null;
	readonly features: Readonly<Record<string, FeatureValue>> | null;
}

/** Why a field was refused; `field` is a path such as `features.amount`. */
export interface FieldFault {
	readonly field: string;
	readonly message: string;
}

export type Checked<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly faults: readonly FieldFault[] };

export const featureLimit = 2_000;
const featureTextLimit = 1_000;

/**
 * Checks a decoded JSON value against the event's shape and answers every field at
 * fault. Written by hand because it runs once for every event of the ingest path.
 */
export function checkPredictionEvent(body: unknown): Checked<PredictionEvent> {
	if (!isRecord(body)) {
		return refuse([{ field: "body", message: "must be a JSON object" }]);
	}
	const faults: FieldFault[] = [];
	const modelId = identifierField(body, "model_id", faults);
	if (modelId === null && !faults.some((fault) => fault.field === "model_id")) {
		faults.push({ field: "model_id", message: "is required" });
	}
	const score = scoreField(body, faults);
	const event: PredictionEvent = {
		modelId: modelId ?? "",
		score,
		eventTime: timeField(body, faults),
		eventId: identifierField(body, "event_id", faults),
		entityId: identifierField(body, "entity_id", faults),
		prediction: outcomeField(body, "prediction", faults),
		label: outcomeField(body, "label", faults),
		modelVersion: identifierField(body, "model_version", faults),
		features: featuresField(body, faults),
	};
	return faults.length === 0 ? { ok: true, value: event } : refuse(faults);
}

export interface LabelEvent {
	readonly modelId: string | null;
	readonly eventId: string;
	readonly label: Outcome;
}

/** Checks `{event_id, label, model_id?}`. */
export function checkLabelEvent(body: unknown): Checked<LabelEvent> {
	if (!isRecord(body)) {
		return refuse([{ field: "body", message: "must be a JSON object" }]);
	}
	const faults: FieldFault[] = [];
	const modelId = identifierField(body, "model_id", faults);
	const eventId = identifierField(body, "event_id", faults);
	const label = outcomeField(body, "label", faults);
	if (faults.length === 0) {
		if (eventId === null) {
			faults.push({ field: "event_id", message: "is required" });
		}
		if (label === null) {
			faults.push({ field: "label", message: "is required" });
		}
	}
	if (eventId === null || label === null || faults.length > 0) {
		return refuse(faults);
	}
	return { ok: true, value: { modelId, eventId, label } };
}

/** One line for people from the faults of one event. */
export function faultMessage(faults: readonly FieldFault[]): string {
	return faults.map((fault) => `${fault.field} ${fault.message}`).join("; ");
}

function refuse(faults: readonly FieldFault[]): {
	ok: false;
	faults: readonly FieldFault[];
} {
	return { ok: false, faults };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function identifierField(
	body: Record<string, unknown>,
	field: string,
	faults: FieldFault[],
): string | null {
	const value = body[field];
	if (value === undefined || value === null) return null;
	if (typeof value !== "string") {
		faults.push({ field, message: "must be a string" });
		return null;
	}
	const fault = identifierFault(value);
	if (fault === null) return value;
	faults.push({ field, message: fault });
	return null;
}

function scoreField(
	body: Record<string, unknown>,
	faults: FieldFault[],
): number {
	const value = body.score;
	if (typeof value === "number" && Number.isFinite(value)) return value;
	const message =
		value === undefined || value === null
			? "is required"
			: typeof value === "number"
				? "must be a finite number"
				: "must be a number";
	faults.push({ field: "score", message });
	return 0;
}

function timeField(
	body: Record<string, unknown>,
	faults: FieldFault[],
): number | null {
	const value = body.event_time;
	if (value === undefined || value === null) return null;
	const millis = typeof value === "string" ? parseTimestamp(value) : null;
	if (millis === null) {
		faults.push({
			field: "event_time",
			message:
				"must be an RFC 3339 date and time with a zone, such as 2026-01-16T12:00:00Z",
		});
	}
	return millis;
}

function outcomeField(
	body: Record<string, unknown>,
	field: string,
	faults: FieldFault[],
): Outcome | null {
	const value = body[field];
	if (value === undefined || value === null) return null;
	if (typeof value === "boolean") return value;
	if (typeof value === "number") {
		if (Number.isFinite(value)) return value;
		faults.push({ field, message: "must be a finite number" });
		return null;
	}
	if (typeof value === "string") {
		const fault = identifierFault(value);
		if (fault === null) return value;
		faults.push({ field, message: fault });
		return null;
	}
	faults.push({ field, message: "must be a string, a number or a boolean" });
	return null;
}

function featuresField(
	body: Record<string, unknown>,
	faults: FieldFault[],
): Record<string, FeatureValue> | null {
	const value = body.features;
	if (value === undefined || value === null) return null;
	if (!isRecord(value)) {
		faults.push({ field: "features", message: "must be an object" });
		return null;
	}
	let count = 0;
	for (const name in value) {
		if (++count > featureLimit) {
			faults.push({
				field: "features",
				message: `must have at most ${featureLimit} entries`,
			});
			return null;
		}
		const fault = nameFault(name) ?? featureFault(value[name]);
		if (fault !== null)
			faults.push({ field: `features.${name}`, message: fault });
	}
	return value as Record<string, FeatureValue>;
}

/** Objects keyed by feature must stay plain wherever they are copied. */
function nameFault(name: string): string | null {
	return name === "__proto__" ? "is not a name" : identifierFault(name);
}

function featureFault(value: unknown): string | null {
	switch (typeof value) {
		case "number":
			return Number.isFinite(value) ? null : "must be a finite number";
		case "boolean":
			return null;
		case "string":
			if (value.length > featureTextLimit) {
				return `must be at most ${featureTextLimit} characters`;
			}
			return value.isWellFormed() ? null : "must be well-formed Unicode";
		default:
			return value === null
				? null
				: "must be a number, a string, a boolean or null";
	}
}
