import type {
	FeatureValue,
	Outcome,
	PredictionEvent,
} from "./prediction-event.ts";

/**
 * What a row keeps beside its columns, as JSON with one-letter names because it is stored
 * once an event: i event id, e entity, p prediction, l label at arrival, v model version,
 * f features, t the event time as sent when it lay in the future and was clamped, n true
 * when the sender gave no event time.
 */
export interface EventBody {
	readonly i: string;
	readonly e?: string;
	readonly p?: Outcome;
	readonly l?: Outcome;
	readonly v?: string;
	readonly f?: Readonly<Record<string, FeatureValue>>;
	readonly t?: number;
	readonly n?: true;
}

/** The JSON text of an event's body. */
export function encodeEventBody(
	event: PredictionEvent,
	eventId: string,
	now: number,
): string {
	let text = `{"i":${JSON.stringify(eventId)}`;
	if (event.entityId !== null) text += `,"e":${JSON.stringify(event.entityId)}`;
	if (event.prediction !== null) {
		text += `,"p":${JSON.stringify(event.prediction)}`;
	}
	if (event.label !== null) text += `,"l":${JSON.stringify(event.label)}`;
	if (event.modelVersion !== null) {
		text += `,"v":${JSON.stringify(event.modelVersion)}`;
	}
	if (event.features !== null) text += `,"f":${JSON.stringify(event.features)}`;
	if (event.eventTime === null) text += ',"n":true';
	else if (event.eventTime > now) text += `,"t":${event.eventTime}`;
	return `${text}}`;
}

/** Reads a stored body: text, or its UTF-8 bytes. */
export function decodeEventBody(stored: unknown): EventBody {
	const text =
		typeof stored === "string"
			? stored
			: Buffer.from(stored as Uint8Array).toString("utf8");
	return JSON.parse(text) as EventBody;
}
