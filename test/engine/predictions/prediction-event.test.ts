// An event's fields are taken up to their limits, and not beyond them.
import { expect, test } from "vitest";
import {
	checkPredictionEvent,
	featureLimit,
} from "../../../src-main/engine/predictions/prediction-event.ts";

const base = { model_id: "m", score: 0 };
const features = (count: number) =>
	Object.fromEntries(
		Array.from({ length: count }, (_, index) => [`f${index}`, index]),
	);

test.each<[string, object, string | null]>([
	["as many features as may be", { features: features(featureLimit) }, null],
	["one more", { features: features(featureLimit + 1) }, "features"],
	["a text as long as may be", { features: { a: "x".repeat(1_000) } }, null],
	["one letter more", { features: { a: "x".repeat(1_001) } }, "features.a"],
	["a lone surrogate", { features: { a: "\ud800" } }, "features.a"],
	["a nested one", { features: { a: {} } }, "features.a"],
	[
		"a name that is no name",
		{ features: JSON.parse('{"__proto__": 1}') },
		"features.__proto__",
	],
	["a list of them", { features: [] }, "features"],
	["no score", { score: null }, "score"],
	["a score without end", { score: Number.POSITIVE_INFINITY }, "score"],
	[
		"a time without a zone",
		{ event_time: "2026-01-01T00:00:00" },
		"event_time",
	],
	["no model", { model_id: null }, "model_id"],
])("%s", (_, more, field) => {
	const checked = checkPredictionEvent({ ...base, ...more });
	expect(checked.ok ? null : checked.faults[0]?.field).toBe(field);
});
