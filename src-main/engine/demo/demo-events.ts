import { type DemoHour, type DemoModel, probability } from "./demo-model.ts";
import { centsBeginAt, hourMillis } from "./demo-story.ts";
import { Draws, rounded } from "./draws.ts";

/** An event in the shape of the ingest API, and the label that will arrive for it. */
export interface DemoEvent {
	readonly time: number;
	readonly body: {
		readonly model_id: string;
		readonly event_id: string;
		readonly event_time: string;
		readonly entity_id: string;
		readonly model_version: string;
		readonly score: number;
		readonly prediction: string;
		readonly features: Readonly<Record<string, unknown>>;
	};
	readonly label: string;
}

const fraud = "fraud";
const genuine = "genuine";
const threshold = 0.5;

/** The id of a model's n-th event of the demo, counted from 0. */
export function demoEventId(modelId: string, n: number): string {
	return `demo-${modelId}-${String(n).padStart(6, "0")}`;
}

/**
 * The events of a model from `start` (a midnight) to `end` (an hour), in the order of time.
 * A longer history begins with the very events of a shorter one.
 */
export function* demoEvents(
	model: DemoModel,
	start: number,
	end: number,
): Generator<DemoEvent> {
	const draws = new Draws(model.seed);
	const cents = centsBeginAt(start);
	let n = 0;
	for (let at = start; at < end; at += hourMillis) {
		const date = new Date(at);
		const hour: DemoHour = {
			hourOfDay: date.getUTCHours(),
			isWeekend: date.getUTCDay() % 6 === 0,
			hasCents: at >= cents,
		};
		const times = Array.from(
			{ length: draws.poisson(model.eventsIn(hour)) },
			() => at + Math.floor(draws.share() * hourMillis),
		).sort((a, b) => a - b);
		for (const time of times) {
			const { entityId, features, told, real } = model.draw(draws, hour);
			const score = rounded(probability(told), 4);
			yield {
				time,
				body: {
					model_id: model.modelId,
					event_id: demoEventId(model.modelId, n++),
					event_time: new Date(time).toISOString(),
					entity_id: entityId,
					model_version: model.version,
					score,
					prediction: score >= threshold ? fraud : genuine,
					features,
				},
				label: draws.chance(probability(real)) ? fraud : genuine,
			};
		}
	}
}
