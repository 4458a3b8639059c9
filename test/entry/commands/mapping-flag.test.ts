// `--map` names columns as they are in the file, commas included, and a column that a
// person gave a role is no feature any more.
import { expect, test } from "vitest";
import {
	applyMapping,
	parseMapping,
} from "../../../src-main/entry/commands/mapping-flag.ts";
import type { ColumnMapping } from "../../../src-shared/contract/index.ts";

test.each([
	[["score=p,eventTime=ts"], { score: "p", eventTime: "ts" }],
	[["score=p", "event_time=ts"], { score: "p", eventTime: "ts" }],
	[["time=ts"], { eventTime: "ts" }],
	[["Event-ID=id"], { eventId: "id" }],
	[["features=a,b,c,score=p"], { features: ["a", "b", "c"], score: "p" }],
	[["features="], { features: [] }],
	[["score=my,col"], { score: "my,col" }],
	[["score=a=b"], { score: "a=b" }],
	[["prediction="], { prediction: null }],
])("%j", (texts, columns) => {
	expect(parseMapping(texts)).toEqual(columns);
});

test.each(["p", "scores=p", ",score=p"])("%j is refused", (text) => {
	expect(() => parseMapping([text])).toThrow("--map");
});

const guess: ColumnMapping = {
	model: { constant: "fraud" },
	score: "score",
	eventTime: "ts",
	prediction: null,
	label: null,
	eventId: null,
	entityId: null,
	modelVersion: null,
	features: ["amount", "country", "other_score"],
	dateFormat: "iso",
};

test("a column with a new role is no feature any more", () => {
	const mapping = applyMapping(guess, {
		score: "other_score",
		label: "country",
	});
	expect(mapping).toEqual({
		...guess,
		score: "other_score",
		label: "country",
		features: ["amount"],
	});
});

test("named features are taken as they are named", () => {
	const mapping = applyMapping(guess, {
		features: ["country"],
		eventTime: null,
	});
	expect(mapping.features).toEqual(["country"]);
	expect(mapping.eventTime).toBeNull();
});
